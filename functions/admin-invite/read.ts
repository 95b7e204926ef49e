import * as z from 'zod/mini';
import { readInvites } from '#shared/invites/find-invites.ts';
import { listRedemptions, redeemedBy } from '#shared/invites/list-redemptions.ts';
import { showInvite } from '#shared/invites/show-invite.ts';
import { storyOf } from '#shared/inviting/funnel.ts';
import { linkOf } from '#shared/inviting/show-link.ts';
import { usedInviteResponse } from '#shared/inviting/show-managed-invite.ts';
import { idField } from '#shared/http/fields.ts';
import { maxPageSize, pagingFields, readCursor, wholeNumber, writeCursor } from '#shared/http/paging.ts';
import { toIso } from '#shared/http/time.ts';
import { deriveCodes } from '#shared/invites/invite-codes.ts';
import { issueTokens } from '#shared/invites/invite-tokens.ts';
import { operation } from '#shared/operation/operation.ts';

/** Where a page of an invite's users ended. */
const position = z.object({ after: z.string().check(z.minLength(1)) });

export default operation({
  summary: 'One invite with its link, its story, and who used it and when, a hundred at a time.',
  method: 'GET',
  path: '/v1/admin/invites/{id}',
  auth: 'admin',
  params: z.object({ id: idField }),
  query: z.strictObject({ ...pagingFields, limit: wholeNumber(1, maxPageSize, maxPageSize) }),
  response: usedInviteResponse,
  uses: [readInvites, listRedemptions, issueTokens, deriveCodes],
  errors: ['not_found', 'invalid'],
  rate: [],
  async run({ params, query, invites, redemptions, clock, origin, fail, ...keys }) {
    const { limit, cursor } = query;
    const from = readCursor(cursor, position, fail);
    const invite = (await invites.get(params.id)) ?? fail('not_found');
    const { items, next } = await redemptions.of(invite.id, limit, from?.after);
    const usedBy = items.map((row) => ({
      userId: row.userId,
      username: row.username ?? null,
      email: redeemedBy(row),
      device: row.device,
      at: toIso(row.redeemedAt),
    }));
    return {
      ...showInvite(invite, clock.now()),
      ...(await linkOf(invite, origin, keys)),
      inviterId: invite.issuerId,
      story: storyOf(invite),
      usedBy,
      nextCursor: writeCursor(next === undefined ? undefined : { after: next }),
    };
  },
});
