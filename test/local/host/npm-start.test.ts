import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../../rules/files.ts';

interface Ready {
  app: string;
  inbox: string;
  example: string;
  adminInvite: string | null;
}

async function start(): Promise<{ npm: ChildProcess; ready: Ready }> {
  const apps = JSON.stringify({ portal: { redirectUris: ['http://127.0.0.1/callback'] } });
  const options = ['--json', '--memory', '--port', '0', '--set', `apps=${apps}`];
  const npm = spawn('npm', ['start', '--silent', '--', ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void npm.kill());
  const [line] = (await once(createInterface({ input: npm.stdout! }), 'line')) as [string];
  return { npm, ready: JSON.parse(line) as Ready };
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

const leadsTo = async (url: string) =>
  (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '';

/** The address to which Latchkey redirects a sign-in for this app, if it knows the app. */
async function signInAt(app: string, clientId: string): Promise<string> {
  const asked = { client_id: clientId, redirect_uri: 'http://127.0.0.1:9/callback', prompt: 'none' };
  return leadsTo(`${app}/oauth/authorize?${String(new URLSearchParams(asked))}`);
}

test.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
  'R6.6: `npm start` serves, an app that people sign in to with it too, and %s to npm alone stops everything that it has started',
  async (signal) => {
    const { npm, ready } = await start();
    expect(await answers(`${ready.app}/health`)).toBe(true);
    expect(ready.adminInvite).toContain(`${ready.app}/invite/`);
    // The example app is registered in addition to the apps of --set.
    expect(await signInAt(ready.app, 'portal')).toContain('http://127.0.0.1:9/callback?');
    const asked = await leadsTo(`${ready.example}/login`);
    expect(asked).toContain(`${ready.app}/oauth/authorize?`);
    expect(await leadsTo(asked)).toMatch(/^\/login\?/);
    const ended = once(npm, 'exit');
    npm.kill(signal);
    await ended;
    await expect.poll(() => answers(`${ready.app}/health`)).toBe(false);
    expect(await answers(ready.inbox)).toBe(false);
    expect(await answers(ready.example)).toBe(false);
  },
);
