import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { root } from '../../rules/files.ts';

interface Ready {
  app: string;
  inbox: string;
  adminInvite: string | null;
}

async function start(): Promise<{ npm: ChildProcess; ready: Ready }> {
  const npm = spawn('npm', ['start', '--silent', '--', '--json', '--memory', '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: npm.stdout! }), 'line')) as [string];
  return { npm, ready: JSON.parse(line) as Ready };
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

test.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
  '`npm start` serves, and %s to npm alone stops everything that it has started',
  async (signal) => {
    const { npm, ready } = await start();
    expect(await answers(`${ready.app}/health`)).toBe(true);
    expect(ready.adminInvite).toContain(`${ready.app}/invite/`);
    const ended = once(npm, 'exit');
    npm.kill(signal);
    await ended;
    await expect.poll(() => answers(`${ready.app}/health`), { timeout: 10_000 }).toBe(false);
    expect(await answers(ready.inbox)).toBe(false);
  },
);
