/** @module-tag engine */
import { expect, test } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import { attempt, refusedFields } from '../harness/people/guests.ts';
import { newDevice } from '../harness/people/devices.ts';
import { changeInvite, linkState, shownInvite } from '../harness/invites/invites.ts';
import { asUser, auditOf, deviceUser } from '../harness/invites/inviting.ts';
import { changeUser, readUser } from '../harness/people/managing.ts';
import { send } from '../harness/http/http.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { overtake } from '../harness/stack/meanwhile.ts';
import { footprint, growth } from '../harness/stack/rows.ts';
import {
  invite,
  mailedToken,
  secondAdmin,
  somebody,
  tokenOf,
  type SignedIn,
} from '../harness/people/people.ts';

const { stack, admin } = useAdmin();

const change = ({ user }: SignedIn, json: object) => changeUser(stack(), admin, user.id, json);
const statusOf = async (id: string) => (await shownInvite(stack(), admin, id)).status;
const secondsLater = (seconds = 60) => {
  stack().clock.offsetSeconds += seconds;
};
const inviteOf = async (issuer: SignedIn, wish: object) => (await invite(stack(), issuer, wish))[0]!;
const enter = (url: string, more: object = {}) => attempt(stack(), { token: tokenOf(url), ...more });
/** The sweep of open invites after a demotion fails, so that redemption alone can refuse. */
const withoutSweep = () =>
  stack().faults([{ kind: 'error', function: 'admin-user-update', action: 'Query', times: 99 }]);

const endless = { role: 'admin', maxUses: 100_000, expiresInDays: null };

test.each([[{ role: 'general' }], [{ disabled: true }], [{ disabled: true, role: 'general' }]])(
  '422 C91: whoever was shut out by %j comes back by no invite that they have made before',
  async (json) => {
    const issuer = await secondAdmin(stack(), admin);
    const made = [
      await inviteOf(issuer, endless),
      await inviteOf(issuer, { maxUses: 5 }),
      await inviteOf(issuer, {}),
    ];
    secondsLater();
    expect((await change(issuer, json)).status).toBe(200);
    for (const { id, url } of made) {
      expect(await statusOf(id)).toBe('revoked');
      expect(await auditOf(stack(), id)).toContain(`invite.revoke by ${admin.user.id}`);
      expect(refusedFields(await enter(url))).toEqual([422, 'invite_revoked']);
    }
    secondsLater();
    await change(issuer, { disabled: false, role: 'admin' });
    for (const { url } of made) expect(refusedFields(await enter(url))).toEqual([422, 'invite_revoked']);
  },
);

test('422 C91: the store asks the issuer, though nobody has withdrawn the invite', async () => {
  const issuer = await secondAdmin(stack(), admin);
  const { id, url } = await inviteOf(issuer, endless);
  withoutSweep();
  expect((await change(issuer, { role: 'general' })).status).toBe(503);
  stack().faults([]);
  expect((await readUser(stack(), admin, issuer.user.id)).json.role).toBe('general');
  expect(await statusOf(id)).toBe('active');
  const before = await footprint(stack());
  expect(refusedFields(await enter(url))).toEqual([422, 'invite_revoked']);
  expect(Object.values(await growth(stack(), before))).toEqual([0, 0, 0, 0, 0, 0]);

  secondsLater();
  await change(issuer, { role: 'admin' });
  expect(refusedFields(await enter(url)), 'promoted again').toEqual([422, 'invite_revoked']);
  // The request that failed is repeated, and does the rest.
  await change(issuer, { role: 'general' });
  expect(await statusOf(id)).toBe('revoked');
});

test('201 C91: what a member may grant stays, and so do invites of others', async () => {
  const issuer = await secondAdmin(stack(), admin);
  const mailed = await inviteOf(issuer, { emails: [somebody().email] });
  const others = await inviteOf(admin, endless);
  await change(issuer, { role: 'general' });
  for (const { id } of [mailed, others]) expect(await statusOf(id)).toBe('active');
  for (const { url, email } of [{ ...mailed, email: mailed.email! }, others])
    expect((await enter(url, email ? { email } : {})).status).toBe(201);
});

test('201 C91: whoever is promoted again grants anew', async () => {
  const issuer = await secondAdmin(stack(), admin);
  await change(issuer, { role: 'general' });
  secondsLater();
  await change(issuer, { role: 'admin' });
  const { json } = await send<SignedIn>(stack(), 'POST', '/v1/sessions', {
    json: { login: issuer.user.username, password: somebody().password, transport: 'token' },
  });
  secondsLater();
  const { url } = await inviteOf(json, endless);
  expect(await enter(url)).toMatchObject({ status: 201, json: { user: { role: 'admin' } } });
});

test('422 C91: of a demotion and a redemption at once, no administrator comes of the late one', async () => {
  const refused = [422, 'invite_revoked'];
  const race = async () => {
    const issuer = await secondAdmin(stack(), admin);
    const { url } = await inviteOf(issuer, endless);
    const [redeem, demote] = [() => enter(url), () => change(issuer, { role: 'general' })];
    return { redeem, demote };
  };
  const late = await race();
  const [redeemed, demoted] = await overtake(stack(), 'registration-create', late.redeem, late.demote);
  expect([demoted.status, refusedFields(redeemed)]).toEqual([200, refused]);
  expect(refusedFields(await late.redeem())).toEqual(refused);

  const early = await race();
  const answers = await overtake(stack(), 'admin-user-update', early.demote, early.redeem);
  expect(answers.map(({ status }) => status)).toEqual([200, 201]);
  expect(refusedFields(await early.redeem())).toEqual(refused);

  const { redeem, demote } = await race();
  const [some] = await Promise.all([redeem(), demote()]);
  if (some.status !== 201) expect(refusedFields(some)).toEqual(refused);
  expect(refusedFields(await redeem())).toEqual(refused);
});

test('422 C91: an issuer who was demoted moves nobody to another device', async () => {
  const issuer = await secondAdmin(stack(), admin);
  const passphrase = 'open sesame';
  const { id, url } = await inviteOf(issuer, { kind: 'device-only', passphrase });
  const json = { token: tokenOf(url), passphrase, deviceKey: (await newDevice()).deviceKey };
  const enterBy = (body: object) =>
    send<SignedIn>(stack(), 'POST', '/v1/register', { json: { transport: 'token', ...body } });
  expect((await enterBy(json)).status).toBe(201);
  const fresh = await changeInvite(stack(), issuer, id, 'reissue');
  withoutSweep();
  await change(issuer, { role: 'general' });
  stack().faults([]);
  const { deviceKey } = await newDevice();
  const moving = { token: tokenOf(fresh.json.url!), passphrase, deviceKey };
  expect(await enterBy(moving)).toMatchObject({ status: 422, json: { code: 'invite_revoked' } });
});

test('201 C91: re-issued by an administrator, an invite of somebody who may grant it no more is theirs', async () => {
  const issuer = await secondAdmin(stack(), admin);
  const { id } = await inviteOf(issuer, endless);
  secondsLater();
  await change(issuer, { role: 'general' });
  secondsLater();
  const { json } = await changeInvite(stack(), admin, id, 'reissue');
  expect(json).toMatchObject({ status: 'active', role: 'admin', inviter: admin.user.username });
  expect((await enter(json.url!)).status).toBe(201);

  const kept = await inviteOf(await secondAdmin(stack(), admin), { emails: [somebody().email] });
  const inviter = (await shownInvite(stack(), admin, kept.id)).inviter;
  expect((await changeInvite(stack(), admin, kept.id, 'reissue')).json.inviter).toBe(inviter);
});

test('201 C91: re-issued by an administrator, an invite of a member stays the member’s, and of one who is disabled not', async () => {
  const issuer = await secondAdmin(stack(), admin);
  const email = somebody().email;
  const { id } = await inviteOf(issuer, { emails: [email] });
  const { inviter } = await shownInvite(stack(), admin, id);
  await change(issuer, { role: 'general' });
  expect((await changeInvite(stack(), admin, id, 'reissue')).json).toMatchObject({ inviter });
  const same = ` ${email.toUpperCase()} `;
  expect((await changeInvite(stack(), admin, id, 'reissue', { email: same })).json).toMatchObject({
    inviter,
  });
  await change(issuer, { disabled: true });
  const { json } = await changeInvite(stack(), admin, id, 'reissue');
  expect(json).toMatchObject({ status: 'active', inviter: admin.user.username });
  expect((await enter(json.url!, { email })).status).toBe(201);
});

test.each([
  ['to another address', async () => inviteOf(admin, { role: 'admin', emails: [somebody().email] })],
  [
    'though it was withdrawn',
    async () => {
      const made = await inviteOf(admin, { emails: [somebody().email] });
      await changeInvite(stack(), admin, made.id, 'revoke');
      return made;
    },
  ],
])(
  '422 C91: an invite of another that somebody re-issues %s is theirs, and ends with their right',
  async (_, make) => {
    const issuer = await secondAdmin(stack(), admin);
    const { id } = await make();
    const email = somebody().email;
    const { json } = await send<{ url: string; inviter: string }>(
      stack(),
      'POST',
      `/v1/admin/invites/${id}/reissue`,
      { json: { email }, token: issuer.session.token },
    );
    expect(json.inviter).toBe(issuer.user.username);
    secondsLater();
    await change(issuer, { disabled: true });
    expect(refusedFields(await enter(json.url, { email }))).toEqual([422, 'invite_revoked']);
  },
);

/** An administrator known by a device alone who issued the invite that moves them to another device, with a way to use it. */
async function ownMove() {
  const issuer = await deviceUser(stack(), admin, { role: 'admin' });
  const reissue = `/v1/admin/invites/${issuer.inviteId}/reissue`;
  const { json } = await send<{ url: string }>(stack(), 'POST', reissue, {
    json: {},
    ...(await asUser(stack(), issuer, 'POST', reissue)),
  });
  const { deviceKey } = await newDevice();
  const moving = { token: tokenOf(json.url), passphrase: issuer.passphrase, deviceKey, transport: 'token' };
  const move = () => send<SignedIn & Problem>(stack(), 'POST', '/v1/register', { json: moving });
  return { issuer, move };
}

test('201 C91: a device user who issued their own move and may still do so moves', async () => {
  const { issuer, move } = await ownMove();
  expect(await move()).toMatchObject({ status: 201, json: { user: { id: issuer.user.id } } });
});

test('422 C91: a device user who issued their own move and was demoted stays where they are', async () => {
  const { issuer, move } = await ownMove();
  withoutSweep();
  await change(issuer, { role: 'general' });
  stack().faults([]);
  expect(await move()).toMatchObject({ status: 422, json: { code: 'invite_revoked' } });
  secondsLater();
  await change(issuer, { role: 'admin' });
  expect(await move(), 'promoted again').toMatchObject({ status: 422, json: { code: 'invite_revoked' } });
});

test('422 C91: an issuer whose unproven address the invite is for is asked too, though their row is written', async () => {
  const other = await secondAdmin(stack(), admin);
  const email = admin.user.email!;
  await invite(stack(), admin, { emails: [email], role: 'admin' });
  const token = await mailedToken(stack(), email);
  withoutSweep();
  await changeUser(stack(), other, admin.user.id, { role: 'general' });
  stack().faults([]);
  expect(await linkState(stack(), token)).toBe('active');
  expect(refusedFields(await attempt(stack(), { token, ...somebody(), email }))).toEqual([
    422,
    'invite_revoked',
  ]);
  expect((await readUser(stack(), other, admin.user.id)).json.email).toBe(email);
});
