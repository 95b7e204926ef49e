import type { RowRef } from '../aws/read-row.ts';
import type { Config } from '../deployment/config.ts';

/** A letter or a flow, by the keys of `mail-code.ts`. */
export const codesRef = (config: Config, pk: string): RowRef => ({
  TableName: config.table('codes'),
  Key: { pk },
});
