import { beforeAll, expect, test } from 'vitest';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite } from '../harness/invites/invites.ts';
import { deviceUser } from '../harness/invites/inviting.ts';
import { signIn } from '../harness/people/accounts.ts';
import { changeUser, readUser } from '../harness/people/managing.ts';
import {
  firstAdmin,
  invite,
  mailedGuest,
  register,
  secondAdmin,
  tokenOf,
  type SignedIn,
} from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { daySeconds } from '../harness/stack/time.ts';

const stack = useStack('usersInvite');
let admin: SignedIn;
let user: SignedIn;
let inviteId: string;
beforeAll(async () => {
  admin = await firstAdmin(stack());
  const [row] = await invite(stack(), admin);
  inviteId = row!.id;
  user = await register(stack(), tokenOf(row!.url));
});

const sessions = async () => (await readUser(stack(), admin, user.user.id)).json.sessions;

test('200 R1.1: shows all that is known of a user, and no secret', async () => {
  const { status, json } = await sendEvent<object>(stack(), 'admin-user-read', {
    path: `/v1/admin/users/${user.user.id}`,
    token: admin.session.token,
  });
  expect(status).toBe(200);
  const at = expect.stringMatching(/^\d{4}-.*Z$/) as string;
  expect(json).toEqual({
    ...user.user,
    disabled: false,
    deviceBound: false,
    deviceOnly: false,
    limits: { invites: 2, requests: null, questions: null },
    invitesSent: 0,
    inviteId,
    apiRequests: 0,
    lastRequestAt: null,
    quota: {
      requests: { limit: 30, used: 0, remaining: 30, resetsAt: null },
      questions: { limit: 30, used: 0, remaining: 30, resetsAt: at },
    },
    lockedUntil: null,
    invitedBy: { userId: admin.user.id, username: admin.user.username },
    apps: [],
    sessions: {
      count: 1,
      lastSeenAt: at,
      items: [
        {
          id: user.session.id,
          current: false,
          device: { name: null },
          address: expect.any(String) as string,
          createdAt: at,
          lastSeenAt: at,
          expiresAt: at,
          deviceBound: false,
          transport: 'token',
        },
      ],
    },
  });
});

test('200: names the one who asks among the sessions, and nobody who invited the first administrator', async () => {
  const { json } = await readUser(stack(), admin, admin.user.id);
  expect(json.invitedBy).toBeNull();
  expect(json.sessions.items).toMatchObject([{ id: admin.session.id, current: true }]);
});

test('200 C97: of those who came by one link it says of each who had brought them in by then', async () => {
  const first = await secondAdmin(stack(), admin);
  const [row] = await invite(stack(), first, { maxUses: 3 });
  const before = await register(stack(), tokenOf(row!.url));
  stack().clock.offsetSeconds = 2;
  await changeUser(stack(), admin, first.user.id, { role: 'general' });
  stack().clock.offsetSeconds = 4;
  const { json } = await changeInvite(stack(), admin, row!.id, 'reissue');
  const after = await register(stack(), tokenOf(json.url!));
  const inviters = await Promise.all(
    [before, after].map(async ({ user: { id } }) => (await readUser(stack(), admin, id)).json),
  );
  expect(inviters).toMatchObject([
    { invitedBy: { userId: first.user.id } },
    { invitedBy: { userId: admin.user.id } },
  ]);
});

test('200 R2.8: says until when somebody is locked out, whatever name the tries were for', async () => {
  const who = await mailedGuest(stack(), admin);
  const lockedUntil = async () => (await readUser(stack(), admin, who.user.id)).json.lockedUntil;
  for (let tries = 0; tries < 4; tries += 1) await signIn(stack(), who.user.username, 'wrong password');
  expect(await lockedUntil()).toBeNull();
  await signIn(stack(), who.user.username, 'wrong password');
  expect(Date.parse((await lockedUntil())!) - stack().clock.now()).toBeGreaterThan(9 * 60_000);
  await changeUser(stack(), admin, who.user.id, { unlock: true });
  expect(await lockedUntil()).toBeNull();
});

test('200: one session of somebody is ended, once, and told to them; a known device is none', async () => {
  const who = await mailedGuest(stack(), admin);
  const { json: second } = await signIn(stack(), who.user.username);
  const end = (endSession: string) => changeUser(stack(), admin, who.user.id, { endSession });
  for (let times = 0; times < 2; times += 1) expect((await end(who.session.id)).status).toBe(200);
  const { items } = (await readUser(stack(), admin, who.user.id)).json.sessions;
  expect(items.map(({ id }) => id)).toEqual([second.session.id]);
  expect((await send(stack(), 'GET', '/v1/me', { token: who.session.token })).status).toBe(401);
  const { token } = second.session;
  const { json } = await send<{ items: object[] }>(stack(), 'GET', '/v1/me/activity', { token });
  expect(json.items.filter((one) => (one as { by: string }).by === 'other')).toMatchObject([
    { action: 'user.end-sessions' },
  ]);
  // The id of another user's session ends nothing.
  expect((await end(admin.session.id)).status).toBe(200);
  expect((await send(stack(), 'GET', '/v1/me', { token: admin.session.token })).status).toBe(200);
  expect(await end('device#x')).toMatchObject({ status: 422, json: { code: 'invalid' } });
});

test('200: counts the sessions that hold, and tells when one was last used', async () => {
  const { json: second } = await signIn(stack(), user.user.username);
  expect((await sessions()).count).toBe(2);
  stack().clock.offsetSeconds = 2 * daySeconds;
  await send(stack(), 'GET', '/v1/me', { token: second.session.token });
  const { count, lastSeenAt } = await sessions();
  expect(count).toBe(2);
  expect(Date.parse(lastSeenAt!) - Date.now()).toBeGreaterThan(1.9 * daySeconds * 1_000);

  // The first of the two was not used for a year.
  stack().clock.offsetSeconds = 366 * daySeconds;
  admin = (await signIn(stack(), admin.user.username)).json;
  expect((await sessions()).count).toBe(1);

  await changeUser(stack(), admin, user.user.id, { endSessions: true });
  expect(await sessions()).toEqual({ count: 0, lastSeenAt: null, items: [] });
});

test('200: shows who is known by a device alone', async () => {
  const { user: device } = await deviceUser(stack(), admin);
  expect((await readUser(stack(), admin, device.id)).json).toMatchObject({
    email: null,
    deviceBound: true,
    deviceOnly: true,
    sessions: { count: 1 },
  });
});

test('404: there is no such user; a row of another kind is none', async () => {
  for (const id of ['nobody', '%23', encodeURIComponent(`email#${user.user.email}`)]) {
    expect(await readUser(stack(), admin, id)).toMatchObject({ status: 404, json: { code: 'not_found' } });
  }
});

test('401 403 C50: only administrators see users, also themselves', async () => {
  const path = `/v1/admin/users/${user.user.id}`;
  expect((await send(stack(), 'GET', path)).json.code).toBe('unauthenticated');
  const { json } = await signIn(stack(), user.user.username);
  expect(await readUser(stack(), json, user.user.id)).toMatchObject({
    status: 403,
    json: { code: 'forbidden' },
  });
});
