import * as z from 'zod/mini';
import { listUsers } from '#shared/users/list-users.ts';
import { beginning } from '#shared/http/fields.ts';
import { listedUserResponse, showListedUser } from '#shared/users/show-managed-user.ts';
import { listPosition, pageOf, pagingFields, readCursor, writeCursor } from '#shared/http/paging.ts';
import { emailMaxLength, usernameLength } from '#shared/users/limits.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'Lists users, newest first, or by address or username.',
  method: 'GET',
  path: '/v1/admin/users',
  auth: 'admin',
  query: z.strictObject({
    ...pagingFields,
    email: z.optional(beginning(emailMaxLength)),
    username: z.optional(beginning(usernameLength.max)),
  }),
  response: pageOf(listedUserResponse),
  uses: [listUsers],
  errors: ['invalid'],
  rate: [],
  async run({ query, users, fail }) {
    const { cursor, ...filter } = query;
    const after = cursor === undefined ? undefined : (readCursor(cursor, listPosition) ?? fail('invalid'));
    const { items, next } = (await users.list({ ...filter, after })) ?? fail('invalid');
    return { items: items.map(showListedUser), nextCursor: writeCursor(next) };
  },
});
