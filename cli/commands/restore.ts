import { tableNames, type TableName } from '#shared/deployment/tables.ts';
import { command } from '../command.ts';
import { wrongUsage } from '../failures.ts';
import type { Result } from '../result.ts';

const withZone = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/;

function readTime(text: string, flag: string): Date {
  const time = new Date(text);
  if (withZone.test(text) && !Number.isNaN(time.getTime())) return time;
  throw wrongUsage(`${flag} wants a time with its zone, such as 2026-11-28T09:30:00Z, not ${text}.`);
}

export const restore = command({
  name: 'restore',
  summary: 'Restores a table to an earlier time, without what has ended since.',
  options: {
    table: { value: 'TABLE', text: 'which table, such as users or invites', choices: tableNames },
    at: { value: 'TIME', text: 'to when, with the zone: 2026-11-28T09:30:00Z', read: readTime },
    stage: { value: 'STAGE', text: 'of the deployment with this setting "stage"' },
    region: { value: 'REGION', text: 'where the deployment is; without it, that of your AWS profile' },
    plan: { text: 'only say what would be done' },
    yes: { text: 'do not ask' },
    cancel: { text: 'give a restore up before it is deployed: the present table takes writes again' },
  },
  notes: `
By your AWS credentials, found as the AWS CLI finds them. It makes a new table, closes the present one to writes,
carries over what must not go back (who was signed out, disabled or deleted since; invites that were used or withdrawn
since), and prints the setting by which the next deployment uses the new table. Nothing is deleted, and the address stays.
Whatever stops it, run it again and it goes on. docs/disaster.md tells what becomes of which rows.`,
  async run({ options, out }): Promise<Result> {
    const { table, at } = options;
    if (table === undefined || at === undefined)
      throw wrongUsage('This command wants --table and --at.', ['latchkey restore --help']);
    // Only this command needs clients of AWS, so only it waits for them to load.
    const { restoreTable } = await import('../restore/restore-table.ts');
    return await restoreTable({ ...options, table: table as TableName, at }, out);
  },
});
