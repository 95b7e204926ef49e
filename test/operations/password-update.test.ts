import { beforeAll, expect, test } from 'vitest';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { deedsOf, signIn, subjectsTo, unprovenUser } from '../harness/people/accounts.ts';
import { isSignedIn } from '../harness/people/guests.ts';
import { callsOf } from '../harness/stack/calls.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { asUser, deviceUser, verifiedUser } from '../harness/invites/inviting.ts';
import { signInByCookie } from '../harness/people/browsers.ts';
import { password, somebody, type SignedIn } from '../harness/people/people.ts';
import { enterWindow } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();
let jiro: Awaited<ReturnType<typeof unprovenUser>>;
beforeAll(async () => {
  jiro = await unprovenUser(stack(), admin);
});

const next = 'a new horse battery';
const update = async (who: SignedIn, json: object = {}) =>
  send(stack(), 'PUT', '/v1/me/password', {
    json: { currentPassword: password, password: next, ...json },
    ...(await asUser(stack(), who, 'PUT', '/v1/me/password')),
  });

test('204 R2.6: changes the password, keeps this session, ends the others, tells the owner', async () => {
  const who = { ...somebody(), email: 'hanako@example.com' };
  const hanako = await verifiedUser(stack(), admin, who);
  const other = (await signIn(stack(), who.email)).json;
  const { status, text } = await sendEvent(stack(), 'password-update', { token: hanako.session.token });
  expect({ status, text }).toEqual({ status: 204, text: '' });
  expect(await isSignedIn(stack(), hanako.session.token)).toBe(true);
  expect(await isSignedIn(stack(), other.session.token)).toBe(false);
  expect((await signIn(stack(), who.email)).status).toBe(401);
  const fresh = await signIn(stack(), who.email, next);
  expect(await isSignedIn(stack(), fresh.json.session.token)).toBe(true);
  expect(await subjectsTo(stack(), who.email)).toContain('Your password for Latchkey was changed');
  expect(await deedsOf(stack(), hanako)).toContain('password.update done');
  // The same session can change the password again, because the change raised its epoch together with the user's.
  expect((await update(hanako, { currentPassword: next, password: 'a third horse battery' })).status).toBe(
    204,
  );
  expect(await isSignedIn(stack(), fresh.json.session.token)).toBe(false);
});

test('204 C25 C100: no browser stays known but the one that changes it: a thief may have made others known', async () => {
  const { user } = await unprovenUser(stack(), admin);
  const thief = await signInByCookie(stack(), user.username);
  const owner = await signInByCookie(stack(), user.username);
  const answer = await send(stack(), 'PUT', '/v1/me/password', {
    json: { currentPassword: password, password: next },
    cookies: { '__Host-session': owner.session },
    headers: { origin: stack().app },
  });
  expect(answer.status).toBe(204);
  // A sign-in keeps the browser's device cookie if the account knows that device.
  const cookieAfter = async ({ device }: { device: string }) =>
    (await signInByCookie(stack(), user.username, { device, secret: next })).device;
  expect(await cookieAfter(owner)).toBe(owner.device);
  expect(await cookieAfter(thief)).not.toBe(thief.device);
});

test('204: nobody is told where the mailbox is not proven', async () => {
  const who = await unprovenUser(stack(), admin);
  expect((await update(who)).status).toBe(204);
  expect(await subjectsTo(stack(), who.email)).toEqual([]);
});

test(
  '204: of two changes at once one is made, and its password is the one that counts',
  { tags: 'engine' },
  async () => {
    const who = await unprovenUser(stack(), admin);
    const wishes = ['first horse battery', 'second horse battery'];
    const answers = await Promise.all(wishes.map((wish) => update(who, { password: wish })));
    const done = wishes.filter((_, turn) => answers[turn]!.status === 204);
    expect(done).toHaveLength(1);
    for (const wish of wishes) {
      expect((await signIn(stack(), who.email, wish)).status).toBe(done.includes(wish) ? 201 : 401);
    }
    expect(await isSignedIn(stack(), who.session.token)).toBe(true);
  },
);

test('204: an answer that the store lost is one change', async () => {
  const who = await unprovenUser(stack(), admin);
  stack().faults([{ kind: 'lost', function: 'password-update', action: 'TransactWriteItems' }]);
  expect((await update(who)).status).toBe(204);
  expect((await signIn(stack(), who.email, next)).status).toBe(201);
  expect(await isSignedIn(stack(), who.session.token)).toBe(true);
});

test(
  '204 C63: a change that the store is still at when it is asked again is one change',
  { tags: 'engine' },
  async () => {
    const who = await unprovenUser(stack(), admin);
    const write = { function: 'password-update', action: 'TransactWriteItems' };
    // Of the SDK's three tries the answer to the first is lost. The store answers the other two that the write is in progress.
    stack().faults([
      { ...write, kind: 'lost' },
      { ...write, kind: 'in-progress', nth: 2, times: 2 },
    ]);
    expect((await update(who)).status).toBe(204);
    expect((await signIn(stack(), who.email, next)).status).toBe(201);
    expect((await deedsOf(stack(), who)).filter((deed) => deed === 'password.update done')).toHaveLength(1);
  },
);

test('401: a wrong password changes nothing and is written down', async () => {
  enterWindow(stack(), 600);
  expect(await update(jiro, { currentPassword: 'wrong password' })).toMatchObject({
    status: 401,
    json: { code: 'invalid_credentials' },
  });
  expect((await deedsOf(stack(), jiro)).at(-1)).toBe('password.update refused');
  expect((await signIn(stack(), jiro.email)).status).toBe(201);
});

test(
  '429: five wrong passwords in ten minutes, whatever comes at once, and right ones do not count',
  { tags: 'engine' },
  async () => {
    const who = await unprovenUser(stack(), admin);
    enterWindow(stack(), 600);
    expect((await update(who, { password })).status).toBe(204);
    stack().clearCalls();
    await Promise.all(Array.from({ length: 8 }, () => update(who, { currentPassword: 'wrong password' })));
    expect(callsOf(stack(), 'password-update').filter(({ service }) => service === 'kms')).toHaveLength(5);
    const refused = await update(who);
    expect(refused).toMatchObject({ status: 429, json: { code: 'rate_limited' } });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(1);
    stack().clock.offsetSeconds += 600;
    expect((await update(who)).status).toBe(204);
  },
);

test('422: a weak password is told before the present one is looked at', async () => {
  stack().clearCalls();
  const answer = await update(jiro, { currentPassword: 'wrong password', password: 'short' });
  expect(answer).toMatchObject({ status: 422, json: { code: 'weak_password' } });
  expect(callsOf(stack(), 'password-update').filter(({ service }) => service === 'kms')).toEqual([]);
});

test('422 C22: one’s own name is no password, and the present one stays', async () => {
  const username = 'eveningprimrose';
  const who = await unprovenUser(stack(), admin, { username });
  expect(await update(who, { password: username })).toMatchObject({
    status: 422,
    json: { code: 'weak_password', errors: [{ path: 'password' }] },
  });
  expect((await signIn(stack(), who.email)).status).toBe(201);
});

test('422: an account that is known by its device alone has no password to change', async () => {
  expect(await update(await deviceUser(stack(), admin))).toMatchObject({
    status: 422,
    json: { code: 'invalid', errors: [{ path: 'currentPassword' }] },
  });
});

test.each(['dynamodb', 'kms'] as const)('503 R2.9: while %s is down, nothing changes', async (service) => {
  stack().faults([{ kind: 'error', service, times: 99 }]);
  expect((await update(jiro)).status).toBe(503);
  stack().faults([]);
  expect((await signIn(stack(), jiro.email)).status).toBe(201);
});

test('401: asks for a session', async () => {
  const json = { currentPassword: password, password: next };
  expect((await send(stack(), 'PUT', '/v1/me/password', { json })).status).toBe(401);
});

test(
  '503 C115: a change whose answer the store has lost may hold, and the error says how to see',
  { tags: 'engine' },
  async () => {
    const who = await unprovenUser(stack(), admin);
    stack().faults([{ kind: 'lost', function: 'password-update', action: 'TransactWriteItems', times: 99 }]);
    const lost = await update(who);
    stack().faults([]);
    expect(lost).toMatchObject({
      status: 503,
      json: { code: 'store_unavailable', detail: lostAnswers.password.en },
    });
    expect((await signIn(stack(), who.email, next)).status).toBe(201);
  },
);

test('503 C115: what has not begun has changed nothing, and says so', async () => {
  const who = await unprovenUser(stack(), admin);
  stack().faults([{ kind: 'error', function: 'password-update', service: 'dynamodb', times: 99 }]);
  const refused = await update(who);
  stack().faults([]);
  expect(refused).toMatchObject({
    status: 503,
    json: { detail: expect.stringContaining('Nothing was lost') },
  });
});
