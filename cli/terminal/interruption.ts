import type { Output } from './output.ts';

/** Milliseconds in which one Ctrl-C may arrive twice: from the terminal, and from the launcher. */
const repeatMs = 500;

/** Lets Ctrl-C end long work after the request under way; a second one ends it at once. */
export function interruption(out: Output): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  process.on('SIGINT', () => {
    const now = performance.now();
    if (first === 0) {
      first = now;
      out.say('Stopping after the request under way; Ctrl-C again stops at once.');
      controller.abort();
    } else if (now - first > repeatMs) process.exit(130);
  });
  return controller.signal;
}
