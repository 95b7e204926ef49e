import type { Problem } from '#shared/errors/problem.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { send, type Answered } from '../http/http.ts';
import type { SignedIn } from './people.ts';
import { numberOf, textOf } from '../stack/rows.ts';

type Query = Readonly<Record<string, string>>;

/** A user as administrators see one. */
export interface ManagedUser {
  id: string;
  username: string;
  email: string | null;
  emailVerified: boolean;
  role: string;
  status?: string;
  disabled: boolean;
  limits: { invites: number; requests: number | null; questions: number | null };
  invitesSent: number;
  lockedUntil: string | null;
  invitedBy: { userId: string; username: string | null } | null;
  sessions: { count: number; lastSeenAt: string | null; items: { id: string; current: boolean }[] };
}

const usersPath = '/v1/admin/users';

export const changeUser = (
  stack: Stack,
  { session: { token } }: SignedIn,
  id: string,
  json: object,
): Promise<Answered<ManagedUser & Problem>> => send(stack, 'PATCH', `${usersPath}/${id}`, { token, json });

export const readUser = (
  stack: Stack,
  { session: { token } }: SignedIn,
  id: string,
): Promise<Answered<ManagedUser & { lastRequestAt: string | null } & Problem>> =>
  send(stack, 'GET', `${usersPath}/${id}`, { token });

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** One page of an administrator's list. */
export const pageOf = <Item>(
  stack: Stack,
  { session: { token } }: SignedIn,
  path: string,
  query: Query = {},
): Promise<Answered<Page<Item> & Problem>> =>
  send(stack, 'GET', `${path}?${String(new URLSearchParams(query))}`, { token });

/** The pages of an administrator's list from the first to the last. */
export async function pagesOf<Item>(
  stack: Stack,
  admin: SignedIn,
  path: string,
  query: Query = {},
): Promise<Item[][]> {
  const pages: Item[][] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const asked = { ...query, ...(cursor && { cursor }) };
    const answer: Answered<Page<Item>> = await pageOf<Item>(stack, admin, path, asked);
    if (answer.status !== 200) throw new Error(`listing answered ${answer.status} ${answer.text}`);
    pages.push(answer.json.items);
    cursor = answer.json.nextCursor;
  }
  return pages;
}

/** An entry of the audit trail as administrators see it. */
export interface ShownEntry {
  at: string;
  action: string;
  outcome: string;
  actorId: string | null;
  subjectId: string | null;
  address: string | null;
  login: string | null;
  service: string | null;
  call: string | null;
  reason: string | null;
}

/** The number of active administrators that the store states. */
export async function adminCount(stack: Stack): Promise<number> {
  const { users = [] } = await stack.dumpTables();
  const row = users.find((one) => textOf(one, 'pk') === 'admins');
  return row ? numberOf(row, 'members') : 0;
}
