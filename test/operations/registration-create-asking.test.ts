/** @module-tag engine */
import { describe, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { attempt, newAddress } from '../harness/people/guests.ts';
import { linkState } from '../harness/invites/invites.ts';
import { userInvite, verifiedUser } from '../harness/invites/inviting.ts';
import { mailedCode } from '../harness/people/codes.ts';
import { solvedCaptcha } from '../harness/people/captchas.ts';
import { send } from '../harness/http/http.ts';
import { claimOf, deedsOf, unprovenUser } from '../harness/people/accounts.ts';
import {
  invite,
  mailedGuest,
  mailedToken,
  openInvite,
  register,
  somebody,
  tokenOf,
} from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { numberOf, rowsOf } from '../harness/stack/rows.ts';
import { daySeconds, enterWindow } from '../harness/stack/time.ts';

describe('with an open invite', () => {
  const { stack, admin } = useAdmin();
  /**
   * Turns on the deployed rates after the test's preparation, which would exceed them. The clock stands at the beginning of a day, so
   * that all that follows is counted in one minute and one day.
   */
  const limit = () => {
    enterWindow(stack(), daySeconds);
    stack().deploy({ rates: 'on' });
  };
  /** Registers from a new address each time, so that the rate of one address does not matter. */
  const enter = (json: object) => attempt(stack(), json, { from: newAddress() });
  const ask = async (token: string, email: string, json: object = {}) =>
    (await enter({ token, email, password: 'another person altogether', ...json })).json.code;

  test('C104: a weak password tells no member from a free address', async () => {
    const token = await openInvite(stack(), admin);
    const member = (await mailedGuest(stack(), admin)).user;
    const weak = { password: 'password' };
    expect(await ask(token, member.email!, weak)).toBe('weak_password');
    expect(await ask(token, somebody().email, weak)).toBe('weak_password');
    expect(await ask(token, somebody().email, { ...weak, username: member.username })).toBe('weak_password');
    expect(await linkState(stack(), token)).toBe('active');
  });

  test('C104: what is done for a member’s address is what is done for a free one', async () => {
    const token = await openInvite(stack(), admin);
    const { email } = (await mailedGuest(stack(), admin)).user as { email: string };
    const work = async (address: string) => {
      stack().clearCalls();
      expect(await ask(token, address, { password: 'password' })).toBe('weak_password');
      const made = stack().calls();
      return made.map(({ function: id, action, resources }) => `${id} ${action} ${resources.join(' ')}`);
    };
    expect(await work(email)).toEqual(await work(somebody().email));
  });

  test('C104: beyond the registrations of a minute a member’s address is answered as a free one is', async () => {
    const { email } = (await mailedGuest(stack(), admin)).user as { email: string };
    const tokens = await Promise.all([1, 2, 3, 4].map(() => openInvite(stack(), admin)));
    limit();
    const from = newAddress();
    for (const token of tokens.slice(0, 3))
      expect((await attempt(stack(), { token }, { from })).status).toBe(201);
    const answer = async (one: string) =>
      (await attempt(stack(), { token: tokens[3]!, email: one }, { from })).json.code;
    expect(await answer(somebody().email)).toBe('rate_limited');
    expect(await answer(email)).toBe('rate_limited');
  });

  test('C104: after six answers of a day that somebody is a member, each asks for a captcha, of free addresses too', async () => {
    const token = await openInvite(stack(), admin);
    const { email } = (await mailedGuest(stack(), admin)).user as { email: string };
    const other = await openInvite(stack(), admin);
    limit();
    for (let turn = 0; turn < 6; turn += 1) expect(await ask(token, email)).toBe('email_taken');
    expect(await ask(token, email)).toBe('captcha_required');
    expect(await ask(token, somebody().email)).toBe('captcha_required');
    expect(await ask(token, email, { captcha: await solvedCaptcha(stack()) })).toBe('email_taken');
    const guest = { token, captcha: await solvedCaptcha(stack()) };
    expect((await enter(guest)).status, 'nobody is kept out by it').toBe(201);
    expect((await enter({ token: other })).status, 'another invite').toBe(201);
  });

  test('C104: the lock of somebody who came in by this invite tells no more than that they are a member', async () => {
    const [row] = await invite(stack(), admin, { maxUses: 2 });
    const token = tokenOf(row!.url);
    const guest = { ...somebody(), token };
    expect((await enter(guest)).status).toBe(201);
    limit();
    for (let turn = 0; turn < 7; turn += 1) expect(await ask(token, guest.email)).toBe('email_taken');
    expect(await ask(token, guest.email), 'locked, and beyond the answers of the day').toBe(
      'captcha_required',
    );
    expect(await ask(token, somebody().email)).toBe('captcha_required');
    expect((await enter(guest)).json.code, 'with the right password').toBe('captcha_required');
  });

  test('C104: thirty questions at once get six answers', async () => {
    const token = await openInvite(stack(), admin);
    const { email } = (await mailedGuest(stack(), admin)).user as { email: string };
    limit();
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask(token, email)));
    expect(answers.filter((code) => code === 'email_taken').length).toBeLessThanOrEqual(6);
    expect(new Set(answers)).toEqual(new Set(['email_taken', 'captcha_required']));
  });

  test('201 C104 C68: the owner takes an address back whose squatter was disabled: by a mailed invite, or by moving there', async () => {
    for (const way of ['invite', 'move']) {
      const squatter = await unprovenUser(stack(), admin);
      const path = `/v1/admin/users/${squatter.user.id}`;
      const disabled = { token: admin.session.token, json: { disabled: true } };
      expect((await send(stack(), 'PATCH', path, disabled)).status).toBe(200);
      let owner: SignedIn['user'];
      if (way === 'invite') {
        await invite(stack(), admin, { emails: [squatter.email] });
        const token = await mailedToken(stack(), squatter.email);
        owner = (await register(stack(), token, { ...somebody(), email: squatter.email })).user;
      } else {
        const { user, session } = await mailedGuest(stack(), admin);
        const sent = { token: session.token };
        const code = await mailedCode(stack(), 'email-update', squatter.email, sent);
        const json = { email: squatter.email, ...code };
        expect((await send(stack(), 'PUT', '/v1/me/email', { ...sent, json })).status, way).toBe(200);
        owner = user;
      }
      expect(await claimOf(stack(), squatter.email)).toEqual({ userId: owner.id, verified: true });
    }
  });
});

describe('with invites of one’s own', () => {
  const { stack, admin } = useAdmin('usersInvite');

  test('C104: to be told that an address is a member’s costs one; one’s own address, and an open invite, do not', async () => {
    const member = (await mailedGuest(stack(), admin)).user.email!;
    const asker = await verifiedUser(stack(), admin);
    const sent = async () =>
      numberOf(rowsOf(await stack().dumpTables(), 'users', 'id', asker.user.id)[0]!, 'invitesSent') || 0;
    const own = asker.user.email!;
    expect((await userInvite(stack(), asker, own)).json.code).toBe('email_taken');
    expect(await sent()).toBe(0);
    for (const count of [1, 2]) {
      expect((await userInvite(stack(), asker, member)).json.code).toBe('email_taken');
      expect(await sent()).toBe(count);
    }
    for (const email of [member, somebody().email])
      expect((await userInvite(stack(), asker, email)).json.code).toBe('quota_exceeded');
    const asked = (await deedsOf(stack(), asker)).filter((deed) => deed.startsWith('invite.create'));
    expect(asked, 'what the trail tells').toEqual(['invite.create refused', 'invite.create refused']);
  });

  test('C104: of twenty questions at once no more are answered than invites are left', async () => {
    const member = (await mailedGuest(stack(), admin)).user.email!;
    const asker = await verifiedUser(stack(), admin);
    const answers = await Promise.all(Array.from({ length: 20 }, () => userInvite(stack(), asker, member)));
    expect(answers.filter(({ json }) => json.code === 'email_taken')).toHaveLength(2);
  });
});
