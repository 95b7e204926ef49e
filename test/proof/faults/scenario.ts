import type { Stack } from '#local/stack/running-stack.ts';
import type { Answered } from '../../harness/http/http.ts';
import type { SignedIn } from '../../harness/people/people.ts';

/** The place of a scenario: a stack and its first administrator. */
export interface Scene {
  stack: Stack;
  admin: SignedIn;
}

/** One request, which can be repeated unchanged. */
export type Act = () => Promise<Pick<Answered, 'status' | 'headers' | 'json' | 'text'>>;

/** A request that succeeds, with everything that it needs. */
export interface Scenario {
  /** Id of the function whose AWS calls fail. */
  id: string;
  /** What is special about the request. */
  way: string;
  prepare(scene: Scene): Promise<Act>;
  /** Whether the request finds nothing to do in a store where it was played before. */
  onNewStore?: boolean;
  /** Whether a failed act is done later, so that even one that is tried again by itself may be undone for a while. */
  waits?: boolean;
  /** Whether the request leaves its write to the next one if another write of the same moment conflicts with it. */
  givesWay?: boolean;
  /** The answer to a repeat of a finished act, if it differs from the first answer, and the reason for the difference. */
  again?: Again;
}

interface Again {
  reply: string;
  because: string;
  /** Facts that the act writes after its deciding write, and that no repeat writes. The invariants of the store still hold. */
  aside?: RegExp;
}

export const nameOf = ({ id, way }: Scenario): string => (way === '' ? id : `${id}, ${way}`);

/** The parts of an answer that stay the same from one try to the next: status, error, redirect path and parameter names. */
export function replyOf({ status, headers, json }: Awaited<ReturnType<Act>>): string {
  const { code, error } = (json ?? {}) as { code?: unknown; error?: unknown };
  // In the answer to a new invite, `code` is its short code.
  const reason = [/^[a-z_]+$/.test(String(code)) ? code : undefined, error].filter(
    (one) => typeof one === 'string',
  );
  const location =
    headers['location'] === undefined ? undefined : new URL(String(headers['location']), 'http://x');
  const place = location && [location.pathname, ...[...location.searchParams.keys()].toSorted()];
  return [status, ...reason, ...(place ?? [])].join(' ');
}

/** A scenario with nothing special in its repeat. */
export const scenario = (
  id: string,
  way: string,
  prepare: Scenario['prepare'],
  again?: Scenario['again'],
): Scenario => ({ id, way, prepare, ...(again && { again }) });

/** The outcome of an invocation as an HTTP answer. A failed one answers 503, as Lambda starts it again. */
export const invoked =
  ({ stack }: Scene, id: string, payload: unknown): Act =>
  async () => {
    try {
      const json = (await stack.invoke(id, payload)) as { refused?: string };
      return { status: 200, headers: {}, json: { code: json?.refused }, text: JSON.stringify(json) };
    } catch (error) {
      return { status: 503, headers: {}, json: {}, text: String(error) };
    }
  };
