import type { RowRef } from '../aws/read-row.ts';
import { refsOfUser } from '../aws/user-partition.ts';
import type { Config } from '../deployment/config.ts';

export const keyRef = (config: Config, userId: string, service: string): RowRef => ({
  TableName: config.table('keys'),
  Key: { userId, service },
});

/** All API keys of a user. */
export const keyRefs = (config: Config, userId: string): Promise<RowRef[]> =>
  refsOfUser(config.table('keys'), 'service', userId);
