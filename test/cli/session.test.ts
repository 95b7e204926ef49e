import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { send } from '../harness/http/http.ts';
import { bootstrap, password, register, somebody, tokenOf } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { folder, keptIn, latchkey } from './latchkey.ts';

const stack = useStack();
const admin = somebody('boss');
beforeAll(async () => {
  await register(stack(), tokenOf(await bootstrap(stack())), admin);
});

const input = `${admin.username}\n${password}\n`;
const profile = () => new URL(stack().app).host.replace(':', '-');
const fileIn = (home: string) => keptIn(home, profile());
const me = (token: string) => send(stack(), 'GET', '/v1/me', { token });

test('R3.8: login keeps a session that only its owner can read, and logout ends it', async () => {
  const env = { XDG_CONFIG_HOME: folder() };
  const login = await latchkey(['login', '--url', `${stack().app}/`, '--json'], { env, input });
  expect(login.code, login.prose).toBe(0);
  expect(JSON.parse(login.data)).toMatchObject({ url: stack().app, username: admin.username, role: 'admin' });
  const file = fileIn(env.XDG_CONFIG_HOME);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
  const kept = JSON.parse(readFileSync(file, 'utf8'));
  const { username } = admin;
  const text = expect.any(String);
  expect(kept).toEqual({ url: stack().app, username, token: text, expiresAt: text });
  for (const secret of [password, kept.token]) expect(login.data + login.prose).not.toContain(secret);

  const list = await latchkey(['invites', 'list', '--json'], { env });
  expect({ ...list, data: JSON.parse(list.data) }).toMatchObject({
    code: 0,
    data: { items: [{ status: 'used' }] },
  });

  const { json: sessions } = await send<{ items: object[] }>(stack(), 'GET', '/v1/sessions', {
    token: kept.token,
  });
  expect(sessions.items).toContainEqual(
    expect.objectContaining({ current: true, device: expect.objectContaining({ name: 'latchkey-cli' }) }),
  );
  expect(await latchkey(['logout'], { env })).toMatchObject({ code: 0, data: '' });
  expect((await me(kept.token)).status).toBe(401);
  expect(() => statSync(file)).toThrow('ENOENT');
  expect((await latchkey(['invites', 'list'], { env })).code).toBe(3);
  expect((await latchkey(['logout'], { env })).code).toBe(0);
});

test('login without a home for it uses ~/.config', async () => {
  const env = { HOME: folder() };
  await latchkey(['login', '--url', stack().app], { env, input });
  expect(statSync(fileIn(join(env.HOME, '.config'))).size).toBeGreaterThan(0);
});

test('a refusal is told in the language of the terminal, without what was typed', async () => {
  const env = { XDG_CONFIG_HOME: folder(), LANG: 'ja_JP.UTF-8' };
  const wrong = `${admin.username}\nwrong secret phrase\n`;
  const { code, data, prose } = await latchkey(['login', '--url', stack().app], { env, input: wrong });
  expect({ code, data }).toEqual({ code: 1, data: '' });
  expect(prose).toMatch(/[ぁ-ん]/);
  expect(prose).not.toContain('wrong secret phrase');
  expect(() => statSync(fileIn(env.XDG_CONFIG_HOME))).toThrow('ENOENT');
});

test('C113: a session that has ended says how to sign in again, has an exit of its own, and logout forgets it', async () => {
  const env = { XDG_CONFIG_HOME: folder() };
  await latchkey(['login', '--url', stack().app], { env, input });
  const { token } = JSON.parse(readFileSync(fileIn(env.XDG_CONFIG_HOME), 'utf8'));
  await send(stack(), 'DELETE', '/v1/sessions/current', { token });
  const list = await latchkey(['invites', 'list'], { env });
  expect(list).toMatchObject({ code: 3, prose: expect.stringContaining('latchkey login') });
  expect((await latchkey(['logout'], { env })).code).toBe(0);
  expect(() => statSync(fileIn(env.XDG_CONFIG_HOME))).toThrow('ENOENT');
});

test('a token never goes to another server than the one that it is for', async () => {
  const env = { XDG_CONFIG_HOME: folder() };
  await latchkey(['login', '--url', stack().app], { env, input });
  const elsewhere = { ...env, LATCHKEY_URL: 'http://127.0.0.1:9' };
  expect((await latchkey(['invites', 'list'], { env: elsewhere })).code).toBe(3);
  expect((await latchkey(['invites', 'list'], { env: { LATCHKEY_TOKEN: 'token' } })).code).toBe(2);
});

test.skipIf(process.platform !== 'linux')(
  'C110: a folder that cannot be made is told before anybody signs in, also where the system has odd words for it',
  async () => {
    stack().clearCalls();
    const { code, prose } = await latchkey(['login', '--url', stack().app], {
      env: { XDG_CONFIG_HOME: '/proc' },
      input,
    });
    expect({ code, prose }).toEqual({ code: 2, prose: '/proc/latchkey: there is no such file or folder.\n' });
    expect(stack().calls()).toEqual([]);
  },
);

test('C113: where another server has taken the address, logout says how to forget the session', async () => {
  const other = createServer((_request, response) => void response.writeHead(404).end('no such page'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const home = folder();
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  const file = keptIn(home, 'gone');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ url, token: 'a'.repeat(43), expiresAt: '2030-01-01T00:00:00.000Z' }));
  chmodSync(file, 0o600);
  const { code, prose } = await latchkey(['logout', '--profile', 'gone'], { env: { XDG_CONFIG_HOME: home } });
  expect({ code, prose }).toMatchObject({
    code: 1,
    prose: expect.stringContaining(`removing ${file} forgets`),
  });
});

test('C113: a file that names no profile is told by its path, and stops nobody who names one', async () => {
  const env = { XDG_CONFIG_HOME: folder() };
  await latchkey(['login', '--url', stack().app], { env, input });
  const current = join(env.XDG_CONFIG_HOME, 'latchkey', 'profile');
  writeFileSync(current, 'my work: join.example.com\n');
  const without = await latchkey(['whoami'], { env });
  expect(without).toMatchObject({
    code: 3,
    prose: expect.stringContaining(`${current} names no profile.\n`),
  });
  expect(without.prose).toContain('latchkey use ');
  expect((await latchkey(['use', profile()], { env })).code).toBe(0);
  expect((await latchkey(['whoami'], { env })).code).toBe(0);
});

test('exit codes: 4 where nothing answers, 2 where standard input lacks the password', async () => {
  const env = { XDG_CONFIG_HOME: folder() };
  expect((await latchkey(['login', '--url', 'http://127.0.0.1:9'], { env, input })).code).toBe(4);
  const { code, prose } = await latchkey(['login', '--url', stack().app], { env, input: 'name only\n' });
  expect({ code, prose }).toMatchObject({ code: 2, prose: expect.stringContaining('password') });
});
