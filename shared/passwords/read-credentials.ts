import { readRow } from '../aws/read-row.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { credentialsRef } from './credentials-rows.ts';
import type { Credentials } from './hash-passwords.ts';

/** Reads the stored password hash of a user. */
export const readCredentials = capability('credentials', [onTable('credentials', 'GetItem')], (config) => ({
  /** Undefined for users who are known by their device alone. */
  of: (userId: string) => readRow<Credentials>(credentialsRef(config, userId)),
}));
