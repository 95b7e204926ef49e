import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { callsOf } from '../harness/stack/calls.ts';
import { readEvent } from '../harness/stack/events.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { send } from '../harness/http/http.ts';
import { gather } from '../harness/stack/meanwhile.ts';
import { openInvite, password, register, somebody } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { numberOf, rowsOf, textOf } from '../harness/stack/rows.ts';

const { stack, admin } = useAdmin();

const signIn = (login: string, secret = password) =>
  send<SignedIn>(stack(), 'POST', '/v1/sessions', { json: { login, password: secret, transport: 'token' } });

/** How a user's password is stored. */
async function kept({ user }: SignedIn) {
  const [row] = rowsOf(await stack().dumpTables(), 'credentials', 'userId', user.id);
  return { row: row!, hash: textOf(row!, 'hash'), made: `${textOf(row!, 'algorithm')} ${costOf(row!)}` };
}
const costOf = (row: Record<string, unknown>) =>
  ['cost', 'memory', 'passes', 'lanes']
    .filter((name) => name in row)
    .map((name) => numberOf(row, name))
    .join();

/** The status of each write over a stored hash since the calls were cleared. */
const renewals = () =>
  callsOf(stack(), 'session-create')
    .filter(({ action, resources }) => action === 'PutItem' && resources.join().includes('table/credentials'))
    .map(({ status }) => status);

const argon2id = 'argon2id 19456,2,1';
const guest = async (who: object = {}) =>
  register(stack(), await openInvite(stack(), admin), { ...somebody(), ...who });

test('201 R4.4: a hash that cost less than hashes do now is renewed at the next sign-in, and once', async () => {
  const who = await guest();
  const before = await kept(who);
  expect(before.made).toBe('bcrypt 4');
  stack().deploy({ bcryptCost: 5 });
  expect((await signIn(who.user.username)).status).toBe(201);
  const after = await kept(who);
  expect(after.made).toBe('bcrypt 5');
  expect(after.hash).toMatch(/^\$2b\$05\$.{53}$/);
  expect(numberOf(after.row, 'updatedAt')).toBeGreaterThan(numberOf(before.row, 'updatedAt'));
  expect((await signIn(who.user.username)).status).toBe(201);
  expect((await signIn(who.user.username, 'wrong password')).status).toBe(401);
  expect(await kept(who)).toEqual(after);
});

test('201 R4.4: a hash that cost more than hashes do now stays', async () => {
  stack().deploy({ bcryptCost: 5 });
  const who = await guest();
  const before = await kept(who);
  stack().deploy({});
  expect((await signIn(who.user.username)).status).toBe(201);
  expect(await kept(who)).toEqual(before);
});

test('401 R4.4: a wrong password renews nothing', async () => {
  const who = await guest();
  const before = await kept(who);
  stack().deploy({ bcryptCost: 5, passwordHash: 'argon2id' });
  expect((await signIn(who.user.username, 'wrong password')).status).toBe(401);
  expect(await kept(who)).toEqual(before);
});

test('201 R4.4: the sample event of signing in, under argon2id: hashes follow there and back', async () => {
  const { body } = readEvent('session-create') as { body: string };
  const { login, password: secret } = JSON.parse(body) as { login: string; password: string };
  const who = await guest({ email: login, password: secret });
  for (const [passwordHash, made] of [
    ['argon2id', argon2id],
    ['bcrypt', 'bcrypt 4'],
  ] as const) {
    stack().deploy({ passwordHash });
    const { status, json } = await signIn(login, secret);
    expect({ status, id: json.user.id }).toEqual({ status: 201, id: who.user.id });
    const now = await kept(who);
    expect(now.made).toBe(made);
    // No parameters of the other algorithm are left over.
    expect('salt' in now.row).toBe(passwordHash === 'argon2id');
    expect((await signIn(login, secret)).status).toBe(201);
    expect((await signIn(login, `${secret}x`)).status).toBe(401);
    expect((await kept(who)).hash).toBe(now.hash);
  }
});

test('201 R4.4: argon2id from registration on, with a salt of its own for everybody', async () => {
  stack().deploy({ passwordHash: 'argon2id' });
  const [one, other] = [await guest(), await guest()];
  const rows = [await kept(one), await kept(other)];
  expect(rows.map(({ made }) => made)).toEqual([argon2id, argon2id]);
  for (const { row, hash } of rows) {
    expect(hash).toMatch(/^[\w-]{43}$/);
    expect(textOf(row, 'salt')).toMatch(/^[\w-]{22}$/);
    expect(textOf(row, 'pepperKey')).toMatch(/^arn:aws:kms:/);
  }
  expect(new Set(rows.map(({ hash }) => hash)).size).toBe(2);
  expect(new Set(rows.map(({ row }) => textOf(row, 'salt'))).size).toBe(2);

  stack().clearCalls();
  expect((await signIn(one.user.username)).status).toBe(201);
  expect((await signIn(one.user.email!, 'wrong password')).status).toBe(401);
  expect((await signIn('nobody')).status).toBe(401);
  // Each sign-in uses one HMAC for the password, with or without an account (C26), and one to name the login.
  expect(callsOf(stack(), 'session-create').filter(({ service }) => service === 'kms')).toHaveLength(6);
  expect(renewals()).toEqual([]);
});

test(
  '201 R4.4: of two sign-ins at once one renews the hash, and both come in',
  { tags: 'engine' },
  async () => {
    const who = await guest();
    stack().deploy({ passwordHash: 'argon2id' });
    stack().clearCalls();
    gather(stack(), { function: 'session-create', action: 'PutItem', table: 'credentials' }, 2);
    const answers = await Promise.all([signIn(who.user.username), signIn(who.user.email!)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    const [first, ...others] = renewals().toSorted();
    expect([first, ...new Set(others)]).toEqual([200, 400]);
    expect((await kept(who)).made).toBe(argon2id);
    expect((await signIn(who.user.username)).status).toBe(201);
  },
);

test.each(['error', 'lost', 'throttle'] as const)(
  '201 R4.4: a renewal whose write meets "%s" loses neither the sign-in nor the password',
  async (kind) => {
    const who = await guest();
    const before = await kept(who);
    stack().deploy({ bcryptCost: 5 });
    stack().faults([{ kind, action: 'PutItem', table: 'credentials', times: 99 }]);
    const lines = stack().logs().length;
    expect((await signIn(who.user.username)).status).toBe(201);
    const log = stack()
      .logs()
      .slice(lines)
      .map(({ text }) => text)
      .join('');
    expect(log).toContain('hash.not_renewed');
    expect(log).not.toContain(before.hash);
    expect((await kept(who)).made).toBe(kind === 'lost' ? 'bcrypt 5' : 'bcrypt 4');
    stack().faults([]);
    expect((await signIn(who.user.username)).status).toBe(201);
    expect((await kept(who)).made).toBe('bcrypt 5');
  },
);

test('R8.3: a password holds in another region, where a replica of its key is', async () => {
  const who = await guest();
  const { config, documents } = insiderOf(stack());
  const pepperKey = config.key('pepper').replace(config.key('pepper').split(':')[3]!, 'ap-northeast-3');
  const store = (key: string) =>
    documents.send(
      new UpdateCommand({
        TableName: config.table('credentials'),
        Key: { userId: who.user.id },
        UpdateExpression: 'SET pepperKey = :key',
        ExpressionAttributeValues: { ':key': key },
      }),
    );
  await store(pepperKey);
  expect((await signIn(who.user.username)).status).toBe(201);
  expect((await signIn(who.user.username, 'wrong password')).status).toBe(401);
  await store(`${pepperKey}-that-is-gone`);
  expect((await signIn(who.user.username)).status).toBe(503);
});
