import type { Write } from '../aws/transaction.ts';
import type { Config } from '../deployment/config.ts';

/** Deletes what is kept of a user's calls. */
export const quotaDeletion = (config: Config, userId: string): Write => ({
  Delete: { TableName: config.table('quotas'), Key: { userId } },
});
