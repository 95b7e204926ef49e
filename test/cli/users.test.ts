import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readCsv } from '#shared/table/read-csv.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { newDevice } from '../harness/people/devices.ts';
import { isSignedIn } from '../harness/people/guests.ts';
import { signIn } from '../harness/people/accounts.ts';
import { invite, openInvite, register, somebody, tokenOf, type SignedIn } from '../harness/people/people.ts';
import { folder, csvFile, latchkey, signedInTo } from './latchkey.ts';

const { stack, admin } = useAdmin();
let user: SignedIn;
beforeAll(async () => {
  user = await register(stack(), await openInvite(stack(), admin), somebody('hanako'));
});

const run = (...args: string[]) => latchkey(args, { env: signedInTo(stack(), admin) });

test('R4.1: users list finds people by address or name, as a table or as JSON', async () => {
  const { code, data } = await run('users', 'list', '--email', 'hana');
  expect(code).toBe(0);
  const { id, username, email } = user.user;
  expect(data).toMatch(new RegExp(`^${id}\tactive\tgeneral\t\\S+\t${username}\t${email}\tno\n$`));
  const { data: json } = await run('users', 'list', '--limit', '1', '--json');
  expect(JSON.parse(json)).toMatchObject({ items: [{ id }], more: true });
});

test('C34 C67: users update changes several things at once; one id that is refused does not stop the others', async () => {
  const { id, username } = user.user;
  const changed = await run('users', 'update', 'nobody', id, '--role', 'admin', '--disable', '--verify');
  expect(changed.code).toBe(1);
  expect(changed.prose).toMatch(/^nobody: /);
  expect(changed.data).toBe(`${id}\t${username}\tdisabled\tadmin\n`);
  expect(await isSignedIn(stack(), user.session.token)).toBe(false);
  const back = await run('users', 'update', id, '--role', 'general', '--enable', '--invites', '3', '--json');
  expect(JSON.parse(back.data).items).toMatchObject([
    { id, role: 'general', disabled: false, emailVerified: true, limits: { invites: 3 } },
  ]);
  const last = await run('users', 'update', admin.user.id, '--disable');
  expect({ code: last.code, data: last.data }).toEqual({ code: 1, data: '' });
  expect(last.prose).toContain('last administrator');
});

test('R3.8: users update unlocks, unbinds and grants limits, and users show has them', async () => {
  const device = await newDevice();
  const [bound] = await invite(stack(), admin, { count: 1, kind: 'device' });
  const { deviceKey } = device;
  const { user } = await register(stack(), tokenOf(bound!.url), { ...somebody('taro'), deviceKey });
  const shown = async () => JSON.parse((await run('users', 'show', user.id, '--json')).data);
  expect(await shown()).toMatchObject({ deviceBound: true, quota: { requests: { limit: 30 } } });
  for (let turn = 0; turn < 5; turn += 1) await signIn(stack(), user.username, 'wrong password');
  expect((await signIn(stack(), user.username)).status).toBe(429);

  const all = ['--unlock', '--unbind', '--requests', '7', '--questions', '0'];
  expect((await run('users', 'update', user.id, ...all)).code).toBe(0);
  expect((await signIn(stack(), user.username)).status).toBe(201);
  expect(await shown()).toMatchObject({ deviceBound: false, limits: { requests: 7, questions: 0 } });
  expect((await run('users', 'show', user.id)).data).toContain('requests\t0 of 7\n');
  await run('users', 'update', user.id, '--requests', 'default');
  expect(await shown()).toMatchObject({ limits: { requests: null, questions: 0 } });
  expect((await run('users', 'show', 'nobody')).code).toBe(1);
});

test('C62: suppressions lift wants a reason, and lets mail go out again', async () => {
  const email = 'bounce+cli@simulator.amazonses.com';
  await invite(stack(), admin, { emails: [email] });
  await stack().settle();
  const applied = await run('apply', csvFile(`email\n${email}\n`));
  expect(applied).toMatchObject({ code: 1, prose: expect.stringContaining('--new-run invites those') });
  expect((await run('suppressions', 'lift', email)).code).toBe(2);
  const { code, data } = await run('suppressions', 'lift', email, '--reason', 'Has room again');
  expect({ code, data }).toMatchObject({
    code: 0,
    data: expect.stringMatching(`^${email.replace('+', '.')}\tbounced\t`),
  });
  expect((await run('audit', '--action', 'suppression.lift')).data).toContain('\tHas room again\t');
  const again = await run('suppressions', 'lift', email, '--reason', 'Once more', '--json');
  expect({ code: again.code, ...JSON.parse(again.data) }).toMatchObject({
    code: 1,
    error: { code: 'not_found', status: 404, exit: 1, mayBeDone: false },
  });
});

test.each([[[]], [['--disable', '--enable']], [['--role', 'owner']], [['--invites', '-1']]])(
  'usage: users update with %j changes nothing',
  async (args) => {
    expect((await run('users', 'update', user.user.id, ...args)).code).toBe(2);
  },
);

test('R4.9: audit shows who did what, and writes it to a file', async () => {
  await signIn(stack(), user.user.username, 'wrong password');
  const { id } = user.user;
  const { data } = await run('audit', '--subject', id, '--outcome', 'refused');
  expect(data).toMatch(
    new RegExp(
      `^\\S+Z\tsession.create\trefused\t-\t${id}\t\\S+\t\\S+\t-\t-\t-\t-\t${user.user.username}\t-\n$`,
    ),
  );

  const file = join(folder(), 'audit.csv');
  const written = await run('audit', '--subject', id, '--limit', 'all', '--csv', file);
  const { records } = readCsv(readFileSync(file, 'utf8'));
  expect(written).toMatchObject({ code: 0, data: `${file}\t${records.length - 1}\n` });
  expect(records[0]!.fields.join()).toBe(
    'at,action,outcome,actorId,subjectId,address,login,service,call,reason,actorName,subjectName,app',
  );
  expect(records.map(({ fields }) => fields[1])).toContain('user.disable');
  expect((await run('audit', '--csv', join(file, 'none'))).code).toBe(2);
  expect((await run('audit', '--day', 'never')).code).toBe(1);
});
