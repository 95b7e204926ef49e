import { beforeAll, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { callNames } from '../harness/stack/calls.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send, type Sent } from '../harness/http/http.ts';
import { openInvite, register, somebody, type SignedIn } from '../harness/people/people.ts';
import { numberOf, rowsOf } from '../harness/stack/rows.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();
let guest: SignedIn;
beforeAll(async () => {
  const who = { ...somebody(), firstName: '花子', lastName: '山田' };
  guest = await register(stack(), await openInvite(stack(), admin), who);
});

const me = (sent: Sent = {}) => send(stack(), 'GET', '/v1/me', sent);
const lastSeen = async ({ session }: SignedIn) =>
  numberOf(rowsOf(await stack().dumpTables(), 'sessions', 'id', session.id)[0]!, 'lastSeenAt');

test('200 R1.1: says who is signed in, and nothing that others must not know', async () => {
  const { status, json, headers } = await sendEvent<object>(stack(), 'me-read', {
    token: guest.session.token,
  });
  expect(status).toBe(200);
  expect(json).toEqual(guest.user);
  expect(Object.keys(json).toSorted().join(' ')).toBe(
    'createdAt email emailVerified firstName id lastName locale role username',
  );
  expect(headers['cache-control']).toBe('no-store');
});

test('200: costs one call of the store', async () => {
  await me({ token: guest.session.token });
  stack().clearCalls();
  await me({ token: guest.session.token });
  expect(callNames(stack(), 'me-read')).toHaveLength(1);
});

test('200: a cookie is as good as Bearer, and reading needs no origin', async () => {
  const answer = await me({ cookies: { '__Host-session': guest.session.token } });
  expect(answer).toMatchObject({ status: 200, json: { id: guest.user.id } });
});

test.each(['Bearer', 'bearer', 'BEARER'])('200: "%s" names the scheme in any case', async (scheme) => {
  const headers = { authorization: `${scheme} ${guest.session.token}` };
  expect((await me({ headers })).status).toBe(200);
});

test('401 R4.6: without a session, in the language of the asker', async () => {
  const answer = await me({ headers: { 'accept-language': 'ja' } });
  expect(answer).toMatchObject({
    status: 401,
    json: { code: 'unauthenticated', title: 'ログインしていません' },
  });
});

test('401: a token altered in any character is no session', async () => {
  const { token } = guest.session;
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  for (const [position, character] of [...token].entries()) {
    const next = alphabet[(alphabet.indexOf(character) + 1) % 64]!;
    const altered = token.slice(0, position) + next + token.slice(position + 1);
    expect((await me({ token: altered })).status, altered).toBe(401);
  }
});

test('401: the parts of two tokens make no third', async () => {
  const mine = guest.session.token.split('.');
  const theirs = admin.session.token.split('.');
  for (let mask = 1; mask < 7; mask += 1) {
    const token = mine.map((part, index) => ((mask >> index) & 1 ? theirs[index] : part)).join('.');
    expect((await me({ token })).status, token).toBe(401);
  }
});

test('401: the challenge tells a token that is not good from none (RFC 6750, 3)', async () => {
  const challenge = async (sent: Sent) =>
    (await send(stack(), 'GET', '/v1/me', sent)).headers['www-authenticate'];
  for (const sent of [
    {},
    { headers: { authorization: 'Bearer' } },
    { headers: { authorization: 'Basic eDp5' } },
  ])
    expect(await challenge(sent)).toBe('Bearer realm="latchkey"');
  expect(await challenge({ token: 'over' })).toBe('Bearer realm="latchkey", error="invalid_token"');
  // An operation that expects no token does not report a token as wrong.
  const json = { login: guest.user.username, password: 'wrong horse battery', transport: 'token' };
  const { status, headers } = await send(stack(), 'POST', '/v1/sessions', { json, token: 'over' });
  expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer realm="latchkey"']);
});

test('401: Bearer switches the cookie off, whatever is wrong with it', async () => {
  const cookies = { '__Host-session': guest.session.token };
  for (const authorization of ['Bearer bad', 'Bearer', 'Bearer ', 'Basic eDp5', '', guest.session.token]) {
    expect((await me({ cookies, headers: { authorization } })).status, authorization).toBe(401);
  }
  expect((await me({ cookies: { '__Host-session': 'bad' }, token: guest.session.token })).status).toBe(200);
});

test('401: a session token in the query, in another cookie or header is no session', async () => {
  const { token } = guest.session;
  expect((await send(stack(), 'GET', `/v1/me?token=${token}&access_token=${token}`)).status).toBe(401);
  for (const name of ['session', 'Host-session', '__host-session', '__Host-device', '__Host-invite']) {
    expect((await me({ cookies: { [name]: token } })).status, name).toBe(401);
  }
  expect((await me({ headers: { 'x-session': token, cookie2: token } })).status).toBe(401);
});

test('200 R4.5: use keeps a session alive, by at most one write an hour', async () => {
  const signedIn = await register(stack(), await openInvite(stack(), admin));
  const { token } = signedIn.session;
  const before = await lastSeen(signedIn);
  stack().clock.offsetSeconds = 30 * 60;
  await me({ token });
  expect(await lastSeen(signedIn)).toBe(before);
  stack().clock.offsetSeconds = 61 * 60;
  await me({ token });
  expect(await lastSeen(signedIn)).toBeGreaterThanOrEqual(before + 61 * 60_000);

  for (const day of [364, 728]) {
    stack().clock.offsetSeconds = day * daySeconds;
    expect((await me({ token })).status, `day ${day}`).toBe(200);
  }
});

test('401 R4.5 C35: a session past its end is refused while its row is still there', async () => {
  const signedIn = await register(stack(), await openInvite(stack(), admin));
  stack().clock.offsetSeconds = 366 * daySeconds;
  expect((await me({ token: signedIn.session.token })).status).toBe(401);
  expect(await lastSeen(signedIn)).toBeGreaterThan(0);
});

test('503: says that the store is down rather than that nobody is signed in', async () => {
  stack().faults([{ kind: 'error', times: 99 }]);
  const answer = await me({ token: guest.session.token });
  expect(answer).toMatchObject({ status: 503, json: { code: 'store_unavailable' } });
  expect(answer.headers['retry-after']).toBe('1');
});
