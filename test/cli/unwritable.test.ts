import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { invite } from '../harness/people/people.ts';
import { listAll } from '../harness/invites/invites.ts';
import { commands } from '#cli/commands.ts';
import { csvFile, folder, latchkey, signedInTo } from './latchkey.ts';

const { stack, admin } = useAdmin();
let id = '';
beforeAll(async () => {
  const [row] = await invite(stack(), admin, { emails: ['one@example.com'] });
  id = row!.id;
});

const run = (args: readonly string[], shell: string, cwd = folder()) =>
  latchkey(args, { env: signedInTo(stack(), admin), cwd, shell });
const countInvites = async () => (await listAll(stack(), admin, { limit: '100' })).length;

const full = 'exec "$@" > /dev/full';
const closed = 'exec "$@" >&-';
/** A disk that takes only the first 512 bytes of a file. Node's compile cache would not fit, so it is off. */
const small = 'ulimit -f 1; NODE_COMPILE_CACHE= exec "$@"';

/** Arguments for each command that prints rows. The other commands print data only with --json. */
const lines = (): Record<string, string[]> => ({
  plan: [csvFile('email\nnew@example.com\n')],
  apply: [csvFile('email\nnew@example.com\n')],
  'invites create': [],
  'invites list': [],
  'invites show': [id],
  'invites revoke': [id],
  'invites reissue': [id],
  'users list': [],
  'users update': [admin.user.id, '--invites', '3'],
  audit: [],
});

test('C110: a full standard output is said and is no success, whatever the command', async () => {
  for (const { name } of commands) {
    const args = lines()[name];
    if (!args) continue;
    const { code, prose } = await run([...name.split(' '), ...args], full);
    expect({ name, code }).toEqual({ name, code: 2 });
    expect(prose).toContain('Standard output cannot be written: no space is left.');
  }
});

test('C110: help that cannot be written is no success', async () => {
  expect((await run(['--help'], full)).code).toBe(2);
  expect((await run(['invites', 'list', '--help'], full)).code).toBe(2);
});

test('C110: invites whose links were lost are named with the command that shows them', async () => {
  const before = await countInvites();
  const lost = await run(['invites', 'create', '--count', '3'], full);
  expect(lost.prose).toContain('3 of 3 are made.');
  const [, key = ''] = /--run-key (\S+)$/m.exec(lost.prose) ?? [];
  const { code, data } = await run(['invites', 'create', '--count', '3', '--run-key', key], 'exec "$@"');
  expect(code).toBe(0);
  expect(data.trimEnd().split('\n')).toHaveLength(3);
  expect(await countInvites()).toBe(before + 3);
});

test('C110: a disk that takes a part of the output is told from one that takes all', async () => {
  const cwd = folder();
  const { code, prose } = await run(['invites', 'create', '--count', '20'], `${small} > f`, cwd);
  expect(statSync(join(cwd, 'f')).size).toBe(512);
  expect({ code, prose }).toEqual({ code: 2, prose: expect.stringContaining('20 of 20 are made.') });
});

test('C110: a closed standard output fails what only shows things, and stops what hands out links before it makes any', async () => {
  const before = await countInvites();
  const created = await run(['invites', 'create', '--count', '3'], closed);
  expect(created).toMatchObject({ code: 2, prose: expect.stringContaining('--out') });
  expect(await countInvites()).toBe(before);
  expect((await run(['invites', 'list'], closed)).code).toBe(2);
  expect((await run(['--help'], closed)).code).toBe(2);
  expect((await run(['invites', 'revoke', id], closed)).code).toBe(0);
  expect((await run(['invites', 'create', '--out', 'kept.txt'], closed)).code).toBe(0);
  expect((await run(['invites', 'list'], 'exec "$@" > /dev/null')).code).toBe(0);
});

test('C110: who pipes into a program that reads no more has read enough, and what is said is said', async () => {
  const file = csvFile('email\nnone\n');
  const { prose } = await run(['apply', file], '"$@" | true; exit 0');
  expect(prose).toBe('1 no address.\n');
});

test('C110: what is shown once and nobody reads is told, with the way to see it', async () => {
  const { prose } = await run(['invites', 'create', '--count', '2'], '"$@" | true; exit 0');
  expect(prose).toContain('Standard output cannot be written: nobody reads it.\n2 of 2 are made.');
  const secret = ['apps', 'secret', 'intranet', '--local', stack().control];
  expect((await run(secret, '"$@" | true; exit 0')).prose).toContain('nobody reads it.\nIt is shown once.');
});

test('C110: a standard error that cannot be written does not stop what was begun', async () => {
  const people = csvFile('email\nsilent@example.com\n');
  for (const stderr of ['2> /dev/full', '2>&-']) {
    const { code, data } = await run(['apply', people], `exec "$@" ${stderr}`);
    expect({ code, data }).toEqual({ code: 0, data: '2\tsilent@example.com\tinvited\n' });
  }
});

test('C110: a file of links that is full stops the run; with room again the run goes on in it', async () => {
  const cwd = folder();
  const before = await countInvites();
  const args = ['invites', 'create', '--count', '150', '--out', 'f'];
  const broken = await run(args, small, cwd);
  expect(broken.code).toBe(2);
  expect(broken.prose).toContain('f: it would be larger than a file may be.');
  expect(broken.prose).toContain('100 of 150 are made.');
  const [, key = ''] = /--out f --run-key (\S+)$/m.exec(broken.prose) ?? [];
  const { code, data, prose } = await run([...args, '--run-key', key], 'exec "$@"', cwd);
  expect(code, prose).toBe(0);
  expect(readFileSync(join(cwd, 'f'), 'utf8')).toBe(data);
  expect(data.trimEnd().split('\n')).toHaveLength(150);
  expect(await countInvites()).toBe(before + 150);
  writeFileSync(join(cwd, 'mine'), 'mine\n');
  expect((await run(['invites', 'create', '--out', 'mine', '--run-key', key], 'exec "$@"', cwd)).code).toBe(
    2,
  );
  expect(readFileSync(join(cwd, 'mine'), 'utf8')).toBe('mine\n');
});

test('C110: what cannot be written is told in words, for every file that a command writes', async () => {
  const cwd = folder();
  const people = csvFile('email\n', cwd);
  writeFileSync(people, `email\n${Array.from({ length: 9 }, (_, at) => `p${at}@example.com\n`).join('')}`);
  mkdirSync(join(cwd, 'folder'));
  for (const [args, path, why] of [
    [['invites', 'create', '--out', '/dev/full'], '/dev/full', 'no space is left'],
    [['audit', '--csv', '/dev/full'], '/dev/full', 'no space is left'],
    [['audit', '--csv', 'folder'], 'folder', 'it is a folder'],
    [['audit', '--csv', 'people.csv/x'], 'people.csv/x', 'a part of the path is no folder'],
    [['apply', people, '--out', '/dev/full'], '/dev/full', 'no space is left'],
  ] as const) {
    const { code, prose } = await run(args, 'exec "$@"', cwd);
    expect({ args, code, prose }).toMatchObject({
      code: 2,
      prose: expect.stringContaining(`${path}: ${why}.`),
    });
  }
  expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
});

test('C110: a file that is replaced stays whole when the new one does not fit, and a link to it stays a link', async () => {
  const cwd = folder();
  writeFileSync(join(cwd, 'audit.csv'), 'the old one\n');
  symlinkSync('audit.csv', join(cwd, 'link.csv'));
  expect((await run(['audit', '--csv', 'link.csv'], small, cwd)).code).toBe(2);
  expect(readFileSync(join(cwd, 'audit.csv'), 'utf8')).toBe('the old one\n');
  expect(readdirSync(cwd).toSorted()).toEqual(['audit.csv', 'link.csv']);
  expect((await run(['audit', '--csv', 'link.csv'], 'exec "$@"', cwd)).code).toBe(0);
  expect(readFileSync(join(cwd, 'audit.csv'), 'utf8')).toContain('at,action,outcome');
  symlinkSync('later.csv', join(cwd, 'early.csv'));
  expect((await run(['audit', '--csv', 'early.csv'], 'exec "$@"', cwd)).code).toBe(0);
  expect(readFileSync(join(cwd, 'later.csv'), 'utf8')).toContain('at,action,outcome');
});
