import { showDuration } from '#shared/duration.ts';
import { Ending, exit } from '../failures.ts';

const signals = { SIGINT: exit.interrupted, SIGTERM: exit.terminated, SIGHUP: exit.hungUp } as const;

/**
 * Waits for what a person does elsewhere, unless a signal ends it, or the time for it is over.
 * @param ask tells the person what to do. Signals are listened for before, as whoever sees it may press Ctrl-C at once.
 */
export async function waitForPerson<T>(ask: () => Promise<T>, timeoutMs: number): Promise<T> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const stops = Object.entries(signals).map(
    ([name, code]) => [name, () => reject(new Ending(code, 'Stopped.'))] as const,
  );
  for (const [name, stop] of stops) process.once(name, stop);
  const late = `Nobody has signed in for ${showDuration({ lengthMs: timeoutMs }, 'en')}.`;
  const timer = setTimeout(() => reject(new Ending(exit.refused, late)), timeoutMs);
  try {
    return await Promise.race([ask(), ended]);
  } finally {
    clearTimeout(timer);
    for (const [name, stop] of stops) process.off(name, stop);
  }
}
