import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFailed, onTestFinished } from 'vitest';

/** Whether the system can open a terminal: by `script` of util-linux, which Linux has. */
export const hasTerminals = spawnSync('script', ['--version']).stdout?.includes('util-linux') ?? false;

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The command by which people call `latchkey` through the launcher. */
export const launched = `${process.execPath} ${root}local/launch.mjs latchkey`;

/** An interactive shell in a terminal of its own, `columns` wide. */
export function openTerminal(env: Readonly<Record<string, string>>, columns = 80) {
  const shell = `stty cols ${columns} rows 24; exec bash --norc --noprofile -i`;
  const child = spawn('script', ['-qfec', shell, '/dev/null'], {
    env: {
      PATH: process.env['PATH'],
      LANG: 'en_US.UTF-8',
      TERM: 'xterm',
      PS1: 'shell> ',
      HISTFILE: '',
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      ...env,
    },
  });
  let shown = '';
  let from = 0;
  let look = () => undefined as void;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    look();
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  // A test that waits in vain ends by its time-out, whose message does not say why.
  onTestFailed(() => console.error(`The terminal has shown:\n${shown}`));
  return {
    /** Everything that the terminal has shown. */
    shown: () => shown,
    type: (text: string) => void child.stdin.write(text),
    /** Waits until the terminal shows the text, after the text of the previous wait. */
    shows: (text: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const gone = () => reject(new Error(`The terminal has not shown ${text}:\n${shown}`));
        child.once('exit', gone);
        look = () => {
          const at = shown.indexOf(text, from);
          if (at < 0) return;
          from = at + text.length;
          child.off('exit', gone);
          look = () => undefined;
          resolve();
        };
        look();
      }),
  };
}
