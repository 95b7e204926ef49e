import type { RowRef } from '../aws/read-row.ts';
import type { Write } from '../aws/transaction.ts';
import type { Config } from '../deployment/config.ts';

export const quotaRef = (config: Config, userId: string): RowRef => ({
  TableName: config.table('quotas'),
  Key: { userId },
});

/** Deletes a user's quota row. */
export const quotaDeletion = (config: Config, userId: string): Write => ({
  Delete: quotaRef(config, userId),
});
