import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { linkState } from '../harness/invites/invites.ts';
import { invite, register, tokenOf } from '../harness/people/people.ts';
import { latchkey, signedInTo } from './latchkey.ts';

const { stack, admin } = useAdmin();

const invites = (...args: string[]) => latchkey(['invites', ...args], { env: signedInTo(stack(), admin) });

test('R0.7: list shows invites by status and address, as a table or as JSON', async () => {
  await invite(stack(), admin, { emails: ['hanako@example.com'], note: 'first row' });
  await invite(stack(), admin, { count: 3 });
  const { code, data } = await invites('list', '--email', 'hana');
  expect(code).toBe(0);
  expect(data).toMatch(
    /^[\w-]{22}\tactive\temail\tgeneral\t0\/1\t\S+\t\S+\thanako@example.com\tfirst row\n$/,
  );
  const json = JSON.parse((await invites('list', '--status', 'active', '--limit', '2', '--json')).data);
  expect(json).toMatchObject({ items: { length: 2 }, more: true });
  const all = JSON.parse((await invites('list', '--limit', 'all', '--json')).data);
  expect(all).toMatchObject({ items: { length: 5 }, more: false });
});

test('R0.7: show has the link, the code and who used it', async () => {
  const [row] = await invite(stack(), admin);
  const { data, prose } = await invites('show', row!.id, '--json');
  expect(prose).toBe('');
  expect(JSON.parse(data)).toMatchObject({ id: row!.id, status: 'active', url: row!.url, usedBy: [] });
  const { user } = await register(stack(), tokenOf(row!.url));
  expect((await invites('show', row!.id)).data).toMatch(new RegExp(`^usedBy\t${user.username} `, 'm'));
  expect((await invites('show', 'nothing')).code).toBe(1);
});

test('R0.7: revoke withdraws several; one that is gone does not stop the others', async () => {
  const rows = await invite(stack(), admin, { count: 2 });
  const [first, second] = rows.map(({ id }) => id) as [string, string];
  const { code, data, prose } = await invites('revoke', first, 'nothing', second, '--json');
  expect(code).toBe(1);
  expect(JSON.parse(data).items).toMatchObject([
    { id: first, status: 'revoked' },
    { id: 'nothing', error: 'not_found' },
    { id: second, status: 'revoked' },
  ]);
  expect(prose).toMatch(/^nothing: /);
  for (const { url } of rows) expect(await linkState(stack(), tokenOf(url))).toBe('revoked');
});

test('R0.7: revoke by a note, by a status and from standard input, each where it applies', async () => {
  const fair = await invite(stack(), admin, { count: 3, note: 'Spring fair' });
  const other = await invite(stack(), admin, { count: 1, note: 'Spring fair 2' });
  await register(stack(), tokenOf(fair[0]!.url));
  expect(await invites('revoke', '--note', 'Spring fair')).toMatchObject({
    code: 2,
    prose: expect.stringContaining('--yes'),
  });
  const { code, data, prose } = await invites('revoke', '--note', 'Spring fair', '--yes');
  expect(code, prose).toBe(0);
  expect(data.trimEnd().split('\n').toSorted()).toEqual(
    fair
      .slice(1)
      .map(({ id }) => `${id}\trevoked`)
      .toSorted(),
  );
  expect(await linkState(stack(), tokenOf(other[0]!.url))).toBe('active');
  const again = await invites('revoke', '--note', 'Spring fair', '--yes');
  expect(again).toEqual({ code: 0, data: '', prose: 'No invite is to be withdrawn.\n' });
  const list = await invites('list', '--note', 'Spring fair 2');
  const env = signedInTo(stack(), admin);
  const piped = await latchkey(['invites', 'revoke', '-'], { env, input: list.data });
  expect(piped).toMatchObject({ code: 0, data: `${other[0]!.id}\trevoked\n` });
  expect((await invites('revoke', 'x', '--status', 'active', '--yes')).code).toBe(2);
  expect((await invites('revoke')).code).toBe(2);
  expect((await invites('list', '--note', 'Spring fair', '--limit', '2', '--json')).data).toContain(
    '"more":true',
  );
});

test('R0.7: all whose mail did not arrive get new links, but for what was withdrawn', async () => {
  const emails = ['bounce@simulator.amazonses.com', 'bounce+2@simulator.amazonses.com'];
  const [kept, gone] = await invite(stack(), admin, { emails });
  await stack().settle();
  await invites('revoke', gone!.id);
  const { code, data, prose } = await invites('reissue', '--status', 'undelivered', '--no-send', '--yes');
  expect(code, prose).toBe(0);
  expect(data).toMatch(new RegExp(`^${kept!.id}\thttp\\S+\n$`));
  expect(await linkState(stack(), tokenOf(kept!.url))).not.toBe('active');
});

test('R0.7: list --links has the links of those that are open', async () => {
  const rows = await invite(stack(), admin, { count: 2, note: 'linked' });
  await invites('revoke', rows[1]!.id);
  const { data } = await invites('list', '--note', 'linked', '--links');
  const links = new Map(
    data
      .trimEnd()
      .split('\n')
      .map((line) => [line.split('\t')[0], line.split('\t').at(-1)]),
  );
  expect(links).toEqual(
    new Map([
      [rows[0]!.id, rows[0]!.url],
      [rows[1]!.id, '-'],
    ]),
  );
  const json = JSON.parse((await invites('list', '--note', 'linked', '--links', '--json')).data);
  expect(json.items.find(({ id }: { id: string }) => id === rows[0]!.id)).toMatchObject({
    url: rows[0]!.url,
  });
});

test('C111: what ends a command over several ids is told with what is done and the command for the others', async () => {
  const rows = await invite(stack(), admin, { count: 12 });
  const ids = rows.map(({ id }) => id);
  stack().clearCalls();
  const env = signedInTo(stack(), admin);
  const once = () => stack().calls().length > 4;
  const stopped = await latchkey(['invites', 'revoke', ...ids], { env, signal: { name: 'SIGTERM', once } });
  expect(stopped.code).toBe(143);
  const done = stopped.data
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t')[0]!);
  expect(stopped.prose).toContain(`${done.length} of 12 are done.`);
  const rest = /^ {2}latchkey (invites revoke .*)$/m.exec(stopped.prose)![1]!.split(' ');
  expect([...done, ...rest.slice(2)].toSorted()).toEqual(ids.toSorted());
  expect((await latchkey(rest, { env })).code).toBe(0);
  for (const { url } of rows) expect(await linkState(stack(), tokenOf(url))).toBe('revoked');
});

test('R0.7: reissue gives a new link, also to the right address', async () => {
  const [row] = await invite(stack(), admin, { emails: ['typo@exmaple.com'] });
  const { code, data, prose } = await invites('reissue', row!.id, '--email', 'typo@example.com');
  expect(code, prose).toBe(0);
  const [id, url = ''] = data.trimEnd().split('\t');
  expect(id).toBe(row!.id);
  expect(await linkState(stack(), tokenOf(url))).toBe('active');
  expect(await linkState(stack(), tokenOf(row!.url))).not.toBe('active');
  await stack().settle();
  expect(stack().mails('typo@example.com')).toHaveLength(1);
  expect((await invites('reissue', row!.id, 'other', '--email', 'x@example.com')).code).toBe(2);
});

test('R0.7: delete removes for good, but not without a word', async () => {
  const [row] = await invite(stack(), admin);
  expect((await invites('delete', row!.id)).code).toBe(2);
  expect(await linkState(stack(), tokenOf(row!.url))).toBe('active');
  expect(await invites('delete', row!.id, '--yes')).toEqual({
    code: 0,
    data: `${row!.id}\tdeleted\n`,
    prose: '',
  });
  expect(await linkState(stack(), tokenOf(row!.url))).not.toBe('active');
  expect((await invites('delete', row!.id, '--yes')).code).toBe(1);
});

test('R0.7: an id that begins with hyphens is an id, and what is told keeps its place', async () => {
  const ids = [`-${'a'.repeat(21)}`, 'nothing', `--${'b'.repeat(20)}`];
  const { code, data } = await invites('revoke', '--json', ...ids);
  expect(code).toBe(1);
  expect(JSON.parse(data).items).toEqual(ids.map((id) => ({ id, error: 'not_found' })));
});
