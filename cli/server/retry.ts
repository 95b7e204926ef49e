import { setTimeout as sleep } from 'node:timers/promises';
import { Ending, Refused, Unreachable } from '../failures.ts';

/** How often a request is tried, the first time included. */
const maxTries = 8;
/** Seconds that the server may ask to wait; a minute is the longest window of its rates. */
const maxWaitSeconds = 90;

/** Answers of what stands between us and the server, and of a server that says that it is only for now. */
const temporary = new Set([502, 503, 504]);

/** Seconds, doubled each time and blurred so that many do not come back at once. */
const backoffSeconds = (failed: number): number =>
  Math.min(8, 0.125 * 2 ** failed) * (0.75 + Math.random() / 2);

/** Seconds until another try is worth it; undefined when it is not. */
function waitOf(error: unknown, failed: number, repeatable: boolean, answered: boolean): number | undefined {
  if (failed >= maxTries) return undefined;
  if (error instanceof Unreachable) {
    // A server that has never answered and does not listen is more likely a wrong address.
    const isTemporary = error.loss === 'lost' || (error.loss === 'unsent' && answered);
    return repeatable && isTemporary ? backoffSeconds(failed) : undefined;
  }
  if (!(error instanceof Refused)) return undefined;
  const { status, problem, retryAfterSeconds = 0 } = error;
  const isRate = status === 429 && (problem === 'rate_limited' || problem === undefined);
  if (!isRate && !(repeatable && temporary.has(status))) return undefined;
  return retryAfterSeconds > maxWaitSeconds ? undefined : Math.max(retryAfterSeconds, backoffSeconds(failed));
}

export interface Retrying {
  /** Whether doing it twice is doing it once. */
  repeatable: boolean;
  /** Whether the server has answered before. */
  answered: () => boolean;
  /** Ends the waiting; its reason is what is thrown then. */
  signal: AbortSignal | undefined;
  /** Called before a wait that is long enough to be noticed. */
  onWait: (seconds: number, error: Ending) => void;
}

/** Whether a request that ended so may have been done: the answer was lost, or is none of ours. */
function mayBeDone(error: unknown): boolean {
  if (error instanceof Unreachable) return error.loss === 'lost';
  // A success that cannot be read is one nevertheless.
  return error instanceof Refused ? error.status >= 500 || error.status < 300 : error instanceof Ending;
}

/** Seconds after which a wait is worth a word. */
const noticeableSeconds = 3;

/** Tries until it is done, refused for good, or hopeless. */
export async function retry<T>(
  attempt: () => Promise<T>,
  { repeatable, answered, signal, onWait }: Retrying,
): Promise<T> {
  // One lost answer is enough, also where a later try did not get so far.
  let isUnsure = false;
  const told = (error: unknown): unknown => {
    if (error instanceof Ending) error.mayBeDone = isUnsure;
    return error;
  };
  for (let failed = 1; ; failed += 1) {
    try {
      return await attempt();
    } catch (error) {
      isUnsure ||= mayBeDone(error);
      const seconds = waitOf(error, failed, repeatable, answered());
      if (seconds === undefined) throw told(error);
      if (seconds >= noticeableSeconds && error instanceof Ending) onWait(seconds, error);
      await sleep(seconds * 1000, undefined, { signal }).catch((error: unknown) => {
        const end: unknown = signal?.reason;
        // An end of its own: requests beside each other are stopped by one signal.
        throw told(end instanceof Ending ? new Ending(end.code, end.message) : error);
      });
    }
  }
}
