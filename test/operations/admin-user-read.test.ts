import { beforeAll, expect, test } from 'vitest';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { deviceUser } from '../harness/invites/inviting.ts';
import { changeUser, readUser, signIn } from '../harness/people/managing.ts';
import { firstAdmin, invite, register, tokenOf, type SignedIn } from '../harness/people/people.ts';
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
    sessions: { count: 1, lastSeenAt: at },
  });
});

test('200: counts the sessions that hold, and tells when one was last used', async () => {
  const { json: second } = await signIn(stack(), user);
  expect((await sessions()).count).toBe(2);
  stack().clock.offsetSeconds = 2 * daySeconds;
  await send(stack(), 'GET', '/v1/me', { token: second.session.token });
  const { count, lastSeenAt } = await sessions();
  expect(count).toBe(2);
  expect(Date.parse(lastSeenAt!) - Date.now()).toBeGreaterThan(1.9 * daySeconds * 1_000);

  // The first of the two was not used for a year.
  stack().clock.offsetSeconds = 366 * daySeconds;
  admin = (await signIn(stack(), admin)).json;
  expect((await sessions()).count).toBe(1);

  await changeUser(stack(), admin, user.user.id, { endSessions: true });
  expect(await sessions()).toEqual({ count: 0, lastSeenAt: null });
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
  const { json } = await signIn(stack(), user);
  expect(await readUser(stack(), json, user.user.id)).toMatchObject({
    status: 403,
    json: { code: 'forbidden' },
  });
});
