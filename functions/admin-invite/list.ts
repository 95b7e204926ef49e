import * as z from 'zod/mini';
import { listInvites } from '#shared/invites/list-invites.ts';
import { inviteFilters } from '#shared/invites/invite.ts';
import { beginning } from '#shared/http/fields.ts';
import { inviteResponse, showInvite } from '#shared/invites/show-invite.ts';
import { listPosition, pageOf, pagingFields, readCursor, writeCursor } from '#shared/http/paging.ts';
import { emailMaxLength } from '#shared/users/limits.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'Lists invites, newest first, by status or by address.',
  method: 'GET',
  path: '/v1/admin/invites',
  auth: 'admin',
  query: z.strictObject({
    ...pagingFields,
    status: z.optional(z.enum(inviteFilters)),
    email: z.optional(beginning(emailMaxLength)),
  }),
  response: pageOf(inviteResponse),
  uses: [listInvites],
  errors: ['invalid'],
  rate: [],
  async run({ query, invites, clock, fail }) {
    const now = clock.now();
    const { cursor, ...filter } = query;
    const after = cursor === undefined ? undefined : (readCursor(cursor, listPosition) ?? fail('invalid'));
    const { items, next } = (await invites.list({ ...filter, after, now })) ?? fail('invalid');
    return { items: items.map((invite) => showInvite(invite, now)), nextCursor: writeCursor(next) };
  },
});
