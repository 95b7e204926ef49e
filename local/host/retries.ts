import { setTimeout as delay } from 'node:timers/promises';
import type { Outcome } from './outcome.ts';

export interface AsynchronousInvocation {
  invoke(): Promise<Outcome>;
  /** Called when the function has failed each time. */
  onGivenUp(): void;
  signal: AbortSignal;
}

/** Before each repetition; Lambda waits a minute, then two. */
const pausesMs = [50, 100];

/** Starts a function as Lambda's asynchronous invocation does: twice more when it fails. Resolves when it is over. */
export async function invokeWithRetries({
  invoke,
  onGivenUp,
  signal,
}: AsynchronousInvocation): Promise<void> {
  for (const pauseMs of [...pausesMs, undefined]) {
    if (!('error' in (await invoke())) || signal.aborted) return;
    if (pauseMs !== undefined) await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
  }
  onGivenUp();
}
