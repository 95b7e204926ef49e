import * as z from 'zod/mini';
import { mostLooked } from '#shared/aws/look-through.ts';
import { csvOfList, formatField, maxCsvRows, moreRows } from '#shared/http/csv.ts';
import { beginning } from '#shared/http/fields.ts';
import {
  listPosition,
  pageOf,
  pagingFields,
  readCursor,
  writeCursor,
  unknownCursor,
} from '#shared/http/paging.ts';
import { labelField } from '#shared/invites/fields.ts';
import { operation } from '#shared/operation/operation.ts';
import { emailMaxLength, usernameLength } from '#shared/users/limits.ts';
import { listUsers } from '#shared/users/list-users.ts';
import { listedUserResponse, showListedUser } from '#shared/users/show-managed-user.ts';
import { roles, userStatuses } from '#shared/users/user.ts';

export default operation({
  summary:
    'Lists users, newest first, or by address or username; also by role, status, and label of their invite. As CSV: all of them, up to 10,000.',
  method: 'GET',
  path: '/v1/admin/users',
  auth: 'admin',
  query: z.strictObject({
    ...pagingFields,
    email: z.optional(beginning(emailMaxLength)),
    username: z.optional(beginning(usernameLength.max)),
    role: z.optional(z.enum(roles)),
    status: z.optional(z.enum(userStatuses)),
    label: z.optional(labelField),
    format: formatField,
  }),
  response: pageOf(listedUserResponse),
  uses: [listUsers],
  errors: ['invalid'],
  rate: [],
  csv: csvOfList('users.csv', listedUserResponse, moreRows),
  async run({ query, users, fail }) {
    const { cursor, format, ...filter } = query;
    const after = readCursor(cursor, listPosition, fail);
    const most = format === 'csv' && { limit: maxCsvRows, looksThrough: mostLooked.file };
    const { items, next } =
      (await users.list({ ...filter, ...most, after })) ?? fail('invalid', unknownCursor);
    return { items: items.map(showListedUser), nextCursor: writeCursor(next) };
  },
});
