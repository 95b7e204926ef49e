import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../errors/failure.ts';

/** How long a write is tried while others conflict with it, and the longest pause between two tries. */
const timeoutMs = 5_000;
const maxPauseMs = 200;

/**
 * Calls `send` again, with jitter, as long as it fails by a conflict with another write. The SDK does not retry these.
 * @throws Failure `busy` when conflicts do not end.
 */
export async function retryConflicts<T>(
  send: () => Promise<T>,
  isConflict: (error: unknown) => boolean,
): Promise<T> {
  const start = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
    if (performance.now() - start > timeoutMs) throw new Failure('busy');
    await wait(Math.random() * Math.min(maxPauseMs, 5 * 2 ** attempt));
  }
}
