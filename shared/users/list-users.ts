import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { mostLooked, rowsPerQuery } from '../aws/look-through.ts';
import { queryRows } from '../aws/query-rows.ts';
import { capability, onIndex } from '../deployment/capability.ts';
import { userKey } from './user-rows.ts';
import type { Role, User } from './user.ts';

export interface UserQuery {
  /** An address or the beginning of one, in lower case. */
  email?: string | undefined;
  /** A username or the beginning of one. */
  username?: string | undefined;
  role?: Role | undefined;
  status?: User['status'] | undefined;
  /** The label of the invite that let them in. */
  label?: string | undefined;
  limit: number;
  /** The most rows that the list looks through, or `limit` if that is more; by default as many as for a page. */
  looksThrough?: number | undefined;
  /** Where the previous page ended: the last user's id and the value that the list is sorted by. */
  after?: { id: string; at: string | number } | undefined;
}

/** The index that serves a query. With both an address and a name, the address chooses the index. Everything else filters rows. */
function chooseIndex({ email, username }: UserQuery) {
  if (email !== undefined) return { IndexName: 'byEmail', sort: 'email', prefix: email } as const;
  if (username !== undefined) return { IndexName: 'byUsername', sort: 'username', prefix: username } as const;
  return { IndexName: 'byCreated', sort: 'createdAt', prefix: undefined } as const;
}

const matches = (user: User, { username = '', role, status, label }: UserQuery): boolean =>
  user.username.startsWith(username) &&
  (role === undefined || user.role === role) &&
  (status === undefined || user.status === status) &&
  (label === undefined || user.label === label);

/** Whether only some rows of the index belong to the list. */
const isFiltered = ({ email, username, role, status, label }: UserQuery): boolean =>
  [email === undefined ? undefined : username, role, status, label].some((filter) => filter !== undefined);

/** Lists users: by an index for every filter, never by a scan. */
export const listUsers = capability(
  'users',
  [onIndex('users', 'byCreated'), onIndex('users', 'byEmail'), onIndex('users', 'byUsername')],
  (config) => ({
    /**
     * One page, newest first, or in the order of addresses or names; undefined when `after` belongs to another list. A page
     * can be short, or empty, and still have a next one.
     */
    async list(query: UserQuery): Promise<{ items: User[]; next?: UserQuery['after'] } | undefined> {
      const { IndexName, sort, prefix } = chooseIndex(query);
      const { after, limit, looksThrough = mostLooked.page } = query;
      if (after && typeof after.at !== (prefix === undefined ? 'number' : 'string')) return undefined;
      if (after && prefix !== undefined && !String(after.at).startsWith(prefix)) return undefined;
      const input: QueryCommandInput = {
        TableName: config.table('users'),
        IndexName,
        KeyConditionExpression:
          prefix === undefined ? 'listing = :user' : `listing = :user AND begins_with(${sort}, :prefix)`,
        ExpressionAttributeValues: { ':user': 'user', ...(prefix !== undefined && { ':prefix': prefix }) },
        ScanIndexForward: prefix !== undefined,
        Limit: isFiltered(query) ? rowsPerQuery : Math.min(limit + 1, rowsPerQuery),
        ...(after && {
          ExclusiveStartKey: { ...userKey(after.id), listing: 'user', [sort]: after.at },
        }),
      };
      const items: User[] = [];
      let [looked, next]: [number, UserQuery['after']] = [0, undefined];
      for await (const user of queryRows<User>(input)) {
        if (next && (items.length === limit || looked >= Math.max(limit, looksThrough)))
          return { items, next };
        if (matches(user, query)) items.push(user);
        looked += 1;
        next = { id: user.id, at: user[sort] as string | number };
      }
      return { items };
    },
  }),
);
