import { beforeAll, expect, test } from 'vitest';
import { sendEvent } from '../harness/events.ts';
import { send } from '../harness/http.ts';
import { firstAdmin, invite, mailedToken, register, somebody, type SignedIn } from '../harness/people.ts';
import { useStack } from '../harness/stack.ts';

interface Limited {
  limits: { invites: number };
  invitesSent: number;
}

const stack = useStack();
let admin: SignedIn;
let member: SignedIn;
beforeAll(async () => {
  admin = await firstAdmin(stack());
  const who = somebody();
  await invite(stack(), admin, { emails: [who.email] });
  member = await register(stack(), await mailedToken(stack(), who.email), who);
});

const limit = (id: string, body: object, token = admin.session.token) =>
  send<Limited & { code?: string }>(stack(), 'PATCH', `/v1/admin/users/${id}`, { json: body, token });
const inviteSomebody = () =>
  send<{ code?: string }>(stack(), 'POST', '/v1/invites', {
    json: { email: somebody().email },
    token: member.session.token,
  });

test('200 R0.2: an admin grants a user invites, and takes them back', async () => {
  expect((await inviteSomebody()).status).toBe(429);
  const path = `/v1/admin/users/${member.user.id}`;
  const granted = await sendEvent<Limited>(stack(), 'admin-user-update', {
    path,
    token: admin.session.token,
  });
  expect(granted.status).toBe(200);
  expect(granted.json).toMatchObject({ id: member.user.id, limits: { invites: 5 }, invitesSent: 0 });
  expect((await inviteSomebody()).status).toBe(201);
  const taken = await limit(member.user.id, { limits: { invites: null } });
  expect(taken.json).toMatchObject({ limits: { invites: 0 }, invitesSent: 1 });
  expect((await inviteSomebody()).json.code).toBe('quota_exceeded');
});

test('404: there is no such user, and none comes into being', async () => {
  const before = await stack().dumpTables();
  expect((await limit('nobody', { limits: { invites: 1 } })).status).toBe(404);
  expect((await stack().dumpTables())['users']).toEqual(before['users']);
});

test.each([
  [{}],
  [{ limits: {} }],
  [{ limits: { invites: -1 } }],
  [{ limits: { invites: 1 }, role: 'admin' }],
])('422 C6: %j changes nothing', async (body) => {
  expect((await limit(member.user.id, body)).json.code).toBe('invalid');
});

test('403 R4.1: users grant themselves nothing', async () => {
  const { status } = await limit(member.user.id, { limits: { invites: 9 } }, member.session.token);
  expect(status).toBe(403);
});
