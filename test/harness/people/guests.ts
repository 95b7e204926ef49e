import { expect } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { send, type Answered, type Sent } from '../http/http.ts';
import { somebody, type SignedIn } from './people.ts';

export type Outcome = Answered<Partial<SignedIn & Problem>>;

let addresses = 0;

/** A loopback address from which no request has come yet. */
export function newAddress(): string {
  addresses += 1;
  return `127.0.${10 + Math.floor(addresses / 200)}.${1 + (addresses % 200)}`;
}

/** Registers as a program, and returns any answer. `json` names the invite. */
export const attempt = (stack: Stack, json: object, sent: Sent = {}): Promise<Outcome> =>
  send(stack, 'POST', '/v1/register', { json: { transport: 'token', ...somebody(), ...json }, ...sent });

/** How often each status or error code came. */
export function tally(answers: readonly Outcome[]): Record<string, number> {
  const names = answers.map(({ status, json }) => json.code ?? String(status));
  return Object.fromEntries(
    [...new Set(names)].toSorted().map((name) => [name, names.filter((one) => one === name).length]),
  );
}

/** The status, the error code and the paths of the wrong fields of a refusal. */
export const refusedFields = ({ status, json }: Answered<Partial<Problem>>): unknown[] => [
  status,
  json.code,
  ...(json.errors ?? []).map(({ path }) => path),
];

/** Sends all requests at once. Those told to come again in a second are sent again, until each has an answer. */
export async function untilAnswered<Answer extends Answered>(
  stack: Stack,
  requests: readonly (() => Promise<Answer>)[],
): Promise<Answer[]> {
  const answers = await Promise.all(requests.map((request) => request()));
  const isLate = answers.map(({ status }) => status === 429);
  if (!isLate.includes(true)) return answers;
  for (const { status, headers } of answers) {
    if (status === 429) expect(headers['retry-after']).toBe('1');
  }
  expect(isLate, 'somebody is let in each time').toContain(false);
  stack.clock.offsetSeconds += 1;
  const late = await untilAnswered(
    stack,
    requests.filter((_, at) => isLate[at]),
  );
  return answers.map((answer, at) => (isLate[at] ? late.shift()! : answer));
}

/** Whether a session's token is valid. */
export const isSignedIn = async (stack: Stack, token: string | undefined): Promise<boolean> =>
  (await send(stack, 'GET', '/v1/me', { token: token ?? '' })).status === 200;
