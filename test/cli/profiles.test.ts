import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { listen } from '#local/base/listen.ts';
import { isSignedIn } from '../harness/people/guests.ts';
import { bootstrap, password, register, somebody, tokenOf } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { folder, keptIn, latchkey } from './latchkey.ts';

const stack = useStack();
const admin = somebody('boss');
beforeAll(async () => {
  await register(stack(), tokenOf(await bootstrap(stack())), admin);
});

const input = `${admin.username}\n${password}\n`;
const read = (home: string, profile: string): { url: string; token: string } =>
  JSON.parse(readFileSync(keptIn(home, profile), 'utf8'));

/** Signs in under a profile name, in a home directory of its own. */
async function signedIn(name = 'work', home = folder()) {
  const env = { XDG_CONFIG_HOME: home };
  const login = await latchkey(['login', '--url', stack().app, '--profile', name], { env, input });
  expect(login.code, login.prose).toBe(0);
  return { env, home, token: read(home, name).token };
}

/** A second server that lets every caller in. `ended` holds the tokens of the sessions that it was told to end. */
async function secondServer() {
  const { app } = stack();
  const ended: string[] = [];
  const server = createServer((request, response) => {
    if (request.method === 'DELETE') {
      ended.push(request.headers.authorization ?? '');
      response.writeHead(204).end();
      return;
    }
    const body = { login: admin.username, password, transport: 'token' };
    const headers = { 'content-type': 'application/json' };
    void fetch(`${app}/v1/sessions`, { method: 'POST', headers, body: JSON.stringify(body) })
      .then(async (answer) => response.writeHead(201, headers).end(await answer.text()))
      .catch(() => response.destroy());
  });
  const { url, close } = await listen(server, 0, 'programs');
  onTestFinished(close);
  return { url, ended };
}

test('C113: a session that a new one replaces is ended', async () => {
  const { env, home, token } = await signedIn();
  await signedIn('work', home);
  expect(await isSignedIn(stack(), token)).toBe(false);
  expect(await isSignedIn(stack(), read(home, 'work').token)).toBe(true);
  const list = await latchkey(['profiles', '--json'], { env });
  expect(JSON.parse(list.data).items).toMatchObject([{ name: 'work', current: true }]);
});

test('C113: a session that cannot be kept does not stay open', async () => {
  const server = await secondServer();
  const env = { XDG_CONFIG_HOME: folder() };
  mkdirSync(join(env.XDG_CONFIG_HOME, 'latchkey'));
  // Points to a folder that cannot be created.
  symlinkSync('/nonexistent/folder', join(env.XDG_CONFIG_HOME, 'latchkey', 'profiles'));
  expect((await latchkey(['login', '--url', server.url], { env, input })).code).not.toBe(0);
  expect(server.ended).toHaveLength(1);
});

test('C113: each server has a profile of its own; use, --profile and LATCHKEY_URL choose one', async () => {
  const { env, home, token } = await signedIn('first');
  const { url } = await secondServer();
  const login = await latchkey(['login', '--url', url, '--json'], { env, input });
  const { profile: second } = JSON.parse(login.data);
  expect(read(home, 'first')).toMatchObject({ url: stack().app, token });
  expect(await isSignedIn(stack(), token)).toBe(true);

  const whoami = async (args: string[] = [], more = {}) => {
    const { code, data } = await latchkey(['whoami', '--json', ...args], { env: { ...env, ...more } });
    return { code, ...(JSON.parse(data) as { profile?: string; username?: string }) };
  };
  const first = { code: 0, profile: 'first', username: admin.username };
  expect(await whoami(['--profile', 'first'])).toMatchObject(first);
  expect(await whoami([], { LATCHKEY_URL: stack().app })).toMatchObject(first);
  expect(await whoami([], { LATCHKEY_PROFILE: 'first' })).toMatchObject(first);
  expect((await whoami(['--profile', 'third'])).code).toBe(3);

  const current = async () => (await latchkey(['profiles'], { env })).data.match(/^\*\t(\S+)/m)?.[1];
  expect(await current()).toBe(second);
  expect((await latchkey(['use', 'frist'], { env })).prose).toContain('Did you mean first?');
  expect((await latchkey(['use', 'first'], { env })).code).toBe(0);
  expect(await current()).toBe('first');
  expect(await whoami()).toMatchObject(first);

  // Signing out of one profile does not sign out of the other, and commands use no server that the user has not chosen.
  await latchkey(['logout'], { env });
  expect(existsSync(keptIn(home, second))).toBe(true);
  expect(await latchkey(['invites', 'list'], { env })).toMatchObject({
    code: 3,
    prose: expect.stringContaining(`latchkey use ${second}`),
  });
});

test('C113: logout ends the session that the environment names, and no kept one', async () => {
  const { env, home, token } = await signedIn();
  const { token: other } = await signedIn('other');
  const named = { ...env, LATCHKEY_URL: stack().app, LATCHKEY_TOKEN: other };
  const { code, prose } = await latchkey(['logout'], { env: named });
  expect({ code, prose }).toMatchObject({ code: 0, prose: expect.stringContaining('LATCHKEY_TOKEN') });
  expect(await isSignedIn(stack(), other)).toBe(false);
  expect(await isSignedIn(stack(), token)).toBe(true);
  expect(read(home, 'work').token).toBe(token);
  const { prose: again } = await latchkey(['invites', 'list'], { env: named });
  expect(again).toContain('latchkey login');
});

test('C113: a session that others can read is taken from them, and that is said', async () => {
  const { env, home } = await signedIn();
  const file = keptIn(home, 'work');
  chmodSync(file, 0o644);
  const { code, prose } = await latchkey(['whoami'], { env });
  expect({ code, prose }).toMatchObject({ code: 0, prose: expect.stringContaining(file) });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await latchkey(['whoami'], { env })).prose).toBe('');
});

test('C113: what earlier versions kept goes on as a profile', async () => {
  const { home, token } = await signedIn();
  const { expiresAt } = JSON.parse(readFileSync(keptIn(home, 'work'), 'utf8'));
  const old = folder();
  mkdirSync(join(old, 'latchkey'));
  const file = join(old, 'latchkey', 'session.json');
  writeFileSync(file, JSON.stringify({ url: stack().app, token, expiresAt }), { mode: 0o600 });
  const env = { XDG_CONFIG_HOME: old };
  expect((await latchkey(['whoami'], { env })).code).toBe(0);
  expect((await latchkey(['logout'], { env })).code).toBe(0);
  expect(await isSignedIn(stack(), token)).toBe(false);
  expect(existsSync(file)).toBe(false);
});

test.each([
  [{ LATCHKEY_URL: 'http://localhost:9', LATCHKEY_TOKEN: 'begin\nsecret-end' }, ['whoami']],
  [{ LATCHKEY_URL: 'http://localhost:9', LATCHKEY_TOKEN: 'secret-end\u3042' }, ['whoami']],
  [{ LATCHKEY_URL: 'http://admin:secret-end@localhost:9' }, ['whoami']],
  [{ LATCHKEY_URL: 'secret-end' }, ['whoami']],
  [{}, ['login', '--url', 'https://admin:secret-end@join.example.com/x']],
  [{}, ['login', '--password=secret-end']],
  [{}, ['login', '--password', 'secret-end']],
  [{}, ['login', 'admin', 'secret-end']],
  [{}, ['whoami', 'a-token-is-as-long-as-this-secret-end']],
  [{}, ['bootstrap', '--local', 'secret-end']],
] as const)('C113: a secret in a wrong place is not repeated: %j %j', async (env, args) => {
  const { code, data, prose } = await latchkey([...args, '--json'], { env });
  expect(code).toBe(2);
  expect(data + prose).not.toContain('secret-end');
});

test('C113: blanks and line ends around a token are left out', async () => {
  const { token } = await signedIn();
  const env = { LATCHKEY_URL: `${stack().app}/`, LATCHKEY_TOKEN: ` ${token}\r\n` };
  expect((await latchkey(['whoami'], { env })).code).toBe(0);
});

test('C112 C113: the sign-in that a file which is no session asks for takes its place', async () => {
  const { env, home } = await signedIn();
  writeFileSync(keptIn(home, 'work'), '{"url":');
  const { code, prose } = await latchkey(['login', '--profile', 'work'], { env, input });
  expect(code).toBe(3);
  const [, told] = /Sign in with: latchkey (.*)/.exec(prose) ?? [];
  expect(told).toBe('login --profile work --url URL');
  const words = told!.replace('URL', stack().app).split(' ');
  expect(await latchkey(words, { env, input })).toMatchObject({ code: 0 });
  expect((await latchkey(['whoami'], { env })).code).toBe(0);
});

test('C113: a file that is no session says so, and logout forgets it', async () => {
  const { env, home } = await signedIn();
  writeFileSync(keptIn(home, 'work'), '{"url":');
  expect(await latchkey(['whoami'], { env })).toMatchObject({
    code: 3,
    prose: expect.stringContaining('latchkey login --profile work'),
  });
  expect((await latchkey(['logout'], { env })).code).toBe(0);
  expect(existsSync(keptIn(home, 'work'))).toBe(false);
});
