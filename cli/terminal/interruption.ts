import { CommandError, endingSignals } from '../failures.ts';
import type { Output } from './output.ts';

/** Milliseconds in which one signal may arrive twice: from the terminal and from the launcher, even on a busy machine. */
const repeatMs = 2_000;

/**
 * Lets a signal (Ctrl-C, a closed terminal, or a kill) end long work after the request under way. The returned signal's `reason`
 * is the error to end with. A second signal ends the process at once, with the last words.
 */
export function interruption(out: Output, lastWords: () => readonly string[]): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  for (const [name, code] of Object.entries(endingSignals)) {
    process.on(name, () => {
      const now = performance.now();
      if (first === 0) {
        first = now;
        const again = name === 'SIGINT' ? 'Ctrl-C again' : 'a second signal';
        controller.abort(new CommandError(code, 'Stopped.'));
        out.say(`Stopping after the request under way; ${again} stops at once.`);
      } else if (now - first > repeatMs) {
        out.say(...lastWords());
        process.exit(code);
      }
    });
  }
  return controller.signal;
}
