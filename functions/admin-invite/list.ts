import * as z from 'zod/mini';
import { listInvites } from '#shared/data/list-invites.ts';
import { inviteFilters } from '#shared/domain/invite.ts';
import { normalizeEmail } from '#shared/domain/user.ts';
import { inviteResponse, showInvite } from '#shared/http/invite.ts';
import { pagingFields, readCursor, writeCursor } from '#shared/http/paging.ts';
import { operation } from '#shared/operation.ts';

const position = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(64), z.regex(/^[\w-]+$/)),
  at: z.union([z.int(), z.string().check(z.minLength(1))]),
});

export default operation({
  summary: 'Lists invites, newest first, by status or by address.',
  method: 'GET',
  path: '/v1/admin/invites',
  auth: 'admin',
  query: z.strictObject({
    ...pagingFields,
    status: z.optional(z.enum(inviteFilters)),
    email: z.optional(
      z.pipe(
        z.pipe(z.string().check(z.maxLength(254)), z.transform(normalizeEmail)),
        z.string().check(z.minLength(1)),
      ),
    ),
  }),
  response: z.object({ items: z.array(inviteResponse), nextCursor: z.nullable(z.string()) }),
  uses: [listInvites],
  errors: ['invalid'],
  rate: [],
  async run({ query, invites, clock, fail }) {
    const now = clock.now();
    const { cursor, ...filter } = query;
    const after = cursor === undefined ? undefined : (readCursor(cursor, position) ?? fail('invalid'));
    const { items, next } = (await invites.list({ ...filter, after, now })) ?? fail('invalid');
    return { items: items.map((invite) => showInvite(invite, now)), nextCursor: writeCursor(next) };
  },
});
