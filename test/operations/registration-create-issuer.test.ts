/** @module-tag engine */
import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { attempt, refusedFields } from '../harness/people/guests.ts';
import { send } from '../harness/http/http.ts';
import { linkState } from '../harness/invites/invites.ts';
import { bringIn, userInvite, verifiedUser } from '../harness/invites/inviting.ts';
import { mailedToken, register, somebody, type SignedIn } from '../harness/people/people.ts';
import { overtake } from '../harness/stack/meanwhile.ts';
import { footprint, growth } from '../harness/stack/rows.ts';

const { stack, admin } = useAdmin('usersInvite');

const branchPath = (id: string) => `/v1/admin/users/${id}/branch`;
const previewOf = async ({ user: { id } }: SignedIn): Promise<string> => {
  const { token } = admin.session;
  return (await send<{ preview: string }>(stack(), 'GET', branchPath(id), { token })).json.preview;
};
/** Disables every user whom a user has brought in, as previewed. Returns the status. */
async function shutOut({ user: { id } }: SignedIn, preview: string): Promise<number> {
  const json = { preview, disableUsers: true };
  const { token } = admin.session;
  return (await send(stack(), 'POST', `${branchPath(id)}/revoke`, { token, json })).status;
}

/** A user, an issuer whom the user brought in, and a guest whom the issuer has just invited by mail. */
async function chain() {
  const root = await verifiedUser(stack(), admin);
  const issuer = await bringIn(stack(), root);
  const guest = somebody();
  expect((await userInvite(stack(), issuer, guest.email)).status).toBe(201);
  return { root, issuer, guest, token: await mailedToken(stack(), guest.email) };
}

test('422 R0.7: links of somebody who is shut out let nobody in, though they were mailed before', async () => {
  const { root, guest, token } = await chain();
  expect(await linkState(stack(), token)).toBe('active');
  expect(await shutOut(root, await previewOf(root))).toBe(200);
  const before = await footprint(stack());
  expect(refusedFields(await attempt(stack(), { token, ...guest }))).toEqual([422, 'invite_revoked']);
  expect(Object.values(await growth(stack(), before))).toEqual([0, 0, 0, 0, 0, 0]);
  expect(await linkState(stack(), token)).toBe('revoked');
});

test('201 R0.7: those who came in before stay, and so do links of others', async () => {
  const one = await chain();
  const other = await chain();
  const member = await register(stack(), one.token, one.guest);
  expect(await shutOut(other.root, await previewOf(other.root))).toBe(200);
  const { token } = member.session;
  expect((await send(stack(), 'GET', '/v1/me', { token })).status).toBe(200);
});

test('422 R0.7 C8: of shutting the issuer out and a redemption at once, no user comes of the late one', async () => {
  const race = async () => {
    const { root, guest, token } = await chain();
    const preview = await previewOf(root);
    const redeem = () => attempt(stack(), { token, ...guest });
    const again = async () => refusedFields(await attempt(stack(), { token, ...somebody() }));
    return { redeem, revoke: () => shutOut(root, preview), again };
  };
  const late = await race();
  const [refused, done] = await overtake(stack(), 'registration-create', late.redeem, late.revoke);
  expect([done, refusedFields(refused)]).toEqual([200, [422, 'invite_revoked']]);
  expect(await late.again()).toEqual([422, 'invite_revoked']);

  const early = await race();
  const [status, letIn] = await overtake(stack(), 'admin-branch-revoke', early.revoke, early.redeem);
  expect([status, letIn.status]).toEqual([200, 201]);
  expect(await early.again()).toEqual([422, 'invite_used']);

  const { redeem, revoke, again } = await race();
  const [redeemed, revoked] = await Promise.all([redeem(), revoke()]);
  // A branch that has grown since its preview is not touched.
  expect(redeemed.status === 201 ? [200, 409] : [200]).toContain(revoked);
  if (redeemed.status !== 201) expect(refusedFields(redeemed)).toEqual([422, 'invite_revoked']);
  expect(await again()).toEqual([422, redeemed.status === 201 ? 'invite_used' : 'invite_revoked']);
});
