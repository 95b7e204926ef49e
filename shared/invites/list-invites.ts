import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { queryRows } from '../aws/query-rows.ts';
import { capability, onIndex } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import { chooseIndex, type IndexedRead, type InviteFilters } from './choose-invite-index.ts';
import { inviteKey } from './invite-rows.ts';
import { inviteStatus, type Invite } from './invite.ts';

export interface InviteQuery extends InviteFilters {
  limit: number;
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

/** Invites that a page with several filters looks through at most, and rows that one query reads. */
const maxLooked = 5_000;
const rowsPerQuery = 1_000;

/** Rows that one query reads: one more than the page shows, or many where only some of them are of the list. */
export function rowsToRead({ email, label, issuer, status, limit }: InviteQuery): number {
  const filters = [email, label, issuer, status].filter((filter) => filter !== undefined);
  return filters.length > 1 ? rowsPerQuery : Math.min(limit + 1, rowsPerQuery);
}

/** The page that the rows of an index give. It can be short, or empty, and still have a next one. */
export async function pageOf(
  rows: AsyncIterable<Invite>,
  query: InviteQuery,
  sort: IndexedRead['sort'],
): Promise<InvitePage> {
  const { limit } = query;
  const items: Invite[] = [];
  let [looked, next]: [number, Position | undefined] = [0, undefined];
  for await (const invite of rows) {
    if (next && (items.length === limit || looked === Math.max(limit, maxLooked))) return { items, next };
    if (matches(invite, query)) items.push(invite);
    looked += 1;
    next = { id: invite.id, at: invite[sort] as string | number };
  }
  return { items };
}

/**
 * One page, newest (or latest to expire) first, addresses in their order; undefined when `after` belongs to
 * another list.
 */
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
    // Whom an issuer has brought in lies in the same index.
    ...(index === 'byIssuer' && { FilterExpression: 'attribute_exists(#sent)' }),
    ExpressionAttributeNames: { '#p': name, ...(index === 'byIssuer' && { '#sent': 'state' }) },
    ExpressionAttributeValues: { ':p': value, ...values },
    ScanIndexForward: ascending,
    Limit: rowsToRead(query),
    ...(after && { ExclusiveStartKey: { ...inviteKey(after.id), [name]: value, [sort]: after.at } }),
  };
  return pageOf(queryRows<Invite>(input), query, sort);
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
