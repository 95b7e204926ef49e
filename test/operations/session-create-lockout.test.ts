import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { callsOf } from '../harness/stack/calls.ts';
import { newDevice, prove, type TestDevice } from '../harness/people/devices.ts';
import { send, type Sent } from '../harness/http/http.ts';
import { gather } from '../harness/stack/meanwhile.ts';
import { openInvite, password, register, somebody } from '../harness/people/people.ts';
import { numberOf, rowsOf, textOf } from '../harness/stack/rows.ts';

const { stack, admin } = useAdmin();

const guest = async () => (await register(stack(), await openInvite(stack(), admin), somebody())).user;
const signIn = (login: string, secret: string, sent: Sent = {}) =>
  send(stack(), 'POST', '/v1/sessions', {
    json: { login, password: secret, transport: 'token', ...(sent.json as object) },
    ...(sent.headers && { headers: sent.headers }),
    ...(sent.cookies && { cookies: sent.cookies }),
  });
async function lock(login: string): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) expect((await signIn(login, 'wrong')).status).toBe(401);
}
/** When the last failure of an account was. Milliseconds. */
const failedAt = async (userId: string) =>
  numberOf(rowsOf(await stack().dumpTables(), 'counters', 'pk', `lock#${userId}#0`)[0]!, 'failedAt');

test('429 R2.8 C24 C28: five failures lock for 600 seconds, for the right password and the address too', async () => {
  const { id, username, email } = await guest();
  stack().clock.standAt(stack().clock.now());
  await lock(username);
  const answer = await signIn(username, password, { headers: { 'accept-language': 'ja' } });
  expect(answer).toMatchObject({ status: 429, json: { code: 'locked' } });
  expect(answer.headers['retry-after']).toBe('600');
  expect(answer.json.detail).toContain('5回');
  expect((await signIn(email!, password)).status).toBe(401);
  const end = (await failedAt(id)) + 600_000;
  stack().clock.standAt(end - 1);
  expect((await signIn(username, password)).status, 'a millisecond before').toBe(429);
  stack().clock.standAt(end);
  expect((await signIn(username, password)).status, 'at 600 s').toBe(201);
});

test('429 R2.8: how many failures lock, and for how long, is what the deployment is set to', async () => {
  stack().deploy({ lockFailures: 3, lockMinutes: 20 });
  const { id, username } = await guest();
  stack().clock.standAt(stack().clock.now());
  for (let turn = 0; turn < 3; turn += 1) expect((await signIn(username, 'wrong')).status).toBe(401);
  const { status, headers, json } = await signIn(username, password, {
    headers: { 'accept-language': 'ja' },
  });
  expect({ status, wait: headers['retry-after'] }).toEqual({ status: 429, wait: '1200' });
  expect(json.detail).toContain('3回');
  stack().clock.standAt((await failedAt(id)) + 1_200_000);
  expect((await signIn(username, password)).status).toBe(201);
});

test.each([
  ['en', 'Come back in 10 minutes'],
  ['ja', '10 分後にやり直すか'],
  ['zh', '请在10分钟后重试'],
])('429 C76: how long a lock lasts is told in plain words, in %s', async (language, says) => {
  const { username } = await guest();
  await lock(username);
  const { json } = await signIn(username, password, { headers: { 'accept-language': language } });
  expect(json.detail).toContain(says);
});

test('C104: the lock of a username does not tell whose address it is', { tags: 'engine' }, async () => {
  const { username, email } = await guest();
  await lock(username);
  const seen = async (login: string, secrets: readonly string[]) => {
    const answers = [];
    for (const secret of secrets) {
      stack().clearCalls();
      const { status, json, headers } = await signIn(login, secret);
      const minutes = Math.round(Number(headers['retry-after'] ?? 0) / 60);
      // The work too: what is not checked is hashed all the same.
      const macs = callsOf(stack(), 'session-create').filter(({ service }) => service === 'kms').length;
      answers.push({ status, title: json.title, minutes, macs });
    }
    return answers;
  };
  // The right password is among them. It is not checked, because the account is locked.
  const theirs = await seen(email!, ['wrong', password, 'wrong', 'wrong', 'wrong', 'wrong']);
  expect(theirs.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429]);
  expect(theirs.map(({ macs }) => macs)).toEqual([2, 2, 2, 2, 2, 1]);
  const nobodys = await seen(
    'nobody-of-that-address@example.com',
    Array.from({ length: 6 }, () => 'wrong'),
  );
  expect(theirs).toEqual(nobodys);
});

test('C104 R2.8: a right password forgives what was wrong under any name of its account', async () => {
  const { username, email } = await guest();
  for (let turn = 0; turn < 4; turn += 1) expect((await signIn(username, 'wrong')).status).toBe(401);
  expect((await signIn(email!, password)).status).toBe(201);
  await lock(username);
  expect((await signIn(username, password)).status).toBe(429);
});

test('R2.8: only consecutive failures lock: the right password forgives those before', async () => {
  const { username } = await guest();
  for (let round = 0; round < 3; round += 1) {
    for (let turn = 0; turn < 4; turn += 1) expect((await signIn(username, 'wrong')).status).toBe(401);
    expect((await signIn(username, password)).status).toBe(201);
  }
});

test('429 C24: of 100 parallel wrong passwords at most 5 are looked at', { tags: 'engine' }, async () => {
  const { username } = await guest();
  stack().clearCalls();
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, turn) => signIn(username, `wrong${turn}`)),
  );
  const hashes = callsOf(stack(), 'session-create').filter(({ action }) => action === 'GenerateMac');
  // Each try names the login by an HMAC. Only the five checked passwords need the pepper.
  expect(hashes.length).toBe(100 + 5);
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(answers.filter(({ json }) => json.code === 'locked')).toHaveLength(95);
  expect((await signIn(username, password)).status).toBe(429);
});

test(
  '429 C24 C28: of the wrong passwords in the moment when a lock ends, no more than the limit are looked at',
  { tags: 'engine' },
  async () => {
    stack().deploy({ lockFailures: 3 });
    const { id, username } = await guest();
    stack().clock.standAt(stack().clock.now());
    for (let turn = 0; turn < 3; turn += 1) expect((await signIn(username, 'wrong')).status).toBe(401);
    stack().clock.standAt((await failedAt(id)) + 600_000);
    stack().clearCalls();
    // All of them find the failures of before, and want to count anew. Four are as many as the local stack serves at a time.
    gather(stack(), { function: 'session-create', action: 'UpdateItem', table: 'counters' }, 4);
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, turn) => signIn(username, `wrong${turn}`)),
    );
    const hashes = callsOf(stack(), 'session-create').filter(({ action }) => action === 'GenerateMac');
    expect(answers.map(({ status }) => status).toSorted()).toEqual([401, 401, 401, 429]);
    expect(hashes.length).toBe(4 + 3);
  },
);

test(
  'C24: parallel right passwords are no failures: some wait a second, none is locked out',
  { tags: 'engine' },
  async () => {
    const { username } = await guest();
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(username, password)));
    const waiting = answers.filter(({ status }) => status !== 201);
    expect(waiting.length).toBeLessThanOrEqual(15);
    for (const { status, headers } of waiting)
      expect({ status, wait: headers['retry-after'] }).toEqual({ status: 429, wait: '1' });
    expect((await signIn(username, password)).status).toBe(201);
  },
);

test('429 C26: a name that nobody has is locked like one that somebody has', async () => {
  const known = (await guest()).username;
  const locked = async (login: string) => {
    await lock(login);
    stack().clearCalls();
    const { status, json } = await signIn(login, 'wrong');
    const calls = callsOf(stack(), 'session-create').map(({ action }) => action);
    const { title, detail } = json;
    return { status, title, detail: detail.replace(/\d{3}/, 'n'), calls };
  };
  expect(await locked('nobody-at-all')).toEqual(await locked(known));
});

test('C25: who keeps an account locked does not keep its owner out, whose device is known by its cookie', async () => {
  const { username } = await guest();
  const headers = { origin: stack().app };
  const json = { transport: 'cookie' };
  const before = await signIn(username, password, { json, headers });
  const cookies = { '__Host-device': before.cookies['__Host-device']!.value };
  await lock(username);
  expect((await signIn(username, password)).status).toBe(429);
  expect((await signIn(username, password, { json, headers, cookies })).status).toBe(201);
  const invented = { '__Host-device': 'A'.repeat(43) };
  expect((await signIn(username, password, { json, headers, cookies: invented })).status).toBe(429);

  for (let turn = 0; turn < 5; turn += 1)
    expect((await signIn(username, 'wrong', { cookies })).status, 'its own five tries').toBe(401);
  expect((await signIn(username, password, { cookies })).status).toBe(429);
});

test('C25: a device of one account is unknown to another', async () => {
  const [one, other] = [await guest(), await guest()];
  const answer = await signIn(one.username, password, {
    json: { transport: 'cookie' },
    headers: { origin: stack().app },
  });
  await lock(other.username);
  const cookies = { '__Host-device': answer.cookies['__Host-device']!.value };
  expect((await signIn(other.username, password, { cookies })).status).toBe(429);
});

test('C25: a device key makes a device known as well, but only with its proof', async () => {
  const { username } = await guest();
  const device = await newDevice();
  const { deviceKey } = device;
  expect((await signIn(username, password, { json: { deviceKey } })).status).toBe(201);
  await lock(username);
  const prover = (of: TestDevice) => prove(stack(), of, { method: 'POST', path: '/v1/sessions' });
  expect((await signIn(username, password, { json: { deviceKey } })).status, 'no proof').toBe(429);
  const foreign = { dpop: await prover(await newDevice()) };
  expect((await signIn(username, password, { json: { deviceKey }, headers: foreign })).status).toBe(429);
  const own = { dpop: await prover(device) };
  expect((await signIn(username, password, { json: { deviceKey }, headers: own })).status).toBe(201);
});

test('503 C27: while the counters cannot be written nobody gets in, and no password is looked at', async () => {
  const { username } = await guest();
  for (const kind of ['error', 'throttle'] as const) {
    stack().clearCalls();
    stack().faults([{ kind, table: 'counters', times: 99 }]);
    expect(await signIn(username, password)).toMatchObject({
      status: 503,
      json: { code: 'store_unavailable' },
    });
    // One HMAC names the login. No password is peppered.
    expect(callsOf(stack(), 'session-create').filter(({ service }) => service === 'kms')).toHaveLength(1);
  }
  stack().faults([]);
  expect((await signIn(username, password)).status).toBe(201);
});

test(
  'C63 C24: a lost answer counts once; what came to no decision is no failure',
  { tags: 'engine' },
  async () => {
    const { username } = await guest();
    stack().faults([{ kind: 'error', service: 'kms', times: 99 }]);
    for (let turn = 0; turn < 6; turn += 1) expect((await signIn(username, 'wrong')).status).toBe(503);
    // The first two calls take a try from the name and from the account.
    for (const nth of [3, 4]) {
      stack().faults([{ kind: 'lost', table: 'counters', nth }]);
      for (let turn = 0; turn < 4; turn += 1) expect((await signIn(username, 'wrong')).status).toBe(401);
      expect((await signIn(username, password)).status).toBe(201);
    }
  },
);

test('C24: a try that was given up with its function comes back', async () => {
  const { username } = await guest();
  for (let turn = 0; turn < 3; turn += 1) {
    stack().faults([{ kind: 'crash', table: 'counters', action: 'UpdateItem' }]);
    expect((await signIn(username, password)).status).toBe(500);
  }
  for (let turn = 0; turn < 2; turn += 1) await signIn(username, 'wrong');
  expect(await signIn(username, password)).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
  stack().clock.offsetSeconds += 31;
  expect((await signIn(username, password)).status).toBe(201);
});

test('R4.9 C54: a failed sign-in is audited with an HMAC of what was typed, the same for the same name', async () => {
  const typed = 'Typed.In.Error@example.com';
  const trail = async () => (await stack().dumpTables())['audit'] ?? [];
  const before = new Set((await trail()).map((row) => textOf(row, 'sk')));
  for (const login of [typed, typed.toUpperCase(), 'someone else']) await signIn(login, 'wrong');
  const written = (await trail()).filter((row) => !before.has(textOf(row, 'sk')));
  const counts = Map.groupBy(written, (row) => textOf(row, 'login'));
  expect([...counts.values()].map((same) => same.length).toSorted()).toEqual([1, 2]);
  expect(JSON.stringify(await stack().dumpTables()).toLowerCase()).not.toContain('typed.in.error');
});
