import type { TableName } from '#shared/deployment/tables.ts';
import type { Rule } from './rule.ts';
import { invites } from './rules/invites.ts';
import { audit, credentials, grants, keys, mails, quotas } from './rules/other-tables.ts';
import { users } from './rules/users.ts';

/** The rule of each table, or the reason why the table is not restored. */
export const rules: Readonly<Record<TableName, Rule | string>> = {
  users,
  credentials,
  keys,
  quotas,
  invites,
  grants,
  mails,
  audit,
  sessions:
    'Sessions of then that are not there now have ended, and would let their holders in again. Nothing is lost: people sign in.',
  codes:
    'Mailed codes live an hour at most, and those of then may be used. Nothing is lost: people ask for another one.',
  signers:
    'Keys that sign access tokens are made anew by themselves, and one that was deleted to end it early would be back.',
  counters:
    'Counters of then would lift locks and limits, and let what was spent be spent again. They begin anew by themselves.',
};
