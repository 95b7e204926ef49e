import type { RowRef } from '../aws/read-row.ts';
import { deletionsOf } from '../aws/delete-rows.ts';
import type { Write } from '../aws/transaction.ts';
import type { Config } from '../deployment/config.ts';

export const keyRef = (config: Config, userId: string, service: string): RowRef => ({
  TableName: config.table('keys'),
  Key: { userId, service },
});

/** A service, by its name in the settings and its title for people. */
export interface NamedService {
  name: string;
  title: string;
}

/** Deletes all API keys of a user. */
export const keyDeletions = (config: Config, userId: string): Promise<Record<string, Write>> =>
  deletionsOf(config.table('keys'), 'service', userId);
