import type { Stack } from '#local/stack/running-stack.ts';

/** A call of AWS by a function, such as its write. */
interface Moment {
  function: string;
  action: string;
  /** Which call of this kind in the request; the first by default. */
  nth?: number;
  /** Whether the act happens at each call of this kind, from that one on. */
  eachTime?: boolean;
}

/**
 * Sends a request, and runs `act` at a moment of it: after all its reads up to that call, and before the call itself.
 * @returns the answer to the request.
 */
export async function meanwhile<Answer>(
  stack: Stack,
  moment: Moment,
  request: () => Promise<Answer>,
  act: () => Promise<unknown>,
): Promise<Answer> {
  const { nth = 1, eachTime = false } = moment;
  /** The trace of the request. Calls of `act` itself may fit the moment too, and must not wait for `act`. */
  let own: string | undefined;
  let calls = 0;
  let acted: Promise<unknown> | undefined;
  stack.hold(async ({ function: id, action, trace }) => {
    if (id !== moment.function || action !== moment.action || trace !== (own ??= trace)) return undefined;
    calls += 1;
    if (calls < nth) return undefined;
    if (eachTime || !acted) acted = Promise.resolve().then(act);
    await acted;
    return undefined;
  });
  const answer = await request().finally(() => stack.hold(undefined));
  if (!acted) throw new Error(`${moment.function} has made no ${moment.action}`);
  return answer;
}

/**
 * Sends a request, and another one that overtakes it: after the first request's reads and before its transaction.
 * @returns both answers.
 */
export async function overtake<Answer, Other>(
  stack: Stack,
  functionId: string,
  request: () => Promise<Answer>,
  other: () => Promise<Other>,
): Promise<[Answer, Other]> {
  let overtaking: Promise<Other> | undefined;
  const moment = { function: functionId, action: 'TransactWriteItems' };
  const answer = await meanwhile(stack, moment, request, () => (overtaking = other()));
  return [answer, await overtaking!];
}

/** Holds `count` requests at a moment until all of them have reached it. */
export function gather(
  stack: Stack,
  moment: Pick<Moment, 'function' | 'action'> & { table: string },
  count: number,
): void {
  const { promise: allHaveCome, resolve } = Promise.withResolvers<undefined>();
  const come = new Set<string>();
  stack.hold(({ function: id, action, tables, trace }) => {
    if (id !== moment.function || action !== moment.action || !tables.includes(moment.table))
      return Promise.resolve(undefined);
    // The SDK may lose patience and repeat the call.
    if (come.add(trace).size === count) resolve(undefined);
    return allHaveCome;
  });
}
