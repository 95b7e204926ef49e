import { showDuration } from '#shared/duration.ts';
import { CommandError, endingSignals, exit } from '../failures.ts';

/**
 * Waits for what a person does elsewhere, until a signal ends it or the time is over.
 * @param ask tells the person what to do. Signals are handled before it is called, because the person may press Ctrl-C at once.
 */
export async function waitForPerson<T>(ask: () => Promise<T>, timeoutMs: number): Promise<T> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  let isStopped = false;
  const stops = Object.entries(endingSignals).map(([name, code]) => {
    const stop = () => {
      isStopped = true;
      reject(new CommandError(code, 'Stopped.'));
    };
    return [name, stop] as const;
  });
  for (const [name, stop] of stops) process.on(name, stop);
  const late = `Nobody has signed in for ${showDuration({ lengthMs: timeoutMs }, 'en')}.`;
  const timer = setTimeout(() => reject(new CommandError(exit.refused, late)), timeoutMs);
  try {
    return await Promise.race([ask(), ended]);
  } finally {
    clearTimeout(timer);
    // The launcher passes a terminal's signal on once more. Without a listener, that second one would end the process before
    // its last words.
    if (!isStopped) for (const [name, stop] of stops) process.off(name, stop);
  }
}
