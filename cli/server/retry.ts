import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError, Refused, Unreachable } from '../failures.ts';

/** How often a request is tried, the first time included. */
const maxTries = 8;
/** The longest wait, in seconds, that the server may ask for. The longest window of its rates is a minute. */
const maxWaitSeconds = 90;

/** Answers of a proxy between this command and the server, or of a server that is unavailable for a while. */
const temporary = new Set([502, 503, 504]);

/** Seconds, doubled each time, with jitter so that many clients do not come back at once. */
const backoffSeconds = (failed: number): number =>
  Math.min(8, 0.125 * 2 ** failed) * (0.75 + Math.random() / 2);

/** Seconds until another try; undefined if another try is not worth it. */
function waitOf(error: unknown, failed: number, repeatable: boolean, answered: boolean): number | undefined {
  if (failed >= maxTries) return undefined;
  if (error instanceof Unreachable) {
    // If a server has never answered and does not listen, the address is probably wrong.
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
  /** Whether doing it twice has the same effect as doing it once. */
  repeatable: boolean;
  /** Whether the server has answered before. */
  answered: () => boolean;
  /** Ends the wait. Its reason is thrown then. */
  signal: AbortSignal | undefined;
  /** Called before a wait that is long enough to be noticed. */
  onWait: (seconds: number, error: CommandError) => void;
}

/** Whether a request that ended in this error may have been done: its answer was lost, is a server error, or cannot be read. */
function mayBeDone(error: unknown): boolean {
  if (error instanceof Unreachable) return error.loss === 'lost';
  // A success that cannot be read is still a success.
  return error instanceof Refused ? error.status >= 500 || error.status < 300 : error instanceof CommandError;
}

/** A wait of at least this many seconds is reported. */
const noticeableSeconds = 3;

/** Tries until the request is done, refused for good, or hopeless. */
export async function retry<T>(
  attempt: () => Promise<T>,
  { repeatable, answered, signal, onWait }: Retrying,
): Promise<T> {
  // One lost answer is enough, even if a later try did not reach the server.
  let isUnsure = false;
  const told = (error: unknown): unknown => {
    if (error instanceof CommandError) error.mayBeDone = isUnsure;
    return error;
  };
  for (let failed = 1; ; failed += 1) {
    try {
      return await attempt();
    } catch (error) {
      isUnsure ||= mayBeDone(error);
      const seconds = waitOf(error, failed, repeatable, answered());
      if (seconds === undefined) throw told(error);
      if (seconds >= noticeableSeconds && error instanceof CommandError) onWait(seconds, error);
      await sleep(seconds * 1000, undefined, { signal }).catch((error: unknown) => {
        const end: unknown = signal?.reason;
        // A new error for each request: one signal stops several requests at once.
        throw told(end instanceof CommandError ? new CommandError(end.code, end.message) : error);
      });
    }
  }
}
