import * as z from 'zod/mini';
import { readAudit } from '#shared/audit/read-audit.ts';
import { auditActions, auditOutcomes } from '#shared/audit/actions.ts';
import { startOfDay } from '#shared/calendar.ts';
import { dayField, idField, rule } from '#shared/http/fields.ts';
import { auditCsv, auditEntryResponse, showAuditEntry } from '#shared/audit/show-entry.ts';
import { formatField } from '#shared/http/csv.ts';
import { pageOf, pagingFields, readCursor, writeCursor } from '#shared/http/paging.ts';
import { operation } from '#shared/operation/operation.ts';
import { nameUsers } from '#shared/users/name-users.ts';

/** Where a page ended: a day whose entries are all listed, or the time and id of the last entry. */
const position = z.object({
  before: z.string().check(
    z.regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{3}Z#[\w-]{1,64})?$/),
    rule<string>((text) => startOfDay(text.slice(0, 10)) >= 0, 'format'),
  ),
});

export default operation({
  summary:
    'The audit trail, newest first: by day, by who did it, by what it was done to. As CSV too: a page of `limit` lines, whose `Link` leads on.',
  method: 'GET',
  path: '/v1/admin/audit',
  auth: 'admin',
  query: z.strictObject({
    ...pagingFields,
    /** A day in UTC; without it, from today backwards. */
    day: z.optional(dayField),
    userId: z.optional(idField),
    subjectId: z.optional(idField),
    action: z.optional(z.enum(auditActions)),
    outcome: z.optional(z.enum(auditOutcomes)),
    format: formatField,
  }),
  response: pageOf(auditEntryResponse),
  uses: [readAudit, nameUsers],
  errors: ['invalid'],
  rate: [],
  csv: auditCsv,
  async run({ query, auditLog, people, clock, fail }) {
    const { cursor, limit, format: _, ...filter } = query;
    const after = readCursor(cursor, position, fail);
    const { entries, next } = await auditLog.page(filter, limit, after?.before, clock.now());
    const names = await people.names(entries.flatMap(({ actorId, subjectId }) => [actorId, subjectId]));
    return {
      items: entries.map((entry) => showAuditEntry(entry, names)),
      nextCursor: writeCursor(next === undefined ? undefined : { before: next }),
    };
  },
});
