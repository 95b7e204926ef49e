/** @module-tag engine */
import { expect, test } from 'vitest';
import { growTree, readBranch, revokeBranch } from '../harness/people/branches.ts';
import { newDevice } from '../harness/people/devices.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite } from '../harness/invites/invites.ts';
import { bringIn, deleteInvite, deviceUser, verifiedUser } from '../harness/invites/inviting.ts';
import { invite, password, register, secondAdmin, tokenOf } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { forgetInvites } from '../harness/stack/forget.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin('usersInvite');

const branchOf = async (id: string) => (await readBranch(stack(), admin, id)).json;
const idsOf = (users: readonly { id: string }[]) => users.map(({ id }) => id).toSorted();

test('200 C97: who brought in whom is known long after the invites are gone, and all are shut out', async () => {
  const { root, left, right, middle, leaf } = await growTree(stack(), admin);
  const before = await branchOf(root.user.id);
  stack().clock.offsetSeconds = 200 * daySeconds;
  const rows = (await stack().dumpTables())['invites']!.length;
  await forgetInvites(stack());
  expect((await stack().dumpTables())['invites']!.length).toBeLessThan(rows);
  const after = await branchOf(root.user.id);
  expect(after).toMatchObject({ users: before.users, truncated: false });
  expect(idsOf(after.users)).toEqual(idsOf([left, right, middle, leaf].map(({ user }) => user)));
  const json = { preview: after.preview, disableUsers: true };
  expect((await revokeBranch(stack(), admin, root.user.id, json)).json).toMatchObject({ disabledUsers: 4 });
});

test('200 C97: nor does an administrator hide anybody by deleting the invite', async () => {
  const issuer = await secondAdmin(stack(), admin);
  const [row] = await invite(stack(), issuer, { maxUses: 3 });
  const guest = await register(stack(), tokenOf(row!.url));
  expect((await deleteInvite(stack(), issuer, row!.id)).status).toBe(204);
  expect(await branchOf(issuer.user.id)).toMatchObject({
    users: [
      {
        id: guest.user.id,
        username: guest.user.username,
        status: 'active',
        invitedBy: issuer.user.id,
        depth: 1,
      },
    ],
    truncated: false,
  });
});

test('200 C97: the branch goes on below somebody who has left, years later too, and names people as they are', async () => {
  const root = await verifiedUser(stack(), admin);
  const between = await bringIn(stack(), root);
  const below = await bringIn(stack(), between);
  const left = { token: between.session.token, json: { password } };
  expect((await send(stack(), 'DELETE', '/v1/me', left)).status).toBe(204);
  const username = `renamed${below.user.username}`;
  await send(stack(), 'PATCH', '/v1/me', { token: below.session.token, json: { username } });
  stack().clock.offsetSeconds = 200 * daySeconds;
  await forgetInvites(stack());
  expect((await branchOf(root.user.id)).users).toEqual([
    { id: below.user.id, username, status: 'active', invitedBy: between.user.id, depth: 2 },
    { id: between.user.id, username: null, status: null, invitedBy: root.user.id, depth: 1 },
  ]);
});

test('200 C97: whoever moves to another device stays where they were in the tree', async () => {
  const issuer = await secondAdmin(stack(), admin);
  const who = await deviceUser(stack(), issuer);
  for (const mover of [admin, await secondAdmin(stack(), admin)]) {
    const { url } = (await changeInvite(stack(), mover, who.inviteId, 'reissue')).json;
    const { deviceKey } = await newDevice();
    const json = { token: tokenOf(url!), passphrase: who.passphrase, deviceKey, transport: 'token' };
    expect((await send(stack(), 'POST', '/v1/register', { json })).status).toBe(201);
    expect(idsOf((await branchOf(issuer.user.id)).users)).toEqual([who.user.id]);
    expect(
      (await branchOf(mover.user.id)).users.filter(({ id, depth }) => id === who.user.id && depth === 1),
    ).toEqual([]);
  }
});
