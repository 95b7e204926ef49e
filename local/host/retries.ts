import { setTimeout as delay } from 'node:timers/promises';
import type { Outcome } from './outcome.ts';

export interface AsynchronousInvocation {
  invoke(): Promise<Outcome>;
  /** The number of retries after the first try. */
  retries: number;
  /** Called when every try has failed. */
  onGivenUp(): void;
  signal: AbortSignal;
}

/** The pause before the first retry, doubled for each further one. Lambda waits one minute, then two. */
const firstPauseMs = 50;

/** Invokes a function as Lambda's asynchronous invocation does, with retries after a failure. Resolves after the last try. */
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
