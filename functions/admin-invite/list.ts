import * as z from 'zod/mini';
import { mostLooked } from '#shared/aws/look-through.ts';
import { csvOfList, formatField, maxCsvRows, moreRows } from '#shared/http/csv.ts';
import { beginning, idField } from '#shared/http/fields.ts';
import {
  listPosition,
  pageOf,
  pagingFields,
  readCursor,
  writeCursor,
  unknownCursor,
} from '#shared/http/paging.ts';
import { labelField } from '#shared/invites/fields.ts';
import { inviteFilters } from '#shared/invites/invite.ts';
import { listInvites } from '#shared/invites/list-invites.ts';
import { listedInviteResponse, showListedInvites } from '#shared/inviting/show-managed-invite.ts';
import { operation } from '#shared/operation/operation.ts';
import { emailMaxLength } from '#shared/users/limits.ts';
import { nameUsers } from '#shared/users/name-users.ts';

export default operation({
  summary:
    'Lists invites, newest first, by status, address, label or issuer. By address in its order; by a status, except undelivered, the last to end first. As CSV: all of them, up to 10,000.',
  method: 'GET',
  path: '/v1/admin/invites',
  auth: 'admin',
  query: z.strictObject({
    ...pagingFields,
    status: z.optional(z.enum(inviteFilters)),
    email: z.optional(beginning(emailMaxLength)),
    label: z.optional(labelField),
    /** The id of the user who invites. */
    issuer: z.optional(idField),
    format: formatField,
  }),
  response: pageOf(listedInviteResponse),
  uses: [listInvites, nameUsers],
  errors: ['invalid'],
  rate: [],
  csv: csvOfList('invites.csv', listedInviteResponse, moreRows),
  async run({ query, invites, people, clock, fail }) {
    const now = clock.now();
    const { cursor, format, ...filter } = query;
    const after = readCursor(cursor, listPosition, fail);
    const most = format === 'csv' && { limit: maxCsvRows, looksThrough: mostLooked.file };
    const { items, next } =
      (await invites.list({ ...filter, ...most, after, now })) ?? fail('invalid', unknownCursor);
    return { items: await showListedInvites(items, { people }, now), nextCursor: writeCursor(next) };
  },
});
