import { readManyRows } from '../aws/read-rows.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { User } from './user.ts';
import { userRef } from './user-rows.ts';

/** Names users by their ids. */
export const nameUsers = capability('people', [onTable('users', 'BatchGetItem')], (config) => ({
  /** The usernames of those `ids` that are users, as they are called now. */
  async names(ids: readonly (string | undefined)[]): Promise<Map<string, string>> {
    const unique = [...new Set(ids)].filter((id) => id !== undefined);
    const users = (await readManyRows(unique.map((id) => userRef(config, id)))) as (User | undefined)[];
    return new Map(users.flatMap((user) => (user ? [[user.id, user.username]] : [])));
  },
}));
