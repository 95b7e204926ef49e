import type { Interface, Key } from 'node:readline';
import type { ReadStream } from 'node:tty';

const ctrlBackslash = '\u001c';

/**
 * Lets Ctrl-Z stop the command at a prompt, where the terminal leaves the keys to us, and goes on when the shell says so;
 * Ctrl-\ quits. A key that does nothing would have the next command typed as a password.
 * @param redraw shows the prompt again, however often it is called.
 * @returns what ends it.
 */
export function obeyJobControl(lines: Interface, input: ReadStream, redraw: () => void): () => void {
  const goOn = () => {
    // Once off and on, as the shell may have changed what we have set.
    input.setRawMode(false);
    input.setRawMode(true);
    redraw();
  };
  lines.on('SIGTSTP', () => {
    input.setRawMode(false);
    // All that runs with us stops, as if the terminal had said it: a launcher or npm that went on would keep the terminal.
    process.kill(0, 'SIGTSTP');
    // Also where no shell minds the job, so that nothing has stopped us: the next keys are shown otherwise.
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
