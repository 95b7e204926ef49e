import type { Write } from '../aws/transaction.ts';
import { readRow } from '../aws/read-row.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import { adminCountRef } from './user-rows.ts';
import { countsAsAdmin, type User } from './user.ts';

const counted = (user: User | undefined): number => Number(user !== undefined && countsAsAdmin(user));

/**
 * Adjusts the count of administrators for a write that makes `after` of the user `before`; either may be undefined. The last
 * administrator stays, even when several leave at once (C67). The user's own write needs the condition `countsAs`.
 */
export function adminCountWrite(
  config: Config,
  before: User | undefined,
  after: User | undefined,
): Write | undefined {
  const change = counted(after) - counted(before);
  if (change === 0) return undefined;
  return {
    Update: {
      ...adminCountRef(config),
      UpdateExpression: 'ADD members :change',
      ...(change < 0 && { ConditionExpression: 'members > :one' }),
      ExpressionAttributeValues: { ':change': change, ...(change < 0 && { ':one': 1 }) },
    },
  };
}

/** Lets a transaction through only while there is no administrator. */
export const noAdminCheck = (config: Config): Write => ({
  ConditionCheck: {
    ...adminCountRef(config),
    ConditionExpression: 'attribute_not_exists(members) OR members = :none',
    ExpressionAttributeValues: { ':none': 0 },
  },
});

/** Finds out whether there is an administrator. */
export const lookForAdmins = capability('admins', [onTable('users', 'GetItem')], (config) => ({
  async exist(): Promise<boolean> {
    const count = await readRow<{ members: number }>(adminCountRef(config));
    return (count?.members ?? 0) > 0;
  },
}));
