/** @module-tag engine */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { isSignedIn } from '../harness/people/guests.ts';
import { auditOf } from '../harness/invites/inviting.ts';
import { signIn } from '../harness/people/accounts.ts';
import { adminCount, changeUser, readUser } from '../harness/people/managing.ts';
import {
  firstAdmin,
  openInvite,
  password,
  register,
  secondAdmin,
  somebody,
  type SignedIn,
} from '../harness/people/people.ts';
import { send } from '../harness/http/http.ts';
import { overtake } from '../harness/stack/meanwhile.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack();
const writes = { function: 'admin-user-update', action: 'TransactWriteItems' } as const;
let admins: [SignedIn, SignedIn];
beforeAll(async () => {
  const first = await firstAdmin(stack());
  admins = [first, await secondAdmin(stack(), first)];
});

/** Exactly these two are administrators, each with a new session. */
beforeEach(async () => {
  const [standing] = await standingAdmins();
  for (const { user } of admins) {
    await changeUser(stack(), standing!, user.id, { role: 'admin', disabled: false });
  }
  const [one, two] = await Promise.all(admins.map((who) => signIn(stack(), who.user.username)));
  admins = [one!.json, two!.json];
});

/** Administrators whose sessions are valid. */
async function standingAdmins(): Promise<SignedIn[]> {
  const held = await Promise.all(admins.map((who) => readUser(stack(), who, who.user.id)));
  return admins.filter((_, at) => held[at]!.status === 200);
}
const change = (by: SignedIn, who: SignedIn, json: object) => changeUser(stack(), by, who.user.id, json);
const trailOf = async ({ user }: SignedIn, action: string) =>
  (await auditOf(stack(), user.id)).filter((entry) => entry.startsWith(`${action} `)).length;

test.each([
  [{ role: 'general' }, { role: 'general' }],
  [{ disabled: true }, { disabled: true }],
  [{ role: 'general' }, { disabled: true }],
])('C67: two admins shut each other out at once, by %j and %j: one remains', async (mine, theirs) => {
  const [one, two] = admins;
  const answers = await Promise.all([change(one, two, mine), change(two, one, theirs)]);
  const codes = answers.map(({ status, json }) => json.code ?? String(status)).toSorted();
  expect(codes[0]).toBe('200');
  expect(['last_admin', 'unauthenticated', 'forbidden']).toContain(codes[1]);
  expect(await standingAdmins()).toHaveLength(1);
  expect(await adminCount(stack())).toBe(1);
});

test.each([{ role: 'general' }, { disabled: true }, { role: 'general', disabled: true }])(
  '409 C67: the last admin cannot be shut out by %j, and nothing else of it is done',
  async (json) => {
    const [one, two] = admins;
    await change(one, two, { role: 'general' });
    expect(await change(one, one, { ...json, limits: { invites: 77 } })).toMatchObject({
      status: 409,
      json: { code: 'last_admin' },
    });
    expect(await isSignedIn(stack(), one.session.token)).toBe(true);
    const { json: read } = await readUser(stack(), one, one.user.id);
    expect(read).toMatchObject({ role: 'admin', disabled: false, limits: { invites: 0 } });
    expect(await adminCount(stack())).toBe(1);
  },
);

test('200 C67: ten demotions of one admin at once count once and are written down once', async () => {
  const [one, two] = admins;
  const before = await trailOf(two, 'user.demote');
  const answers = await Promise.all(Array.from({ length: 10 }, () => change(one, two, { role: 'general' })));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await adminCount(stack())).toBe(1);
  expect((await trailOf(two, 'user.demote')) - before).toBe(1);
});

test('200 C67: an answer that was lost is not a second demotion', async () => {
  const [one, two] = admins;
  const before = await trailOf(two, 'user.demote');
  stack().faults([{ ...writes, kind: 'lost' }]);
  expect((await change(one, two, { role: 'general' })).status).toBe(200);
  expect(await adminCount(stack())).toBe(1);
  expect((await trailOf(two, 'user.demote')) - before).toBe(1);
});

test('503 200 C67: with every answer lost, the repeat finds it done', async () => {
  const [one, two] = admins;
  const before = await trailOf(two, 'user.disable');
  stack().faults([{ ...writes, kind: 'lost', times: 99 }]);
  expect((await change(one, two, { disabled: true })).status).toBe(503);
  stack().faults([]);
  expect(await change(one, two, { disabled: true })).toMatchObject({ status: 200, json: { disabled: true } });
  expect(await adminCount(stack())).toBe(1);
  expect((await trailOf(two, 'user.disable')) - before).toBe(1);
});

test('200 C67: conflicts with other transactions are tried again; a store that fails changes nothing', async () => {
  const [one, two] = admins;
  stack().faults([{ ...writes, kind: 'conflict', times: 3 }]);
  expect((await change(one, two, { role: 'general' })).status).toBe(200);
  expect(await adminCount(stack())).toBe(1);
  stack().faults([{ ...writes, kind: 'error', times: 99 }]);
  const before = await stack().dumpTables();
  expect((await change(one, two, { role: 'admin' })).status).toBe(503);
  expect(await stack().dumpTables()).toEqual(before);
});

test('200: changes of different kinds at once are all done', async () => {
  const [one, two] = admins;
  const answers = await Promise.all([
    change(one, two, { limits: { invites: 8 } }),
    change(one, two, { limits: { requests: 9 } }),
    change(one, two, { role: 'general' }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await readUser(stack(), one, two.user.id)).json).toMatchObject({
    role: 'general',
    limits: { invites: 8, requests: 9 },
  });
  await change(one, two, { limits: { invites: null, requests: null } });
});

test.each([{ role: 'admin' }, { emailVerified: true }, { unlock: true }])(
  '403 C67 C91: an administrator who is demoted in that moment grants nothing more: %j',
  async (json) => {
    const [one, two] = admins;
    const who = await register(stack(), await openInvite(stack(), two), {
      ...somebody(),
      email: 'late@example.com',
    });
    await changeUser(stack(), two, who.user.id, { role: 'general' });
    const [answer] = await overtake(
      stack(),
      'admin-user-update',
      () => change(one, who, json),
      () => change(two, one, { role: 'general' }),
    );
    expect(answer).toMatchObject({ status: 403, json: { code: 'forbidden' } });
    const { json: after } = await readUser(stack(), two, who.user.id);
    expect(after).toMatchObject({ role: 'general', emailVerified: false });
    expect(
      (await send(stack(), 'DELETE', '/v1/me', { token: who.session.token, json: { password } })).status,
    ).toBe(204);
  },
);
