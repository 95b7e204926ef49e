import type { Interface, Key } from 'node:readline';
import type { ReadStream } from 'node:tty';

const ctrlBackslash = '\u001c';

/**
 * In raw mode the terminal leaves the keys to the command. This lets Ctrl-Z stop the command at a prompt and the shell continue
 * it, and lets Ctrl-\ quit. If Ctrl-Z did nothing, the person would type the next shell command as a password.
 * @param redraw shows the prompt again, and may be called repeatedly.
 * @returns a function that ends the handling.
 */
export function obeyJobControl(lines: Interface, input: ReadStream, redraw: () => void): () => void {
  const goOn = () => {
    // Off and on again, because the shell may have changed the terminal's mode.
    input.setRawMode(false);
    input.setRawMode(true);
    redraw();
  };
  lines.on('SIGTSTP', () => {
    input.setRawMode(false);
    // The whole process group stops, as if the terminal had sent the signal. A launcher or npm that kept running would keep the terminal.
    process.kill(0, 'SIGTSTP');
    // This also runs if no shell controls the job and nothing has stopped: otherwise the next keys would be echoed.
    setImmediate(goOn);
  });
  const onKey = (_text: unknown, { sequence }: Key) => {
    if (sequence !== ctrlBackslash) return;
    input.setRawMode(false);
    process.kill(0, 'SIGQUIT');
  };
  input.on('keypress', onKey);
  process.on('SIGCONT', goOn);
  return () => {
    input.off('keypress', onKey);
    process.off('SIGCONT', goOn);
  };
}
