import { beforeEach, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { growTree, readBranch, revokeBranch, type Tree } from '../harness/people/branches.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { linkState, listAll } from '../harness/invites/invites.ts';
import { auditOf, userInvite, verifiedUser } from '../harness/invites/inviting.ts';
import {
  invite,
  mailedToken,
  password,
  register,
  secondAdmin,
  somebody,
  tokenOf,
  type SignedIn,
} from '../harness/people/people.ts';
import { meanwhile, overtake } from '../harness/stack/meanwhile.ts';

const { stack, admin } = useAdmin('usersInvite');
let tree: Tree;
beforeEach(async () => {
  tree = await growTree(stack(), admin);
});

const rootId = () => tree.root.user.id;
const preview = async () => (await readBranch(stack(), admin, rootId())).json.preview;
const revoke = (json: object) => revokeBranch(stack(), admin, rootId(), json);
const isSignedIn = async ({ session: { token } }: SignedIn) =>
  (await send(stack(), 'GET', '/v1/me', { token })).status === 200;
const statusOf = async (email: string) =>
  (await listAll(stack(), admin, { email })).map(({ status }) => status);

test('200 R0.2: withdraws the open invites of the branch; its users stay', async () => {
  const link = await mailedToken(stack(), tree.openOfLeaf);
  const [open] = await listAll(stack(), admin, { email: tree.openOfLeaf });
  const { status, json } = await sendEvent(stack(), 'admin-branch-revoke', {
    path: `/v1/admin/users/${rootId()}/branch/revoke`,
    token: admin.session.token,
    body: { preview: await preview() },
  });
  expect({ status, json }).toEqual({ status: 200, json: { revokedInvites: 2, disabledUsers: 0 } });
  expect(await linkState(stack(), link)).toBe('revoked');
  for (const email of [tree.openOfRight, tree.openOfLeaf]) expect(await statusOf(email)).toEqual(['revoked']);
  expect(await auditOf(stack(), open!.id)).toEqual([
    `invite.create by ${tree.leaf.user.id}`,
    `invite.revoke by ${admin.user.id}`,
  ]);
  for (const who of [tree.root, tree.left, tree.right, tree.leaf]) expect(await isSignedIn(who)).toBe(true);
  expect((await readBranch(stack(), admin, rootId())).json).toMatchObject({ openInvites: [] });
  expect(await invite(stack(), admin, { emails: [tree.openOfLeaf] })).toMatchObject([{ result: 'invited' }]);
  expect(JSON.stringify(stack().logs().slice(-40))).toContain('branch.revoked');
});

test('200 R0.2 C34: told to, shuts its users out at their next request; the root stays', async () => {
  const { root, left, right, middle, leaf } = tree;
  const answer = await revoke({ preview: await preview(), disableUsers: true });
  expect(answer).toMatchObject({ status: 200, json: { revokedInvites: 2, disabledUsers: 4 } });
  for (const who of [left, right, middle, leaf]) {
    expect(await isSignedIn(who)).toBe(false);
    expect(await userInvite(stack(), who, somebody().email)).toMatchObject({ status: 401 });
    const json = { login: who.user.username, password, transport: 'token' };
    expect((await send(stack(), 'POST', '/v1/sessions', { json })).status).toBe(401);
    expect(await auditOf(stack(), who.user.id)).toContain(`user.disable by ${admin.user.id}`);
  }
  expect(await isSignedIn(root)).toBe(true);
});

test('200 R0.2 R2.8 C34: whoever is let in again comes without their sessions and as from a new device, as after being disabled by themselves', async () => {
  const { left } = tree;
  const signIn = async (secret: string, cookies = {}) =>
    send(stack(), 'POST', '/v1/sessions', {
      json: { login: left.user.username, password: secret, transport: 'cookie' },
      headers: { origin: stack().app },
      cookies,
    });
  const first = await signIn(password);
  const cookies = { '__Host-device': first.cookies['__Host-device']!.value };
  await revoke({ preview: await preview(), disableUsers: true });
  const json = { disabled: false };
  const { token } = admin.session;
  const letIn = await send(stack(), 'PATCH', `/v1/admin/users/${left.user.id}`, { json, token });
  expect(letIn.status).toBe(200);
  expect(await isSignedIn(left)).toBe(false);
  for (let turn = 0; turn < 5; turn += 1) await signIn('wrong');
  expect((await signIn(password, cookies)).status).toBe(429);
});

test('200: administrators in the branch stay, and with them their sessions', async () => {
  const boss = await secondAdmin(stack(), admin);
  const vice = await secondAdmin(stack(), boss);
  const guest = await register(stack(), tokenOf((await invite(stack(), vice))[0]!.url));
  const { json: branch } = await readBranch(stack(), admin, boss.user.id);
  expect(branch.users.map(({ id }) => id).sort()).toEqual([vice.user.id, guest.user.id].sort());
  const answer = await revokeBranch(stack(), admin, boss.user.id, {
    preview: branch.preview,
    disableUsers: true,
  });
  expect(answer).toMatchObject({ status: 200, json: { revokedInvites: 0, disabledUsers: 1 } });
  expect(await Promise.all([boss, vice, guest].map(isSignedIn))).toEqual([true, true, false]);
  expect(await auditOf(stack(), vice.user.id)).not.toContain(`user.disable by ${admin.user.id}`);
});

test('200 C96: what has expired is withdrawn too, so that nobody comes in by renewing it', async () => {
  const link = await mailedToken(stack(), tree.openOfLeaf);
  const seen = await preview();
  // Between preview and withdrawal the invites expire, which changes nothing about them.
  stack().clock.offsetSeconds = 8 * 86_400;
  expect(await linkState(stack(), link)).toBe('expired');
  expect((await readBranch(stack(), admin, rootId())).json).toMatchObject({ openInvites: [], preview: seen });
  expect((await revoke({ preview: seen })).json).toEqual({ revokedInvites: 2, disabledUsers: 0 });
  expect(await linkState(stack(), link)).toBe('revoked');
  await send(stack(), 'POST', '/v1/invites/renew', { json: { token: link } });
  expect(await statusOf(tree.openOfLeaf)).toEqual(['revoked']);
  expect((await revoke({ preview: await preview() })).json).toMatchObject({ revokedInvites: 0 });
});

test(
  '200 C96: what its holder renews while it is being withdrawn is withdrawn all the same',
  { tags: 'engine' },
  async () => {
    const link = await mailedToken(stack(), tree.openOfLeaf);
    stack().clock.offsetSeconds = 8 * 86_400;
    const seen = await preview();
    // The renewal is written after the invites were read, and before they are withdrawn.
    const [answer] = await overtake(
      stack(),
      'admin-branch-revoke',
      () => revoke({ preview: seen }),
      () => send(stack(), 'POST', '/v1/invites/renew', { json: { token: link } }),
    );
    expect(answer.json).toMatchObject({ revokedInvites: 2 });
    expect(await statusOf(tree.openOfLeaf)).toEqual(['revoked']);
  },
);

test('409 R0.2: an invite that was added since the preview stops it, and nothing is touched', async () => {
  const seen = await preview();
  const added = somebody().email;
  await userInvite(stack(), tree.middle, added);
  const answer = await revoke({ preview: seen, disableUsers: true });
  expect(answer).toMatchObject({ status: 409, json: { code: 'conflict' } });
  for (const email of [added, tree.openOfLeaf]) expect(await statusOf(email)).toEqual(['active']);
  expect(await isSignedIn(tree.leaf)).toBe(true);
  expect((await revoke({ preview: await preview() })).json).toMatchObject({ revokedInvites: 3 });
});

test('409: so does somebody who came in since', async () => {
  const seen = await preview();
  const token = await mailedToken(stack(), tree.openOfLeaf);
  await register(stack(), token, { ...somebody(), email: tree.openOfLeaf });
  expect(await revoke({ preview: seen })).toMatchObject({ status: 409 });
});

test('409 200: repeated, it needs a new preview, and then finds nothing more to do', async () => {
  const seen = await preview();
  await revoke({ preview: seen, disableUsers: true });
  expect(await revoke({ preview: seen, disableUsers: true })).toMatchObject({ status: 409 });
  expect((await revoke({ preview: await preview(), disableUsers: true })).json).toEqual({
    revokedInvites: 0,
    disabledUsers: 0,
  });
});

test('200: at once, each invite is withdrawn and each user shut out once', { tags: 'engine' }, async () => {
  const json = { preview: await preview(), disableUsers: true };
  const answers = await Promise.all(Array.from({ length: 4 }, () => revoke(json)));
  for (const { status } of answers) expect([200, 409]).toContain(status);
  const done = answers.filter(({ status }) => status === 200).map((answer) => answer.json);
  expect(done.reduce((sum, { revokedInvites }) => sum + revokedInvites, 0)).toBe(2);
  expect(done.reduce((sum, { disabledUsers }) => sum + disabledUsers, 0)).toBe(4);
  expect(
    (await auditOf(stack(), tree.leaf.user.id)).filter((entry) => entry.includes('disable')),
  ).toHaveLength(1);
});

test('200 R0.2: an invite that is sent while its issuer is shut out lets nobody in', async () => {
  const email = somebody().email;
  const json = { preview: await preview(), disableUsers: true };
  const moment = { function: 'admin-branch-revoke', action: 'TransactWriteItems' };
  // The invite is sent after the branch was read. If it were sent later, its mail would be withheld.
  const invited = async () => {
    expect((await userInvite(stack(), tree.leaf, email)).status).toBe(201);
    return mailedToken(stack(), email);
  };
  let mailed: Promise<string> | undefined;
  const revoked = await meanwhile(
    stack(),
    moment,
    () => revoke(json),
    () => (mailed = invited()),
  );
  expect(revoked.status).toBe(200);
  expect(await statusOf(email)).toEqual(['active']);
  const who = { token: await mailed, transport: 'token', ...somebody(), email };
  expect(await send(stack(), 'POST', '/v1/register', { json: who })).toMatchObject({
    status: 422,
    json: { code: 'invite_revoked' },
  });
});

test('200: a branch of more invites than one look shows says so, and is withdrawn in several', async () => {
  const boss = await secondAdmin(stack(), admin);
  await invite(stack(), boss, { count: 203 });
  for (const [revokedInvites, truncated] of [
    [200, true],
    [3, false],
  ] as const) {
    const { json: branch } = await readBranch(stack(), admin, boss.user.id);
    expect({ open: branch.openInvites.length, truncated: branch.truncated }).toEqual({
      open: revokedInvites,
      truncated,
    });
    expect(
      (await revokeBranch(stack(), admin, boss.user.id, { preview: branch.preview })).json,
    ).toMatchObject({ revokedInvites });
  }
});

test('422 C6: names the field that is wrong, and nothing is touched', async () => {
  const wrong: [string, object][] = [
    ['preview', {}],
    ['preview', { preview: 7 }],
    ['preview', { preview: 'p'.repeat(65) }],
    ['disableUsers', { preview: await preview(), disableUsers: 'yes' }],
    ['users', { preview: await preview(), users: [] }],
  ];
  for (const [path, json] of wrong) {
    expect(await revoke(json)).toMatchObject({ status: 422, json: { code: 'invalid', errors: [{ path }] } });
  }
  expect(await statusOf(tree.openOfLeaf)).toEqual(['active']);
});

test('401 403 R4.1: only administrators revoke a branch', async () => {
  const json = { preview: await preview(), disableUsers: true };
  const path = `/v1/admin/users/${rootId()}/branch/revoke`;
  expect((await send(stack(), 'POST', path, { json })).json.code).toBe('unauthenticated');
  const user = await verifiedUser(stack(), admin);
  for (const who of [user, tree.root]) {
    expect(await revokeBranch(stack(), who, rootId(), json)).toMatchObject({
      status: 403,
      json: { code: 'forbidden' },
    });
  }
  expect(await isSignedIn(tree.leaf)).toBe(true);
  expect(await statusOf(tree.openOfLeaf)).toEqual(['active']);
});
