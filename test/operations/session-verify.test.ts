import { describe, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send, type Sent } from '../harness/http/http.ts';
import { openInvite, password, register, type SignedIn } from '../harness/people/people.ts';
import { numberOf, rowsOf } from '../harness/stack/rows.ts';
import { useStack } from '../harness/stack/stack.ts';
import { daySeconds, enterWindow } from '../harness/stack/time.ts';

type Verdict = { valid: boolean; user?: SignedIn['user']; redirect?: string };

const { stack, admin } = useAdmin();
const limited = useStack('limited');

const guest = async () => register(stack(), await openInvite(stack(), admin));
const verify = async (sent: Sent) =>
  (await send<Verdict>(stack(), 'POST', '/v1/sessions/verify', { json: {}, ...sent })).json;
const rowOf = async ({ session }: SignedIn) =>
  rowsOf(await stack().dumpTables(), 'sessions', 'id', session.id)[0]!;

const gone: Verdict = { valid: false, redirect: '/login' };

test('200 R3.5 R3.7: says who the session belongs to, and records its use', async () => {
  const signedIn = await guest();
  const before = await rowOf(signedIn);
  stack().clock.offsetSeconds = 60;
  const { status, json } = await sendEvent<Verdict>(stack(), 'session-verify', {
    token: signedIn.session.token,
  });
  expect(status).toBe(200);
  expect(json).toEqual({ valid: true, user: signedIn.user });
  const after = await rowOf(signedIn);
  for (const time of ['lastSeenAt', 'idleExpiresAt']) {
    expect(numberOf(after, time) - numberOf(before, time), time).toBeGreaterThanOrEqual(60_000);
  }
  expect(numberOf(after, 'absoluteExpiresAt')).toBe(numberOf(before, 'absoluteExpiresAt'));
});

test('200 R3.5 R3.6: without a session, says so and where to go', async () => {
  expect(await verify({})).toEqual(gone);
  const { status, json } = await send<Verdict>(stack(), 'POST', '/v1/sessions/verify');
  expect({ status, json }).toEqual({ status: 200, json: gone });
});

test('200 R3.5 C31: forged, altered and foreign tokens are no session, and change nothing', async () => {
  const [one, other] = [await guest(), await guest()];
  const [userId, sessionId, secret] = one.session.token.split('.') as [string, string, string];
  const [otherUser, otherSession, otherSecret] = other.session.token.split('.') as [string, string, string];
  const invite = await openInvite(stack(), admin);
  const tables = await stack().dumpTables();
  const forged = [
    'x',
    '..',
    invite,
    `${userId}.${sessionId}.${otherSecret}`,
    `${userId}.${otherSession}.${secret}`,
    `${otherUser}.${sessionId}.${secret}`,
    `${userId}.${sessionId}.${secret}.`,
    `${userId}.${sessionId}.${secret}=`,
    `${userId}.${sessionId}`,
  ];
  for (const token of forged) expect(await verify({ token }), token).toEqual(gone);
  const origin = { origin: stack().app };
  for (const token of forged) {
    expect(await verify({ cookies: { '__Host-session': token }, headers: origin }), token).toEqual(gone);
  }
  expect(await stack().dumpTables()).toEqual(tables);
});

test('200 C31: what has not the form of a token is no session, and nobody looks for it in the store', async () => {
  const [userId, sessionId, secret] = (await guest()).session.token.split('.') as [string, string, string];
  const unlike = [
    [userId.slice(1), sessionId, secret],
    [userId, sessionId.slice(1), secret],
    [userId, sessionId, secret.slice(1)],
    [userId, sessionId, secret, secret],
  ].map((parts) => parts.join('.'));
  for (const token of unlike) {
    stack().clearCalls();
    expect(await verify({ token }), token).toEqual(gone);
    const reads = stack()
      .calls()
      .filter(({ action }) => action === 'BatchGetItem');
    expect(reads, token).toEqual([]);
  }
});

test('200 R4.5: a session that was ended is no session', async () => {
  const { session } = await guest();
  await send(stack(), 'DELETE', '/v1/sessions/current', { token: session.token });
  expect(await verify({ token: session.token })).toEqual(gone);
});

test('200 R4.5 R4.11: a cookie session is good with our origin, and its next cookie is kept for another year', async () => {
  const headers = { origin: stack().app };
  const { user } = await guest();
  const json = { login: user.username, password };
  const { cookies } = await send(stack(), 'POST', '/v1/sessions', { json, headers });
  const value = cookies['__Host-session']!.value;
  stack().clock.offsetSeconds = 100 * daySeconds;
  const answer = await send<Verdict>(stack(), 'POST', '/v1/sessions/verify', {
    json: {},
    cookies: { '__Host-session': value },
    headers,
  });
  expect(answer.json).toEqual({ valid: true, user });
  const next = answer.cookies['__Host-session']!.value;
  expect(next.split('.').slice(0, 2)).toEqual(value.split('.').slice(0, 2));
  expect(next).not.toBe(value);
  expect(answer.cookies['__Host-session']!.attributes).toMatch(/^Max-Age=31536000; .*HttpOnly/);
});

test.each([
  ['another origin', { origin: 'https://evil.example' }],
  ['null', { origin: 'null' }],
  ['no origin', {}],
])('403 C37: with a cookie, a request from %s is refused and records nothing', async (_, headers) => {
  const signedIn = await guest();
  const before = await rowOf(signedIn);
  stack().clock.offsetSeconds = 7_200;
  const answer = await send(stack(), 'POST', '/v1/sessions/verify', {
    json: {},
    cookies: { '__Host-session': signedIn.session.token },
    headers: { ...headers },
  });
  expect(answer).toMatchObject({ status: 403, json: { code: 'cross_site' } });
  expect(await rowOf(signedIn)).toEqual(before);
});

test('200: Bearer switches the cookie off', async () => {
  const { session } = await guest();
  const cookies = { '__Host-session': session.token };
  expect(await verify({ token: 'bad', cookies })).toEqual(gone);
  expect(await verify({ headers: { authorization: 'Basic eDp5' }, cookies })).toEqual(gone);
  expect(await verify({ token: session.token, cookies: { '__Host-session': 'bad' } })).toMatchObject({
    valid: true,
  });
});

describe('the life of a session', () => {
  test('200 R4.5 C35: a year without use ends it, while its row is still there', async () => {
    const signedIn = await guest();
    const { token } = signedIn.session;
    stack().clock.offsetSeconds = 365 * daySeconds + 60;
    expect(await verify({ token })).toEqual(gone);
    expect(await rowOf(signedIn)).toBeDefined();
    stack().clock.offsetSeconds = 365 * daySeconds - 60;
    expect(await verify({ token })).toMatchObject({ valid: true });
  });

  test('200 R4.5: use extends it by a year', async () => {
    const { token } = (await guest()).session;
    for (const day of [364, 2 * 364]) {
      stack().clock.offsetSeconds = day * daySeconds;
      expect(await verify({ token }), `day ${day}`).toMatchObject({ valid: true });
    }
    stack().clock.offsetSeconds = (2 * 364 + 366) * daySeconds;
    expect(await verify({ token })).toEqual(gone);
  });

  test('200 R4.5 C35: it ends after three years however much it is used, while its row is still there', async () => {
    const signedIn = await guest();
    const { token } = signedIn.session;
    for (const day of [300, 600, 900, 1_094]) {
      stack().clock.offsetSeconds = day * daySeconds;
      expect(await verify({ token }), `day ${day}`).toMatchObject({ valid: true });
    }
    stack().clock.offsetSeconds = 1_095 * daySeconds + 60;
    expect(await verify({ token })).toEqual(gone);
    expect(await rowOf(signedIn)).toBeDefined();
  });

  test('200 R4.5 C35: nor does a use bring it back that was under way when it ended', async () => {
    const signedIn = await guest();
    const { token } = signedIn.session;
    const before = await rowOf(signedIn);
    stack().clock.offsetSeconds = 365 * daySeconds - 60;
    stack().hold(({ action, tables }) => {
      if (action === 'BatchGetItem' && tables.includes('sessions'))
        stack().clock.offsetSeconds = 365 * daySeconds + 60;
      return Promise.resolve(undefined);
    });
    expect(await verify({ token })).toMatchObject({ valid: true });
    stack().hold(undefined);
    expect(await rowOf(signedIn)).toEqual(before);
    expect(await verify({ token })).toEqual(gone);
  });

  test('200 R4.5: using it once it has ended does not bring it back', async () => {
    const { token } = (await guest()).session;
    stack().clock.offsetSeconds = 366 * daySeconds;
    expect(await verify({ token })).toEqual(gone);
    expect((await send(stack(), 'GET', '/v1/me', { token })).status).toBe(401);
  });
});

test('429 R3.7: sixty checks a minute and address', async () => {
  enterWindow(limited());
  const check = (from: string) => send<Verdict>(limited(), 'POST', '/v1/sessions/verify', { json: {}, from });
  for (let turn = 0; turn < 60; turn += 1) expect((await check('127.0.0.2')).status).toBe(200);
  const refused = await check('127.0.0.2');
  expect(refused.status).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await check('127.0.0.3')).status).toBe(200);
  enterWindow(limited());
  expect((await check('127.0.0.2')).status).toBe(200);
});

test('429 R3.7: how many is what the deployment is set to', async () => {
  limited().deploy({ sessionChecksPerMinute: 2 });
  enterWindow(limited());
  const check = () =>
    send<Verdict>(limited(), 'POST', '/v1/sessions/verify', { json: {}, from: '127.0.0.4' });
  expect([(await check()).status, (await check()).status, (await check()).status]).toEqual([200, 200, 429]);
});

test('503 C27: fails closed while the counters or the sessions cannot be read', async () => {
  limited().faults([{ kind: 'error', table: 'counters', times: 99 }]);
  expect((await send(limited(), 'POST', '/v1/sessions/verify', { json: {} })).status).toBe(503);
  const { session } = await guest();
  stack().faults([{ kind: 'error', table: 'sessions', times: 99 }]);
  const answer = await send(stack(), 'POST', '/v1/sessions/verify', { json: {}, token: session.token });
  expect(answer).toMatchObject({ status: 503, json: { code: 'store_unavailable' } });
});
