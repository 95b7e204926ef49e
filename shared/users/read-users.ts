import { readRow } from '../aws/read-row.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { User } from './user.ts';
import { userRef } from './user-rows.ts';

export const readUsers = capability('users', [onTable('users', 'GetItem')], (config) => ({
  get: (id: string) => readRow<User>(userRef(config, id)),
}));
