import { beforeAll, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { isSignedIn } from '../harness/people/guests.ts';
import { send } from '../harness/http/http.ts';
import { auditOf, deviceUser, userInvite, verifiedUser } from '../harness/invites/inviting.ts';
import { signIn } from '../harness/people/accounts.ts';
import { adminCount, changeUser, readUser, type ManagedUser } from '../harness/people/managing.ts';
import {
  invite,
  mailedToken,
  openInvite,
  register,
  somebody,
  type SignedIn,
} from '../harness/people/people.ts';
import { overtake } from '../harness/stack/meanwhile.ts';
import { numberOf, rowsOf } from '../harness/stack/rows.ts';

const { stack, admin } = useAdmin();
let member: SignedIn;
beforeAll(async () => {
  member = await verifiedUser(stack(), admin);
});

const newcomer = async () => register(stack(), await openInvite(stack(), admin));
const change = (who: SignedIn, json: object) => changeUser(stack(), admin, who.user.id, json);
const holds = ({ session }: SignedIn) => isSignedIn(stack(), session.token);
const trailOf = async ({ user }: SignedIn) => {
  const entries = await auditOf(stack(), user.id);
  return entries.map((entry) => entry.replace(` by ${admin.user.id}`, ''));
};
const epochOf = async ({ user }: SignedIn) =>
  numberOf(rowsOf(await stack().dumpTables(), 'users', 'id', user.id)[0] ?? {}, 'epoch');

test('200 R0.2: an admin grants a user invites, and takes them back', async () => {
  expect(await userInvite(stack(), member, somebody().email)).toMatchObject({ status: 429 });
  const granted = await sendEvent<ManagedUser>(stack(), 'admin-user-update', {
    path: `/v1/admin/users/${member.user.id}`,
    token: admin.session.token,
  });
  expect(granted.status).toBe(200);
  expect(granted.json).toMatchObject({ id: member.user.id, limits: { invites: 5 }, invitesSent: 0 });
  expect((await userInvite(stack(), member, somebody().email)).status).toBe(201);
  const taken = await change(member, { limits: { invites: null } });
  expect(taken.json).toMatchObject({ limits: { invites: 0 }, invitesSent: 1 });
  expect((await userInvite(stack(), member, somebody().email)).json.code).toBe('quota_exceeded');
  // The sample event also sets the role that the user already has, so the trail has no entry for it.
  expect(await trailOf(member)).toEqual(['user.limit', 'user.limit']);
});

test('200: limits of each kind are granted apart; null gives back the deployment’s', async () => {
  const { json } = await change(member, { limits: { requests: 7, questions: 0 } });
  expect(json.limits).toEqual({ invites: 0, requests: 7, questions: 0 });
  const { json: changed } = await change(member, { limits: { requests: null } });
  expect(changed.limits).toEqual({ invites: 0, requests: null, questions: 0 });
  expect((await readUser(stack(), admin, member.user.id)).json.limits).toEqual(changed.limits);
});

test('200 C34: whoever is disabled is out at the next request, and told the same as with a wrong password', async () => {
  const who = await newcomer();
  expect((await change(who, { disabled: true })).json).toMatchObject({ disabled: true });
  expect(await holds(who)).toBe(false);
  const [disabled, wrong] = [
    await signIn(stack(), who.user.username),
    await signIn(stack(), who.user.username, 'wrong password'),
  ];
  expect(disabled).toMatchObject({ status: 401, json: { code: 'invalid_credentials' } });
  expect({ ...disabled.json, requestId: '' }).toEqual({ ...wrong.json, requestId: '' });

  expect((await change(who, { disabled: false })).json).toMatchObject({ disabled: false });
  expect(await holds(who), 'old sessions stay dead').toBe(false);
  expect((await signIn(stack(), who.user.username)).status).toBe(201);
  const trail = await trailOf(who);
  expect(trail.filter((action) => action.startsWith('user.'))).toEqual(['user.disable', 'user.enable']);
});

test('200 C34: ends sessions again each time it is told to', async () => {
  const who = await newcomer();
  await change(who, { endSessions: true });
  expect(await holds(who)).toBe(false);
  const { json: again } = await signIn(stack(), who.user.username);
  expect(await holds(again)).toBe(true);
  await change(who, { endSessions: true });
  expect(await holds(again)).toBe(false);
  expect(await trailOf(who)).toEqual(['user.end-sessions', 'user.end-sessions']);
});

test('200 C34: promoted, a user manages others at once; demoted, their sessions are over', async () => {
  const who = await verifiedUser(stack(), admin);
  const before = await adminCount(stack());
  expect((await readUser(stack(), who, who.user.id)).status).toBe(403);
  expect((await change(who, { role: 'admin' })).json).toMatchObject({ role: 'admin' });
  expect((await readUser(stack(), who, who.user.id)).status).toBe(200);
  expect(await adminCount(stack())).toBe(before + 1);
  await change(who, { role: 'general' });
  expect(await holds(who)).toBe(false);
  expect(await adminCount(stack())).toBe(before);
  expect(await trailOf(who)).toEqual(['user.promote', 'user.demote']);
});

test('200: a disabled administrator is not counted, whatever their role becomes', async () => {
  const who = await verifiedUser(stack(), admin);
  const before = await adminCount(stack());
  const counted: number[] = [];
  for (const json of [
    { role: 'admin' },
    { disabled: true },
    { role: 'general' },
    { role: 'admin' },
    { disabled: false },
    { disabled: true, role: 'general' },
    { disabled: false },
  ]) {
    expect((await change(who, json)).status).toBe(200);
    counted.push((await adminCount(stack())) - before);
  }
  expect(counted).toEqual([1, 0, 0, 0, 1, 0, 0]);
});

test('200: several changes are one; repeated, nothing is changed or written down again', async () => {
  const who = await newcomer();
  const json = { role: 'admin', disabled: true, emailVerified: true, limits: { invites: 3 } };
  const first = await change(who, json);
  expect(first.json).toMatchObject({ role: 'admin', disabled: true, emailVerified: true });
  const before = await stack().dumpTables();
  const second = await change(who, json);
  expect(second).toMatchObject({ status: 200, json: first.json });
  expect(await stack().dumpTables()).toEqual(before);
  expect(await epochOf(who)).toBe(1);
  expect((await trailOf(who)).toSorted()).toEqual([
    'user.disable',
    'user.limit',
    'user.promote',
    'user.verify',
  ]);
});

test('200: a mailbox that is vouched for counts as proven, and its address yields to nobody', async () => {
  const who = await newcomer();
  expect((await userInvite(stack(), who, somebody().email)).json.code).toBe('not_verified');
  expect((await change(who, { emailVerified: true })).json).toMatchObject({ emailVerified: true });
  expect((await userInvite(stack(), who, somebody().email)).json.code).toBe('quota_exceeded');
  const [claim] = rowsOf(await stack().dumpTables(), 'users', 'pk', `email#${who.user.email}`);
  expect(claim).toMatchObject({ userId: { S: who.user.id }, verified: { BOOL: true } });
});

test('422 409: there is no mailbox to vouch for, or it is somebody else’s now', async () => {
  const device = await deviceUser(stack(), admin);
  expect(await change(device, { emailVerified: true, role: 'admin' })).toMatchObject({
    status: 422,
    json: { code: 'invalid', errors: [{ path: 'emailVerified' }] },
  });
  expect((await readUser(stack(), admin, device.user.id)).json.role).toBe('general');

  const squatter = await newcomer();
  const who = { ...somebody(), email: squatter.user.email! };
  await invite(stack(), admin, { emails: [who.email] });
  const token = await mailedToken(stack(), who.email);
  const [vouched] = await overtake(
    stack(),
    'admin-user-update',
    () => change(squatter, { emailVerified: true }),
    () => register(stack(), token, who),
  );
  expect(vouched).toMatchObject({ status: 409, json: { code: 'conflict' } });
  expect((await change(squatter, { emailVerified: true })).status).toBe(422);
});

test('404: there is no such user, and none comes into being', async () => {
  const before = await stack().dumpTables();
  for (const json of [{ limits: { invites: 1 } }, { role: 'admin' }, { endSessions: true }]) {
    expect((await changeUser(stack(), admin, 'nobody', json)).json.code).toBe('not_found');
  }
  expect(await stack().dumpTables()).toEqual(before);
});

test.each([
  [{}, ''],
  [{ limits: {} }, 'limits'],
  [{ limits: { invites: -1 } }, 'limits.invites'],
  [{ limits: { questions: 1_000_001 } }, 'limits.questions'],
  [{ role: 'owner' }, 'role'],
  [{ emailVerified: false }, 'emailVerified'],
  [{ endSessions: false }, 'endSessions'],
  [{ limits: { invites: 1 }, username: 'other' }, 'username'],
])('422 C6: %j changes nothing', async (body, path) => {
  const before = await stack().dumpTables();
  expect((await change(member, body)).json).toMatchObject({ code: 'invalid', errors: [{ path }] });
  expect(await stack().dumpTables()).toEqual(before);
});

test('401 403 C50 R4.1: users grant themselves nothing', async () => {
  const json = { role: 'admin', limits: { invites: 9 } };
  const { id } = member.user;
  expect((await send(stack(), 'PATCH', `/v1/admin/users/${id}`, { json })).json.code).toBe('unauthenticated');
  expect((await changeUser(stack(), member, id, json)).json.code).toBe('forbidden');
  expect((await readUser(stack(), admin, id)).json.role).toBe('general');
});
