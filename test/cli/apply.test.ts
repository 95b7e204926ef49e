import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { linkState, listAll } from '../harness/invites/invites.ts';
import { tokenOf } from '../harness/people/people.ts';
import { csvFile, latchkey, signedInTo } from './latchkey.ts';
import { addresses, expectOneEach } from './one-each.ts';
import { volume } from '../harness/volume.ts';

const { stack, admin } = useAdmin();
const many = volume(200, 40);

const env = () => signedInTo(stack(), admin);
const apply = (file: string, ...args: string[]) => latchkey(['apply', file, ...args], { env: env() });
const invitesFor = (name: string) => listAll(stack(), admin, { email: name, limit: '100' });
const state = (file: string) => JSON.parse(readFileSync(`${file}.latchkey.json`, 'utf8'));

test('C51: apply invites many people, writes their links, and then has nothing left to do', async () => {
  const emails = addresses('p', many);
  const file = csvFile(['email', ...emails].join('\r\n'));
  const out = join(dirname(file), 'URLs.txt');
  const first = await apply(file, '--out', out, '--json');
  expect(first.code, first.prose).toBe(0);
  expect(first.prose).toContain(`Their links are in ${out}.\n`);
  const { items, counts } = JSON.parse(first.data);
  expect(counts).toEqual({ invited: many });
  expect(items[0]).toMatchObject({
    line: 2,
    email: 'p0@example.com',
    result: 'invited',
    id: expect.any(String),
  });
  await expectOneEach(stack(), admin, 'p', emails);

  const table = readFileSync(out, 'utf8');
  const rows = table
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  expect(rows[0]).toEqual(['email', 'url', 'code', 'result']);
  expect(rows).toHaveLength(many + 1);
  expect(await linkState(stack(), tokenOf(rows[many]![1]!))).toBe('active');
  for (const path of [out, `${file}.latchkey.json`]) expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(JSON.stringify(state(file))).not.toContain('/invite/');

  stack().clearCalls();
  writeFileSync(out, '');
  const again = await apply(file, '--json');
  expect(again.prose).toContain('nothing left to do');
  expect({ ...again, prose: '' }).toEqual({ ...first, prose: '' });
  expect(stack().calls()).toEqual([]);
  await apply(file, '--out', out);
  expect(readFileSync(out, 'utf8')).toBe(table);
});

test('C51: apply killed at any moment ends in the same state, with one invite and one mail each', async () => {
  const emails = addresses('killed', many);
  const locales = ['ja', 'zh', 'en', ''];
  const lines = emails.map((email, at) => `${email},${locales[at % 4]},${at % 3}`);
  const file = csvFile(['email,locale,note', ...lines].join('\n'));
  let kills = 0;
  for (const calls of [3, 17, 31, 44, 58]) {
    stack().clearCalls();
    const once = () => stack().calls().length > calls;
    const { code } = await latchkey(['apply', file], { env: env(), signal: { name: 'SIGKILL', once } });
    expect(state(file)).toMatchObject({ server: stack().app });
    if (code === null) kills += 1;
  }
  expect(kills).toBeGreaterThan(1);
  const { code, data, prose } = await apply(file, '--json');
  expect(code, prose).toBe(0);
  expect(JSON.parse(data).counts).toEqual({ invited: many });
  expect(state(file).finished).toBe(true);
  await expectOneEach(stack(), admin, 'killed', emails);
});

test('Ctrl-C stops after the request under way, and the run goes on', async () => {
  const emails = addresses('stopped', 60);
  const file = csvFile(['email,note', ...emails.map((email, at) => `${email},${at % 30}`)].join('\n'));
  stack().clearCalls();
  const once = () => stack().calls().length > 20;
  const stopped = await latchkey(['apply', file], { env: env(), signal: { name: 'SIGINT', once } });
  expect(stopped).toMatchObject({ code: 130, data: '', prose: expect.stringContaining('goes on') });
  expect(Object.keys(state(file).done).length).toBeGreaterThan(0);
  expect((await apply(file)).code).toBe(0);
  await expectOneEach(stack(), admin, 'stopped', emails);
});

test('C51: a server that fails for a while costs apply nothing but time', async () => {
  const emails = addresses('faulty', 20);
  const file = csvFile(['email', ...emails].join('\n'));
  stack().faults([{ kind: 'error', function: 'admin-invite-create', nth: 25, times: 8 }]);
  const { code, prose } = await apply(file);
  expect(code, prose).toBe(0);
  await expectOneEach(stack(), admin, 'faulty', emails);
});

test('apply tells what became of each line, and fails when one has no invite', async () => {
  const file = csvFile(
    `email\n${admin.user.email}\nnew@example.com\n New@Example.com\nnone\np1@example.com\n`,
  );
  const { code, data, prose } = await apply(file);
  expect(code).toBe(1);
  expect(prose).toContain('1 twice in the file, 1 no address, 1 already invited.');
  const rows = data
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  expect(rows.map(([line, , result]) => [line, result])).toEqual([
    ['2', expect.stringMatching(/^(member|invited)$/)],
    ['3', 'invited'],
    ['4', 'duplicate'],
    ['5', 'bad_address'],
    ['6', 'already_invited'],
  ]);
});

test('C111: a file that is edited goes on in its run: who is new is invited, whatever the order of lines', async () => {
  const file = csvFile('email,note\nfirst@example.com,\nthird@example.com,old\n');
  await apply(file, '--json');
  writeFileSync(file, 'note,email\n,second@example.com\nnew,third@example.com\n,First@Example.com\n');
  const plan = await latchkey(['plan', file, '--json'], { env: env() });
  const resultsOf = (data: string) => JSON.parse(data).items.map(({ result }: { result: string }) => result);
  expect(resultsOf(plan.data)).toEqual(['invite', 'invited', 'invited']);
  expect(plan.prose).toContain('Applied before, and left as they are: 2 of 3 lines.');
  const { code, data, prose } = await apply(file, '--json');
  expect(code, prose).toBe(0);
  expect(resultsOf(data)).toEqual(['invited', 'invited', 'invited']);
  expect(prose).toContain('Lines edited since they were invited: 1.');
  expect(await invitesFor('third@')).toMatchObject([{ note: 'old' }]);
  await stack().settle();
  for (const name of ['first', 'second', 'third'])
    expect(stack().mails(`${name}@example.com`)).toHaveLength(1);
  expect((await apply(file)).prose).toContain('nothing left to do');
});

test('a run of another kind or that cannot be read is refused, with the way out, and plan says so', async () => {
  const file = csvFile('email\nother@example.com\n');
  await apply(file);
  expect(await apply(file, '--no-send')).toMatchObject({
    code: 2,
    data: '',
    prose: expect.stringContaining('--new-run'),
  });
  const { code, data } = await apply(file, '--new-run', '--json');
  expect({ code, counts: JSON.parse(data).counts }).toEqual({ code: 0, counts: { already_invited: 1 } });
  writeFileSync(`${file}.latchkey.json`, '{');
  expect((await apply(file)).code).toBe(2);
  const plan = await latchkey(['plan', file], { env: env() });
  expect(plan.prose).toContain('apply will refuse');
  expect(plan.data).toContain('already_invited');
});

test('--out of apply replaces nothing but its own', async () => {
  const file = csvFile('email\nprecious@example.com\n');
  expect((await apply(file, '--out', file)).code).toBe(2);
  expect(readFileSync(file, 'utf8')).toBe('email\nprecious@example.com\n');
  expect(await invitesFor('precious')).toEqual([]);
});

test('C75: no cell of the table of links is a formula', async () => {
  const file = csvFile('email\n"=HYPERLINK(""http://x"")"\n@SUM(A1)\nformula@example.com\n');
  const out = join(dirname(file), 'links.csv');
  await apply(file, '--out', out);
  const cells = readFileSync(out, 'utf8').split(/\r\n|,/);
  expect(cells).toContain(`"'=HYPERLINK(""http://x"")"`);
  expect(cells).toContain("'@SUM(A1)");
  expect(cells.filter((cell) => /^"?[=+@-]/.test(cell))).toEqual([]);
});
