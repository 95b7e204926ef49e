import type listAudit from '#functions/admin-audit/list.ts';
import { auditActions, auditOutcomes } from '#shared/audit/actions.ts';
import { auditCsv, auditEntryResponse } from '#shared/audit/show-entry.ts';
import { writeCsv } from '#shared/http/csv.ts';
import { pageOf } from '#shared/http/paging.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { command } from '../command.ts';
import { replaceFile } from '../files/replace-file.ts';
import { limitOption, listItems, sayMore } from '../server/list-items.ts';

export const audit = command({
  name: 'audit',
  summary: 'Shows the audit trail, newest first.',
  options: {
    day: { value: 'DAY', text: 'one day in UTC, such as 2026-11-20' },
    user: { value: 'ID', text: 'what this user did' },
    subject: { value: 'ID', text: 'what was done to this user, invite or session' },
    action: { value: 'ACTION', text: 'such as session.create', choices: auditActions },
    outcome: { value: 'OUTCOME', text: auditOutcomes.join(', '), choices: auditOutcomes },
    csv: { value: 'FILE', text: 'write it to this CSV file' },
    ...limitOption,
  },
  notes: 'Times are UTC. With --csv and --limit all, the whole trail goes into the file.',
  async run({ options, server: connect }) {
    const { day, user: userId, subject: subjectId, action, outcome, csv: file, limit } = options;
    const query = Object.fromEntries(
      Object.entries({ day, userId, subjectId, action, outcome }).filter(([, value]) => value !== undefined),
    ) as Record<string, string>;
    const server = await connect();
    const { items, more } = await listItems<AnswerOf<typeof listAudit>>(
      server,
      '/v1/admin/audit',
      query,
      pageOf(auditEntryResponse),
      limit,
    );
    const said = sayMore(more);
    if (file === undefined) {
      const rows = auditCsv.rows({ items }).map((row) => row.map((cell) => cell ?? '-'));
      return { json: { items, more }, head: auditCsv.columns.map((name) => name.toUpperCase()), rows, said };
    }
    await replaceFile(file, writeCsv(auditCsv, { items }));
    const done = [`The trail is in ${file}.`];
    return { json: { file, count: items.length, more }, rows: [[file, String(items.length)]], said, done };
  },
});
