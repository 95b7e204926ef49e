import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { mostLooked, rowsPerQuery } from '../aws/look-through.ts';
import { queryRows } from '../aws/query-rows.ts';
import { capability, onIndex } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import { chooseIndex, type IndexedRead, type InviteFilters } from './choose-invite-index.ts';
import { inviteKey } from './invite-rows.ts';
import { inviteStatus, type Invite } from './invite.ts';
import type { RedemptionRow } from './list-redemptions.ts';

export interface InviteQuery extends InviteFilters {
  limit: number;
  /** Most rows that it looks through, or `limit` if that is more; by default `mostLooked.page`. */
  looksThrough?: number | undefined;
  after?: Position | undefined;
}

/** Where a page ended: the last invite's id and the value that the list is sorted by. */
export interface Position {
  id: string;
  at: string | number;
}

function matches(
  invite: Invite & { trouble?: string },
  { status, label, issuer, now }: InviteQuery,
): boolean {
  if (label !== undefined && invite.label !== label) return false;
  if (issuer !== undefined && invite.issuerId !== issuer) return false;
  if (status === undefined) return true;
  return status === 'undelivered' ? invite.trouble === status : inviteStatus(invite, now) === status;
}

export interface InvitePage {
  items: Invite[];
  /** Where the next page begins, if there may be one. */
  next?: Position;
}

/** Rows that the first query reads: one more than the page shows, or many if only some of them match the filters. */
export function rowsToRead({ email, label, issuer, status, limit }: InviteQuery): number {
  const filters = [email, label, issuer, status].filter((filter) => filter !== undefined);
  return filters.length > 1 ? rowsPerQuery : Math.min(limit + 1, rowsPerQuery);
}

/** The page that the rows of an index give. It can be short, or empty, and still have a next one. */
export async function takePage(
  rows: AsyncIterable<Invite | RedemptionRow>,
  query: InviteQuery,
  sort: IndexedRead['sort'],
): Promise<InvitePage> {
  const { limit, looksThrough = mostLooked.page } = query;
  const items: Invite[] = [];
  let [looked, next]: [number, Position | undefined] = [0, undefined];
  for await (const row of rows) {
    // The index also holds the redemptions of users whom an issuer brought in. No page begins or ends there.
    const isGuest = 'redeemedAt' in row;
    const isFull = items.length === limit && !isGuest;
    if (next && (isFull || looked >= Math.max(limit, looksThrough))) return { items, next };
    looked += 1;
    if (isGuest) continue;
    if (matches(row, query)) items.push(row);
    next = { id: row.id, at: row[sort] as string | number };
  }
  return { items };
}

/** One page, newest (or latest to expire) first, addresses in their order; undefined if `after` belongs to another list. */
async function readPage(config: Config, query: InviteQuery): Promise<InvitePage | undefined> {
  const { index, partition, sort, condition, values, meets, ascending = false } = chooseIndex(query);
  const [name, value] = partition;
  const { after } = query;
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
    Limit: rowsToRead(query),
    ...(after && { ExclusiveStartKey: { ...inviteKey(after.id), [name]: value, [sort]: after.at } }),
  };
  // Under an issuer the first rows can all be redemptions.
  return takePage(queryRows<Invite | RedemptionRow>(input, rowsPerQuery), query, sort);
}

/** Lists invites: by an index for every filter, never by a scan. */
export const listInvites = capability(
  'invites',
  [
    onIndex('invites', 'byCreated'),
    onIndex('invites', 'byState'),
    onIndex('invites', 'byEmail'),
    onIndex('invites', 'byTrouble'),
    onIndex('invites', 'byLabel'),
    onIndex('invites', 'byIssuer'),
  ],
  (config) => ({ list: (query: InviteQuery) => readPage(config, query) }),
);

type IssuedQuery = Pick<InviteQuery, 'limit' | 'after' | 'now'>;

/** Lists the invites of one issuer. */
export const listIssued = capability('invites', [onIndex('invites', 'byIssuer')], (config) => ({
  of: (issuer: string, { limit, after, now }: IssuedQuery) => readPage(config, { issuer, limit, after, now }),
}));
