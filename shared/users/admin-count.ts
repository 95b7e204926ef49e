import type { Write } from '../aws/transaction.ts';
import type { Config } from '../deployment/config.ts';
import { adminCountRef } from './user-rows.ts';

/** Adds `change` to the count of active administrators: the last one stays, also when several leave at once (C67). */
export function adminCountWrite(config: Config, change: number): Write | undefined {
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
