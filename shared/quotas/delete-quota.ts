import type { Write } from '../aws/transaction.ts';
import type { Config } from '../deployment/config.ts';

/** Deletes a user's quota row. */
export const quotaDeletion = (config: Config, userId: string): Write => ({
  Delete: { TableName: config.table('quotas'), Key: { userId } },
});
