import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onIndex } from '../deployment/capability.ts';
import type { User } from './user.ts';
import { userKey } from './user-rows.ts';

export interface UserQuery {
  /** An address or the beginning of one, in lower case. */
  email?: string | undefined;
  /** A username or the beginning of one. */
  username?: string | undefined;
  limit: number;
  /** Where the page before ended: the last user's id and the value that the list is sorted by. */
  after?: { id: string; at: string | number } | undefined;
}

/** The index that serves a query; with both texts the address chooses the index, and the name filters the rows. */
function chooseIndex({ email, username }: UserQuery) {
  if (email !== undefined) return { IndexName: 'byEmail', sort: 'email', prefix: email } as const;
  if (username !== undefined) return { IndexName: 'byUsername', sort: 'username', prefix: username } as const;
  return { IndexName: 'byCreated', sort: 'createdAt', prefix: undefined } as const;
}

/** Lists users: by an index for every filter, never by a scan. */
export const listUsers = capability(
  'users',
  [onIndex('users', 'byCreated'), onIndex('users', 'byEmail'), onIndex('users', 'byUsername')],
  (config) => ({
    /**
     * One page, newest first, or by address or name in their order; undefined when `after` belongs to another list.
     */
    async list(query: UserQuery): Promise<{ items: User[]; next?: UserQuery['after'] } | undefined> {
      const { IndexName, sort, prefix } = chooseIndex(query);
      const { after, limit, username = '' } = query;
      if (after && typeof after.at !== (prefix === undefined ? 'number' : 'string')) return undefined;
      if (after && prefix !== undefined && !String(after.at).startsWith(prefix)) return undefined;
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: config.table('users'),
          IndexName,
          KeyConditionExpression:
            prefix === undefined ? 'listing = :user' : `listing = :user AND begins_with(${sort}, :prefix)`,
          ExpressionAttributeValues: { ':user': 'user', ...(prefix !== undefined && { ':prefix': prefix }) },
          ScanIndexForward: prefix !== undefined,
          Limit: limit,
          ...(after && {
            ExclusiveStartKey: { ...userKey(after.id), listing: 'user', [sort]: after.at },
          }),
        }),
      );
      const found = Items as User[];
      const last = found.at(-1);
      return {
        items: found.filter((user) => user.username.startsWith(username)),
        ...(LastEvaluatedKey && last && { next: { id: last.id, at: last[sort] as string | number } }),
      };
    },
  }),
);
