import type { RowRef } from '../aws/read-row.ts';
import type { Config } from '../deployment/config.ts';

export const quotaRef = (config: Config, userId: string): RowRef => ({
  TableName: config.table('quotas'),
  Key: { userId },
});
