import type { Stack } from '#local/stack/running-stack.ts';
import type { Answered } from '../../harness/http/http.ts';
import type { SignedIn } from '../../harness/people/people.ts';

/** Where a scenario plays: a stack and its first administrator. */
export interface Scene {
  stack: Stack;
  admin: SignedIn;
}

/** One request, which can be sent again as it was. */
export type Act = () => Promise<Pick<Answered, 'status' | 'headers' | 'json' | 'text'>>;

/** Somebody who has everything that a request takes. */
export interface Scenario {
  /** Id of the function that AWS fails. */
  id: string;
  /** What is special about the request. */
  way: string;
  prepare(scene: Scene): Promise<Act>;
  /** Whether it finds nothing to do in a store where it was played before. */
  onNewStore?: boolean;
  /** Whether what fails is done later, so that even what is tried again by itself may leave it undone for a while. */
  waits?: boolean;
  /** Whether it leaves what it writes to the next request where another write of the same moment is in its way. */
  givesWay?: boolean;
  /** How a repeat is answered that comes after its act is done, where that is another answer than the first: why it must be so. */
  again?: Again;
}

interface Again {
  reply: string;
  because: string;
  /** What the act still does after what decides, so that no repeat comes to it; the invariants of the store hold all the same. */
  aside?: RegExp;
}

export const nameOf = ({ id, way }: Scenario): string => (way === '' ? id : `${id}, ${way}`);

/** An answer without what differs from one try to the next: its status, its error, where it leads and what it brings there. */
export function replyOf({ status, headers, json }: Awaited<ReturnType<Act>>): string {
  const { code, error } = (json ?? {}) as { code?: unknown; error?: unknown };
  // Of an invite that was made, `code` is another thing.
  const reason = [/^[a-z_]+$/.test(String(code)) ? code : undefined, error].filter(
    (one) => typeof one === 'string',
  );
  const location =
    headers['location'] === undefined ? undefined : new URL(String(headers['location']), 'http://x');
  const place = location && [location.pathname, ...[...location.searchParams.keys()].toSorted()];
  return [status, ...reason, ...(place ?? [])].join(' ');
}

/** A scenario without anything special in its repeat. */
export const scenario = (
  id: string,
  way: string,
  prepare: Scenario['prepare'],
  again?: Scenario['again'],
): Scenario => ({ id, way, prepare, ...(again && { again }) });

/** What an invocation comes to, as if it were an answer by HTTP: Lambda starts what fails once more. */
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
