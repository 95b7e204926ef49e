import { setTimeout as delay } from 'node:timers/promises';
import type { Outcome } from './outcome.ts';

export interface AsynchronousInvocation {
  invoke(): Promise<Outcome>;
  /** Further tries after the first. */
  retries: number;
  /** Called when the function has failed each time. */
  onGivenUp(): void;
  signal: AbortSignal;
}

/** Before the first repetition, and doubled each time; Lambda waits a minute, then two. */
const firstPauseMs = 50;

/** Starts a function as Lambda's asynchronous invocation does: again when it fails. Resolves when it is over. */
export async function invokeWithRetries({
  invoke,
  retries,
  onGivenUp,
  signal,
}: AsynchronousInvocation): Promise<void> {
  for (let tries = 0; tries <= retries; tries += 1) {
    if (tries > 0) await delay(firstPauseMs * 2 ** (tries - 1), undefined, { signal }).catch(() => undefined);
    if (signal.aborted || !('error' in (await invoke())) || signal.aborted) return;
  }
  onGivenUp();
}
