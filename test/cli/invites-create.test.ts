import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { linkState, listAll, shownInvite } from '../harness/invites/invites.ts';
import { openInvite, register, tokenOf } from '../harness/people/people.ts';
import { csvFile, folder, latchkey, signedInTo } from './latchkey.ts';

const { stack, admin } = useAdmin();

const create = (args: readonly string[], cwd = folder()) =>
  latchkey(['invites', 'create', ...args], { env: signedInTo(stack(), admin), cwd });
const invites = () => listAll(stack(), admin, { limit: '100' });

test('R3.8 R3.10: --count 10 prints ten links, one a line, keeps them in a file, and says so', async () => {
  const cwd = folder();
  const { code, data, prose } = await create(['--count', '10', '--out', 'URLs.txt'], cwd);
  expect({ code, prose }).toEqual({ code: 0, prose: 'Their links are in URLs.txt.\n' });
  const links = data.trimEnd().split('\n');
  expect(new Set(links).size).toBe(10);
  for (const link of links) expect(await linkState(stack(), tokenOf(link))).toBe('active');
  expect(readFileSync(join(cwd, 'URLs.txt'), 'utf8')).toBe(data);
  expect(statSync(join(cwd, 'URLs.txt')).mode & 0o777).toBe(0o600);
});

test('R3.8: more than one request has: 250 links, each once', async () => {
  const before = (await invites()).length;
  const { code, data } = await create(['--count', '250', '--json']);
  expect(code).toBe(0);
  const { items } = JSON.parse(data);
  expect(new Set(items.map(({ url }: { url: string }) => url)).size).toBe(250);
  expect(await invites()).toHaveLength(before + 250);
});

test('every wish reaches the invite', async () => {
  const cwd = folder();
  writeFileSync(join(cwd, 'phrase'), 'open sesame please\n');
  const wishes = [
    '--uses',
    '3',
    '--days',
    '30',
    '--role',
    'admin',
    '--note',
    'Osaka',
    '--app',
    'portal',
    '--locale',
    'ja',
  ];
  const { code, data, prose } = await create(
    ['--kind', 'device-only', '--passphrase-file', 'phrase', ...wishes, '--json'],
    cwd,
  );
  expect(code, prose).toBe(0);
  const [{ id, code: short }] = JSON.parse(data).items;
  expect(short).toMatch(/^\w{5}-\w{5}$/);
  expect(await shownInvite(stack(), admin, id)).toMatchObject({
    kind: 'device-only',
    maxUses: 3,
    role: 'admin',
    note: 'Osaka',
    app: 'portal',
    locale: 'ja',
  });
  const [own] = JSON.parse((await create(['--code', 'abcd', '--json'])).data).items;
  expect(own).toMatchObject({ code: 'ABCD', result: 'invited' });
});

test('R6.3: an app that is not there is told with those that are, and nothing is made', async () => {
  const before = (await invites()).length;
  const { code, prose } = await create(['--app', 'nowhere']);
  expect(code).not.toBe(0);
  expect(prose).toContain('Choose one of: portal.');
  expect(await invites()).toHaveLength(before);
});

test('--emails invites the people of a file by mail, and says what became of each', async () => {
  const file = csvFile('email,locale\nmei@example.com,zh\nMEI@example.com,\nno address,\n');
  const { code, data, prose } = await create(['--emails', file, '--note', 'all']);
  expect(code).toBe(1);
  const rows = data
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  expect(rows.map(([email, result]) => [email, result])).toEqual([
    ['mei@example.com', 'invited'],
    ['MEI@example.com', 'duplicate'],
    ['no address', 'bad_address'],
  ]);
  expect(prose).toContain('1 invited, 1 twice in the file, 1 no address');
  await stack().settle();
  expect(stack().mails('mei@example.com')).toHaveLength(1);
  expect((await invites()).find(({ email }) => email === 'mei@example.com')).toMatchObject({
    locale: 'zh',
    note: 'all',
  });
  const silent = csvFile('email\nsilent@example.com\n');
  expect((await create(['--emails', silent, '--no-send'])).code).toBe(0);
  await stack().settle();
  expect(stack().mails('silent@example.com')).toEqual([]);
});

test('C51: a server that fails for a moment makes no invite twice', async () => {
  const before = (await invites()).length;
  stack().faults([
    { kind: 'lost', action: 'TransactWriteItems', function: 'admin-invite-create', nth: 30, times: 12 },
  ]);
  const { code, data, prose } = await create(['--count', '120']);
  expect(code, prose).toBe(0);
  expect(data.trimEnd().split('\n')).toHaveLength(120);
  expect(await invites()).toHaveLength(before + 120);
});

test('C51: a run that broke off goes on by its key and makes none twice', async () => {
  const before = (await invites()).length;
  const args = ['--count', '150', '--run-key', 'my-run'];
  expect((await create(args)).code).toBe(0);
  expect((await create(args)).data.trimEnd().split('\n')).toHaveLength(150);
  expect(await invites()).toHaveLength(before + 150);
});

test('nothing is made when the file for the links cannot be', async () => {
  const cwd = folder();
  writeFileSync(join(cwd, 'full.txt'), 'mine\n');
  const before = (await invites()).length;
  expect((await create(['--out', 'full.txt'], cwd)).code).toBe(2);
  expect((await create(['--out', 'no/such/folder.txt'], cwd)).code).toBe(2);
  expect(readFileSync(join(cwd, 'full.txt'), 'utf8')).toBe('mine\n');
  expect(await invites()).toHaveLength(before);
});

test('exit codes: 1 when the server refuses, in its words and with the field', async () => {
  const refused = await create(['--kind', 'email']);
  expect(refused).toMatchObject({ code: 1, data: '' });
  expect(refused.prose).toMatch(/^emails: /m);
  const guest = await register(stack(), await openInvite(stack(), admin));
  const env = signedInTo(stack(), guest);
  const forbidden = await latchkey(['invites', 'create'], { env });
  expect(forbidden).toMatchObject({ code: 1, prose: expect.stringContaining('Administrator rights') });
  expect(forbidden.prose).not.toContain(guest.session.token);
});
