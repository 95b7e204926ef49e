import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Stack } from '#local/stack/running-stack.ts';
import { tableNames } from '#shared/deployment/tables.ts';
import { tableOutput } from '#shared/deployment/stack-names.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { invite, password } from '../harness/people/people.ts';
import { openStack } from '../harness/stack/stack.ts';
import { listAll } from '../harness/invites/invites.ts';
import { commands } from '#cli/commands.ts';
import { csvFile, folder, latchkey, signedInTo } from './latchkey.ts';
import { servePointInTime, type PointInTime } from './point-in-time.ts';

const { stack, admin } = useAdmin();
let id = '';
beforeAll(async () => {
  const [row] = await invite(stack(), admin, { emails: ['one@example.com'] });
  id = row!.id;
});

const run = (args: readonly string[], shell: string, cwd = folder()) =>
  latchkey(args, { env: signedInTo(stack(), admin), cwd, shell });
const countInvites = async () => (await listAll(stack(), admin, { limit: '100' })).length;

const tableOutputs = (stackName: string) =>
  stackName.endsWith('stateful')
    ? Object.fromEntries(tableNames.map((table) => [tableOutput(table), table]))
    : ({} as Record<string, string>);
const full = 'exec "$@" > /dev/full';
const closed = 'exec "$@" >&-';
/** A disk that takes only the first 512 bytes of a file. Node's compile cache would not fit, so it is off. */
const small = 'ulimit -f 1; NODE_COMPILE_CACHE= exec "$@"';

/** How to run a command, so that it writes to standard output. */
interface Writing {
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
  input?: string;
  /** What it says of that which is done and was not shown. */
  says?: string;
}

/** For each command. Without `--json`, some of them print nothing. */
function writings(own: { bare: Stack; home: string; gone: string; held: string; past: PointInTime }) {
  const kept = { XDG_CONFIG_HOME: own.home };
  const made: Record<string, Writing> = {
    bootstrap: { args: ['--local', own.bare.control], says: 'Run again, it prints a new link' },
    login: {
      args: ['--url', stack().app, '--json'],
      env: kept,
      input: typed(),
      says: 'The session is kept in',
    },
    whoami: { args: [], env: kept },
    profiles: { args: [], env: kept },
    use: { args: ['work', '--json'], env: kept, says: 'Commands go to' },
    logout: { args: ['--profile', 'work', '--json'], env: kept, says: 'Signed out of' },
    token: { args: ['--audience', 'relay'] },
    plan: { args: [csvFile('email\nnew@example.com\n')] },
    apply: { args: [csvFile('email\nnew@example.com\n')], says: 'the same command shows it again' },
    'invites create': { args: [], says: '1 of 1 are made.' },
    'invites list': { args: [] },
    'invites show': { args: [id] },
    'invites revoke': { args: [id], says: 'Withdrawn: 1.' },
    'invites reissue': { args: [id], says: 'New links: 1.' },
    'invites delete': { args: [own.gone, '--yes'], says: 'Deleted: 1.' },
    'users list': { args: [] },
    'users show': { args: [admin.user.id] },
    'users update': { args: [admin.user.id, '--invites', '3'], says: 'Changed: 1.' },
    'suppressions lift': {
      args: [own.held, '--reason', 'a test'],
      says: `Mail to ${own.held} goes out again.`,
    },
    audit: { args: [] },
    'apps secret': { args: ['intranet', '--renew', '--local', stack().control], says: 'It is shown once.' },
    restore: {
      args: ['--table', 'users', '--at', soon(), '--plan', '--json', '--region', 'us-east-1'],
      env: operatorOf(own.past),
    },
    completion: { args: ['bash'] },
  };
  return made;
}
const typed = () => `${admin.user.username}\n${password}\n`;
const soon = () => new Date(stack().clock.now()).toISOString().replace(/\.\d+/, '');
const operatorOf = ({ url }: PointInTime) => ({
  AWS_ENDPOINT_URL_DYNAMODB: url,
  AWS_ENDPOINT_URL_CLOUDFORMATION: url,
  AWS_ACCESS_KEY_ID: stack().insider()['AWS_ACCESS_KEY_ID']!,
  AWS_SECRET_ACCESS_KEY: 'secret',
});

test('C110: a full standard output is said and is no success, whatever the command', async () => {
  const bare = await openStack('plain');
  onTestFinished(() => bare.stop());
  const past = await servePointInTime(stack(), tableOutputs);
  onTestFinished(() => past.close());
  await past.remember('users');
  stack().clock.offsetSeconds += 60;
  const home = folder();
  const signIn = ['login', '--url', stack().app, '--profile', 'work'];
  await latchkey(signIn, { env: { XDG_CONFIG_HOME: home }, input: typed() });
  const held = 'bounce@simulator.amazonses.com';
  const [deleted] = await invite(stack(), admin, { emails: ['gone@example.com'] });
  await invite(stack(), admin, { emails: [held] });
  await stack().settle();

  const how = writings({ bare, home, held, gone: deleted!.id, past });
  expect(Object.keys(how).toSorted()).toEqual(commands.map(({ name }) => name).toSorted());
  for (const [name, { args, env = signedInTo(stack(), admin), input = '', says = '' }] of Object.entries(
    how,
  )) {
    const { code, prose } = await latchkey([...name.split(' '), ...args], { env, input, shell: full });
    expect({ name, code, prose }).toMatchObject({ name, code: 2, prose: expect.stringContaining(says) });
    expect(prose, name).toContain('Standard output cannot be written: no space is left.');
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
  const secret = ['apps', 'secret', 'intranet', '--renew', '--local', stack().control];
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

/** Options that name a file. The ones that a command only reads are named here, so that a new one is thought about. */
const onlyRead = new Set(['invites create --emails', 'invites create --passphrase-file']);
const written = commands
  .flatMap(({ name, options }) =>
    Object.entries(options).flatMap(([option, { value }]) =>
      value === 'FILE' ? [`${name} --${option}`] : [],
    ),
  )
  .filter((option) => !onlyRead.has(option));

test('C110: what cannot be written is told in words, for every file that a command writes', async () => {
  const cwd = folder();
  const people = csvFile('email\n', cwd);
  writeFileSync(people, `email\n${Array.from({ length: 9 }, (_, at) => `p${at}@example.com\n`).join('')}`);
  mkdirSync(join(cwd, 'folder'));
  const cases = [
    [['invites', 'create', '--out', '/dev/full'], '/dev/full', 'no space is left'],
    [['audit', '--csv', '/dev/full'], '/dev/full', 'no space is left'],
    [['audit', '--csv', 'folder'], 'folder', 'it is a folder'],
    [['audit', '--csv', 'people.csv/x'], 'people.csv/x', 'a part of the path is no folder'],
    [['apply', people, '--out', '/dev/full'], '/dev/full', 'no space is left'],
  ] as const;
  const covered = cases.map(([args]) => args.filter((arg) => !/[/.]|^folder$/.test(arg)).join(' '));
  expect([...new Set(covered)].toSorted()).toEqual(written.toSorted());
  for (const [args, path, why] of cases) {
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
