import type { Problem } from '#shared/errors/problem.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { send, type Answered, type Sent } from '../http/http.ts';
import type { SignedIn } from '../people/people.ts';
import { rowsOf, textOf } from '../stack/rows.ts';

let keys = 0;
const ending = () => {
  keys += 1;
  return `0123456789-abcdefghij-${String(keys).padStart(6, '0')}`;
};

/** API keys in the formats of the providers, a different one at each call. */
export const claudeKey = (): string => `sk-ant-api03-${ending()}`;
export const chatgptKey = (): string => `sk-proj-${ending()}`;

/** An API key as its owner sees it. */
export interface ShownKey {
  service: string;
  title: string;
  last4: string;
  active: boolean;
  state: string;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
}

type Who = Pick<SignedIn, 'session'>;

export const putKey = (
  stack: Stack,
  { session: { token } }: Who,
  json: object = { key: claudeKey() },
  service = 'claude',
  sent: Sent = {},
): Promise<Answered<ShownKey & Problem>> =>
  send(stack, 'PUT', `/v1/keys/${service}`, { token, json, ...sent });

export const changeKey = (
  stack: Stack,
  { session: { token } }: Who,
  json: object,
  service = 'claude',
): Promise<Answered<ShownKey & Problem>> => send(stack, 'PATCH', `/v1/keys/${service}`, { token, json });

export const deleteKey = (
  stack: Stack,
  { session: { token } }: Who,
  service = 'claude',
): Promise<Answered<Problem | undefined>> => send(stack, 'DELETE', `/v1/keys/${service}`, { token });

/** A user's keys as the user sees them. */
export async function keysOf(stack: Stack, { session: { token } }: Who): Promise<ShownKey[]> {
  const answer = await send<{ items: ShownKey[] }>(stack, 'GET', '/v1/keys', { token });
  if (answer.status !== 200) throw new Error(`listing answered ${answer.status} ${answer.text}`);
  return answer.json.items;
}

/** The rows of a user's keys, by service. */
export async function keyRows(stack: Stack, { user }: Pick<SignedIn, 'user'>) {
  const rows = rowsOf(await stack.dumpTables(), 'keys', 'userId', user.id);
  return Object.fromEntries(rows.map((row) => [textOf(row, 'service'), row]));
}
