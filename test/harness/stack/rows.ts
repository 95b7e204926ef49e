import { isSessionId } from '#shared/sessions/session.ts';
import type { Stack } from '#local/stack/running-stack.ts';

type Row = Readonly<Record<string, unknown>>;
type Dump = Awaited<ReturnType<Stack['dumpTables']>>;

/** The string attribute of a row in DynamoDB's JSON; empty if it is missing. */
export const textOf = (row: Row, attribute: string): string =>
  (row[attribute] as { S?: string } | undefined)?.S ?? '';

/** The number attribute of a row in DynamoDB's JSON. */
export const numberOf = (row: Row, attribute: string): number =>
  Number((row[attribute] as { N?: string } | undefined)?.N);

/** The rows of a table whose string attribute has this value. */
export const rowsOf = (dump: Dump, table: string, attribute: string, value: string): Row[] =>
  (dump[table] ?? []).filter((row) => textOf(row, attribute) === value);

/** The number of rows of each kind that a registration writes. */
export type Footprint = Record<
  'users' | 'emails' | 'usernames' | 'credentials' | 'redemptions' | 'sessions',
  number
>;

/** The rows that one registration adds to the store. */
export const oneRegistration: Footprint = {
  users: 1,
  emails: 1,
  usernames: 1,
  credentials: 1,
  redemptions: 1,
  sessions: 1,
};

const none: Footprint = { users: 0, emails: 0, usernames: 0, credentials: 0, redemptions: 0, sessions: 0 };

export async function footprint(stack: Stack): Promise<Footprint> {
  const { users = [], credentials = [], invites = [], sessions = [] } = await stack.dumpTables();
  const count = (rows: readonly Row[], attribute: string, start: string) =>
    rows.filter((row) => textOf(row, attribute).startsWith(start)).length;
  return {
    users: count(users, 'pk', 'user#'),
    emails: count(users, 'pk', 'email#'),
    usernames: count(users, 'pk', 'username#'),
    credentials: credentials.length,
    redemptions: count(invites, 'sk', 'redemption#'),
    sessions: sessions.filter((row) => isSessionId(textOf(row, 'id'))).length,
  };
}

/** The number of rows of each kind that the store has gained since `before`. */
export async function growth(stack: Stack, before: Footprint = none): Promise<Footprint> {
  const after = await footprint(stack);
  const kinds = Object.keys(after) as (keyof Footprint)[];
  return Object.fromEntries(kinds.map((kind) => [kind, after[kind] - before[kind]])) as Footprint;
}
