import { beforeAll, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { growTree, readBranch, type Branch, type Tree } from '../harness/people/branches.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite, type ShownInvite } from '../harness/invites/invites.ts';
import { bringIn, userInvite, verifiedUser } from '../harness/invites/inviting.ts';
import { invite, register, secondAdmin, somebody, tokenOf, type SignedIn } from '../harness/people/people.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin('usersInvite');
let tree: Tree;
beforeAll(async () => {
  tree = await growTree(stack(), admin);
});

const read = async ({ user: { id } }: SignedIn) => (await readBranch(stack(), admin, id)).json;
const names = (users: readonly { username: string }[]) => users.map(({ username }) => username).sort();
const emails = (invites: readonly ShownInvite[]) => invites.map(({ email }) => email).sort();

test('200 R0.2: shows whom a user has brought in, by whom and how deep, and which invites are open', async () => {
  const { root, left, right, middle, leaf, openOfRight, openOfLeaf } = tree;
  const { status, json } = await sendEvent<Branch>(stack(), 'admin-branch-read', {
    path: `/v1/admin/users/${root.user.id}/branch`,
    token: admin.session.token,
  });
  expect(status).toBe(200);
  const row = ({ user: { id, username } }: SignedIn, by: SignedIn, depth: number) => ({
    id,
    username,
    status: 'active',
    invitedBy: by.user.id,
    depth,
  });
  const expected = [row(left, root, 1), row(right, root, 1), row(middle, left, 2), row(leaf, middle, 3)];
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  expect(json.users.toSorted(byId)).toEqual(expected.toSorted(byId));
  expect(emails(json.openInvites)).toEqual([openOfRight, openOfLeaf].sort());
  expect(json.openInvites.map(({ status, kind }) => `${status} ${kind}`)).toEqual([
    'active email',
    'active email',
  ]);
  expect(json).toMatchObject({ truncated: false, preview: expect.stringMatching(/^[\w-]{43}$/) });
  for (const invite of json.openInvites) {
    for (const secret of ['url', 'code', 'codeKey']) expect(invite).not.toHaveProperty(secret);
  }
});

test('200: a branch begins at any user, and the administrator’s holds all', async () => {
  const ofLeft = await read(tree.left);
  expect(names(ofLeft.users)).toEqual(names([tree.middle.user, tree.leaf.user]));
  expect(ofLeft.users.map(({ depth }) => depth)).toEqual([1, 2]);
  expect(emails(ofLeft.openInvites)).toEqual([tree.openOfLeaf]);
  const all = await read(admin);
  expect(names(all.users)).toEqual(
    expect.arrayContaining([tree.root.user.username, tree.leaf.user.username]),
  );
  expect(all.users.find(({ id }) => id === tree.leaf.user.id)?.depth).toBe(4);
});

test('200: someone who has invited nobody has an empty branch', async () => {
  const nobody = await verifiedUser(stack(), admin);
  expect(await read(nobody)).toMatchObject({ users: [], openInvites: [], truncated: false });
});

test('200: the preview names this very state: the same when asked twice, another after a change', async () => {
  const root = await verifiedUser(stack(), admin);
  const first = await read(root);
  expect((await read(root)).preview).toBe(first.preview);
  const { json } = await userInvite(stack(), root, somebody().email);
  const second = await read(root);
  expect(second.preview).not.toBe(first.preview);
  await changeInvite(stack(), admin, json.id, 'revoke');
  expect((await read(root)).preview).toBe(first.preview);
  await bringIn(stack(), root);
  expect([first.preview, second.preview]).not.toContain((await read(root)).preview);
});

test('200: what is used, withdrawn or expired is not open', async () => {
  const root = await verifiedUser(stack(), admin);
  const [one, other] = [somebody().email, somebody().email];
  const { json } = await userInvite(stack(), root, one);
  await userInvite(stack(), root, other);
  await changeInvite(stack(), admin, json.id, 'revoke');
  expect(emails((await read(root)).openInvites)).toEqual([other]);
  stack().clock.offsetSeconds = 7 * daySeconds + 60;
  expect(await read(root)).toMatchObject({ users: [], openInvites: [] });
});

test('200 R2.1: everybody who used one invite is in the branch of who made it', async () => {
  const other = await secondAdmin(stack(), admin);
  const [row] = await invite(stack(), other, { maxUses: 4 });
  const guests = [];
  for (let at = 0; at < 3; at += 1) guests.push(await register(stack(), tokenOf(row!.url)));
  const branch = await read(other);
  expect(names(branch.users)).toEqual(names(guests.map(({ user }) => user)));
  expect(branch.openInvites).toMatchObject([{ id: row!.id, usesLeft: 1 }]);
});

test('200 R2.1: a branch of more users than one look shows says so', async () => {
  const other = await secondAdmin(stack(), admin);
  const [row] = await invite(stack(), other, { maxUses: 202 });
  await Promise.all(Array.from({ length: 202 }, () => register(stack(), tokenOf(row!.url))));
  const { users, truncated } = await read(other);
  expect({ users: users.length, truncated }).toEqual({ users: 200, truncated: true });
});

test('200: nobody is shown twice', async () => {
  const { users } = await read(admin);
  expect(new Set(users.map(({ id }) => id)).size).toBe(users.length);
});

test('200: reads by the index of issuers, never by a scan', async () => {
  stack().clearCalls();
  await read(tree.root);
  const actions = new Set(
    stack()
      .calls()
      .map(({ action }) => action),
  );
  expect(actions).toEqual(new Set(['BatchGetItem', 'Query']));
});

test('401 403 R4.1: only administrators see who invited whom', async () => {
  const path = `/v1/admin/users/${tree.root.user.id}/branch`;
  expect((await send(stack(), 'GET', path)).json.code).toBe('unauthenticated');
  const answer = await readBranch(stack(), tree.root, tree.root.user.id);
  expect(answer).toMatchObject({ status: 403, json: { code: 'forbidden' } });
});
