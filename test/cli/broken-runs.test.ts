import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openRun } from '#cli/invites/run-file.ts';
import { thisCommand } from '#cli/terminal/command-line.ts';
import { listen } from '#local/base/listen.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { listAll } from '../harness/invites/invites.ts';
import { csvFile, folder, latchkey, signedInTo } from './latchkey.ts';
import { addresses, expectOneEach } from './one-each.ts';

const { stack, admin } = useAdmin();
const env = () => signedInTo(stack(), admin);
const countInvites = async () => (await listAll(stack(), admin, { limit: '100' })).length;

/** The words of the command that a message names. */
const commandIn = (prose: string): string[] => /^ {2}latchkey (.+)$/m.exec(prose)?.[1]?.split(' ') ?? [];

/** A signal to send after more than `calls` calls of AWS. */
const after = (name: NodeJS.Signals, calls: number) => {
  stack().clearCalls();
  return { name, once: () => stack().calls().length > calls };
};

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)(
  'C111: invites create that ends by %s names the command that goes on in the same file',
  async (name, code) => {
    const cwd = folder();
    const before = await countInvites();
    const args = ['invites', 'create', '--count', '130', '--note', 'two words', '--out', 'f'];
    const stopped = await latchkey(args, { env: env(), cwd, signal: after(name, 150) });
    expect(stopped.code).toBe(code);
    const [, made] = /(\d+) of 130 are made\./.exec(stopped.prose) ?? [];
    expect(await countInvites()).toBe(before + Number(made));
    expect(stopped.prose).toContain(`--note 'two words' --out f --run-key `);
    const key = commandIn(stopped.prose).at(-1)!;
    const { code: end, data, prose } = await latchkey([...args, '--run-key', key], { env: env(), cwd });
    expect(end, prose).toBe(0);
    expect(readFileSync(join(cwd, 'f'), 'utf8')).toBe(data);
    expect(await countInvites()).toBe(before + 130);
  },
);

test('C111: a server that is lost leaves a count that does not say more than is known', async () => {
  const lost = await listen(
    createServer(
      (request, response) => void request.resume().once('end', () => response.writeHead(500).end()),
    ),
    0,
    'programs',
  );
  onTestFinished(() => lost.close());
  const { code, prose } = await latchkey(['invites', 'create', '--count', '130'], {
    env: { ...env(), LATCHKEY_URL: lost.url },
  });
  expect(code).toBe(1);
  expect(prose).toContain('0 of 130 are made, and up to 100 more: their answer is missing.');
  const before = await countInvites();
  const again = await latchkey(commandIn(prose), { env: env() });
  expect(again.data.trimEnd().split('\n')).toHaveLength(130);
  expect((await latchkey(commandIn(prose), { env: env() })).data).toBe(again.data);
  expect(await countInvites()).toBe(before + 130);
});

test('C111: apply that ends by a signal or a full disk goes on by the command that it gave', async () => {
  const emails = addresses('cut', 130);
  const file = csvFile(['email', ...emails].join('\n'));
  const ended = await latchkey(['apply', file, '--new-run'], { env: env(), signal: after('SIGTERM', 150) });
  expect(ended).toMatchObject({ code: 143, data: '' });
  expect(ended.prose).toMatch(/^\d+ of 130 are done\.$/m);
  expect(commandIn(ended.prose)).toEqual(['apply', file]);
  const shell = 'ulimit -f 16; exec "$@"';
  const full = await latchkey(['apply', file], { env: { ...env(), NODE_COMPILE_CACHE: '' }, shell });
  expect(full).toMatchObject({ code: 2, data: '' });
  expect(full.prose).toContain('people.csv.latchkey.json: it would be larger than a file may be.');
  expect((await latchkey(commandIn(full.prose), { env: env() })).code).toBe(0);
  await expectOneEach(stack(), admin, 'cut', emails);
});

test('C111: two apply of one file at once end alike, with one invite and one mail for each address', async () => {
  const emails = addresses('twice', 130);
  const file = csvFile(['email,note', ...emails.map((email, at) => `${email},${at % 2}`)].join('\n'));
  const run = (out: string) =>
    latchkey(['apply', file, '--json', '--out', join(dirname(file), out)], { env: env() });
  const [one, two] = await Promise.all([run('one.csv'), run('two.csv')]);
  expect([one.code, two.code], one.prose + two.prose).toEqual([0, 0]);
  expect(JSON.parse(one.data).counts).toEqual({ invited: 130 });
  expect(two.data).toBe(one.data);
  const tableOf = (name: string) => readFileSync(join(dirname(file), name), 'utf8');
  expect(tableOf('two.csv')).toBe(tableOf('one.csv'));
  await expectOneEach(stack(), admin, 'twice', emails);
});

test('C111: of two processes that begin a run at once one begins it, and the other joins', async () => {
  const path = join(folder(), 'people.csv.latchkey.json');
  const begin = () => openRun(path, { server: 'https://join.example.com', send: true }, { anew: false });
  const [one, two, three] = await Promise.all([begin(), begin(), begin()]);
  expect([two.run, three.run]).toEqual([one.run, one.run]);
});

test('C111: a table that cannot be written at the end does not hide what was done', async () => {
  const file = csvFile(['email', ...addresses('table', 5)].join('\n'));
  const args = ['apply', file, '--out', join(dirname(file), 'links.csv')];
  await latchkey(['apply', file], { env: env() });
  const shell = 'ulimit -f 1; exec "$@"';
  const { code, data, prose } = await latchkey(args, { env: { ...env(), NODE_COMPILE_CACHE: '' }, shell });
  expect(code).toBe(2);
  expect(data).toContain('2\ttable0@example.com\tinvited\n');
  expect(prose).toContain('the same command writes the table');
  expect((await latchkey(args, { env: env() })).code).toBe(0);
  expect(readFileSync(args.at(-1)!, 'utf8').split('/invite/')).toHaveLength(6);
});

test('C111: apply wants a file beside which it can keep how far it has come', async () => {
  const piped = await latchkey(['apply', '-'], { env: env(), input: 'email\nx@example.com\n' });
  expect(piped).toMatchObject({ code: 2, prose: expect.stringContaining('--emails -') });
  const created = await latchkey(['invites', 'create', '--emails', '-'], {
    env: env(),
    input: 'email\npiped@example.com\n',
  });
  expect(created.data).toContain('piped@example.com\tinvited\t');
  // The name of the kept file, made from this name, would exceed the limit for file names.
  const file = join(folder(), `${'n'.repeat(245)}.csv`);
  writeFileSync(file, 'email\nlong@example.com\n');
  const { code, prose } = await latchkey(['apply', file], { env: env() });
  expect({ code, prose }).toMatchObject({ code: 2, prose: expect.stringContaining('the name is too long') });
  const full = await latchkey(['apply', csvFile('email\nlong@example.com\n')], {
    env: { ...env(), NODE_COMPILE_CACHE: '' },
    shell: 'ulimit -f 0; exec "$@"',
  });
  expect(full).toMatchObject({ code: 2, prose: expect.stringContaining('copy your file') });
  expect(await listAll(stack(), admin, { email: 'long@' })).toEqual([]);
});

test('the command that goes on is typed as shells take it', () => {
  const args = ['invites', 'create', '--note', "it's", '--run-key=old', '--new-run', '--run-key', 'older'];
  expect(thisCommand({ '--run-key': true, '--new-run': false }, ['--run-key', 'k'], args)).toBe(
    String.raw`latchkey invites create --note 'it'\''s' --run-key k`,
  );
});
