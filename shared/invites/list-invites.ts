import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onIndex } from '../deployment/capability.ts';
import { inviteStatus, type Invite, type InviteFilter } from './invite.ts';
import { chooseIndex } from './choose-invite-index.ts';
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

function matches(invite: Invite & { trouble?: string }, { status, now }: InviteQuery): boolean {
  if (status === undefined) return true;
  return status === 'undelivered' ? invite.trouble === status : inviteStatus(invite, now) === status;
}

export interface InvitePage {
  items: Invite[];
  /** Where the next page begins, if there may be one. */
  next?: Position;
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
    /**
     * One page, newest (or latest to expire) first, addresses in their order; undefined when `after` belongs to
     * another list.
     */
    async list(query: InviteQuery): Promise<InvitePage | undefined> {
      const { index, partition, sort, condition, values, meets, ascending = false } = chooseIndex(query);
      const [name, value] = partition;
      const { after, limit } = query;
      if (after && typeof after.at !== (sort === 'email' ? 'string' : 'number')) return undefined;
      // Between two pages an invite can expire: a position that no longer meets the condition ends the list.
      if (after && meets && !meets(after.at)) return { items: [] };
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
