import * as z from 'zod/mini';
import {
  listPosition,
  pageOf,
  pagingFields,
  readCursor,
  writeCursor,
  unknownCursor,
} from '#shared/http/paging.ts';
import { listIssued } from '#shared/invites/list-invites.ts';
import { inviteResponse, showOwnInvite } from '#shared/invites/show-invite.ts';
import { operation } from '#shared/operation/operation.ts';
import { invitesLeft } from '#shared/users/user.ts';

const { id, status, email, note, locale, delivery, createdAt, expiresAt } = inviteResponse.shape;

export default operation({
  summary: 'My own invites with what became of them, newest first, and how many I may still send.',
  method: 'GET',
  path: '/v1/invites',
  auth: 'session',
  query: z.strictObject(pagingFields),
  response: z.object({
    ...pageOf(z.object({ id, status, email, note, locale, delivery, createdAt, expiresAt })).shape,
    invitesLeft: z.int(),
  }),
  uses: [listIssued],
  errors: ['invalid'],
  rate: [{ per: 'user', limit: 60, window: '1m' }],
  async run({ query, caller: { user }, invites, clock, settings, fail }) {
    const now = clock.now();
    const { cursor, limit } = query;
    const after = readCursor(cursor, listPosition, fail);
    const page = (await invites.of(user.id, { limit, after, now })) ?? fail('invalid', unknownCursor);
    return {
      items: page.items.map((invite) => showOwnInvite(invite, user, now)),
      nextCursor: writeCursor(page.next),
      invitesLeft: invitesLeft(user, settings),
    };
  },
});
