import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onIndex } from '../capability.ts';
import { inviteStatus, type Invite, type InviteFilter } from '../domain/invite.ts';
import { inviteKey } from './invite-rows.ts';

export interface InviteQuery {
  status?: InviteFilter | undefined;
  /** An address or the beginning of one, in lower case. */
  email?: string | undefined;
  limit: number;
  after?: Position | undefined;
  /** Milliseconds; decides what has expired. */
  now: number;
}

/** Where a page ended: the last invite's id and the value that the list is sorted by. */
export interface Position {
  id: string;
  at: string | number;
}

interface Reading {
  index: 'byCreated' | 'byState' | 'byEmail' | 'byTrouble';
  partition: [string, string];
  sort: string;
  condition?: string;
  values?: Record<string, string | number>;
  ascending?: boolean;
}

function readingOf({ status, email, now }: InviteQuery): Reading {
  const listing = ['listing', 'invite'] as [string, string];
  if (email !== undefined) {
    const condition = 'begins_with(email, :email)';
    return {
      index: 'byEmail',
      partition: listing,
      sort: 'email',
      condition,
      values: { ':email': email },
      ascending: true,
    };
  }
  if (status === undefined) return { index: 'byCreated', partition: listing, sort: 'createdAt' };
  if (status === 'undelivered')
    return { index: 'byTrouble', partition: ['trouble', status], sort: 'createdAt' };
  if (status === 'used' || status === 'revoked')
    return { index: 'byState', partition: ['state', status], sort: 'expiresAt' };
  const condition = status === 'active' ? 'expiresAt > :now' : 'expiresAt <= :now';
  return {
    index: 'byState',
    partition: ['state', 'active'],
    sort: 'expiresAt',
    condition,
    values: { ':now': now },
  };
}

function matches(invite: Invite & { trouble?: string }, { status, now }: InviteQuery): boolean {
  if (status === undefined) return true;
  return status === 'undelivered' ? invite.trouble === status : inviteStatus(invite, now) === status;
}

/** Lists invites: by an index for every filter, never by a scan. */
export const listInvites = capability(
  'invites',
  [
    onIndex('invites', 'byCreated'),
    onIndex('invites', 'byState'),
    onIndex('invites', 'byEmail'),
    onIndex('invites', 'byTrouble'),
  ],
  (config) => ({
    /** One page, newest (or latest to expire) first, addresses in their order; `next` where there may be more. */
    async list(query: InviteQuery): Promise<{ items: Invite[]; next?: Position }> {
      const { index, partition, sort, condition, values, ascending = false } = readingOf(query);
      const [name, value] = partition;
      const { after, limit } = query;
      const input: QueryCommandInput = {
        TableName: config.table('invites'),
        IndexName: index,
        KeyConditionExpression: ['#p = :p', ...(condition ? [condition] : [])].join(' AND '),
        ExpressionAttributeNames: { '#p': name },
        ExpressionAttributeValues: { ':p': value, ...values },
        ScanIndexForward: ascending,
        Limit: limit,
        ...(after && { ExclusiveStartKey: { ...inviteKey(after.id), [name]: value, [sort]: after.at } }),
      };
      const { Items = [], LastEvaluatedKey } = await documents.send(new QueryCommand(input));
      const found = Items as (Invite & Record<string, unknown>)[];
      const last = found.at(-1);
      return {
        items: found.filter((invite) => matches(invite, query)),
        ...(LastEvaluatedKey && last && { next: { id: last.id, at: last[sort] as string | number } }),
      };
    },
  }),
);
