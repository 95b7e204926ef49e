import { batchLimit, readRows } from '../aws/read-rows.ts';
import { inBatches } from '../batches.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { User } from './user.ts';
import { userRef } from './user-rows.ts';

/** Calls at a time. */
const atOnce = 5;

/** Names users by their ids. */
export const nameUsers = capability('people', [onTable('users', 'BatchGetItem')], (config) => ({
  /** The usernames of those `ids` that are users, as they are called now. */
  async names(ids: readonly (string | undefined)[]): Promise<Map<string, string>> {
    const unique = [...new Set(ids)].filter((id) => id !== undefined);
    const starts = Array.from({ length: Math.ceil(unique.length / batchLimit) }, (_, n) => n * batchLimit);
    const parts = await inBatches(starts, atOnce, (start) =>
      readRows(unique.slice(start, start + batchLimit).map((id) => userRef(config, id))),
    );
    const users = (parts.flat() as (User | undefined)[]).filter((user) => user !== undefined);
    return new Map(users.map(({ id, username }) => [id, username]));
  },
}));
