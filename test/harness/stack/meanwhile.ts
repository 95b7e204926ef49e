import type { Stack } from '#local/stack/running-stack.ts';

/** A call of AWS that a function makes, such as its write. */
interface Moment {
  function: string;
  action: string;
  /** Which of such calls of the request; the first where nothing is said. */
  nth?: number;
  /** Whether what happens then happens at each such call from that one on. */
  eachTime?: boolean;
}

/**
 * Sends a request, and lets `act` happen when it comes to a moment: after all that it has read until then, and before what
 * it does then.
 * @returns the answer of the request.
 */
export async function meanwhile<Answer>(
  stack: Stack,
  moment: Moment,
  request: () => Promise<Answer>,
  act: () => Promise<unknown>,
): Promise<Answer> {
  const { nth = 1, eachTime = false } = moment;
  /** Of the request. What `act` does may come to the same moment, and does not wait for itself. */
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
 * Sends a request, and another one that overtakes it: once the first has read all that it reads, and before its transaction.
 * @returns the answers of both.
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

/** Lets no request of so many go on at a moment before all of them have come to it. */
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
    // The SDK may lose patience and ask again.
    if (come.add(trace).size === count) resolve(undefined);
    return allHaveCome;
  });
}
