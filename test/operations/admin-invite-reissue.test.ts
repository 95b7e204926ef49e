import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import {
  changeInvite,
  linkState,
  listAll,
  shownInvite,
  type ShownInvite,
} from '../harness/invites/invites.ts';
import { auditOf, codeState } from '../harness/invites/inviting.ts';
import {
  invite,
  mailedGuest,
  mailedToken,
  openInvite,
  register,
  somebody,
  tokenOf,
} from '../harness/people/people.ts';

const { stack, admin } = useAdmin();
const day = 86_400;

const reissue = (id: string, wish: object = {}) => changeInvite(stack(), admin, id, 'reissue', wish);

test('200 R0.7: the new links work and are mailed, the old ones are dead', async () => {
  const guest = somebody();
  const [row] = await invite(stack(), admin, { emails: [guest.email], locale: 'ja', note: 'kept' });
  const before = await mailedToken(stack(), guest.email);
  const { status, json } = await sendEvent<ShownInvite>(stack(), 'admin-invite-reissue', {
    path: `/v1/admin/invites/${row!.id}/reissue`,
    token: admin.session.token,
  });
  expect({ status, json }).toMatchObject({
    status: 200,
    json: { id: row!.id, status: 'active', email: guest.email, note: 'kept', delivery: 'pending' },
  });
  const after = await mailedToken(stack(), guest.email);
  expect(stack().mails(guest.email)).toHaveLength(2);
  expect(await linkState(stack(), before)).toBe('invalid');
  expect(await linkState(stack(), tokenOf(row!.url))).toBe('invalid');
  expect(await linkState(stack(), tokenOf(json.url!))).toBe('active');
  expect((await register(stack(), after, guest)).user.emailVerified).toBe(true);
});

test('200 R0.7: the code changes with the link, also one of the admin’s own', async () => {
  for (const wish of [{}, { code: 'MINE' }]) {
    const [row] = await invite(stack(), admin, wish);
    const { json } = await reissue(row!.id);
    expect(json.code).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
    expect(await codeState(stack(), row!.code!)).toBe('invalid');
    expect(await codeState(stack(), json.code!)).toBe('active');
  }
  expect(await invite(stack(), admin, { code: 'MINE' })).toMatchObject([{ result: 'invited' }]);
});

test('200 R0.7: a corrected address gets the link, and the one before is free', async () => {
  const [before, after] = ['tpyo@example.com', 'typo@example.com'];
  const [row] = await invite(stack(), admin, { emails: [before], note: 'kept', locale: 'zh' });
  const old = await mailedToken(stack(), before);
  const { status, json } = await reissue(row!.id, { email: ' TYPO@example.com ' });
  expect({ status, json }).toMatchObject({ status: 200, json: { email: after, note: 'kept', locale: 'zh' } });
  expect(await linkState(stack(), old)).toBe('invalid');
  expect(await linkState(stack(), await mailedToken(stack(), after))).toBe('active');
  expect(stack().mails(before)).toHaveLength(1);
  expect(await listAll(stack(), admin, { email: after })).toMatchObject([{ id: row!.id }]);
  expect(await invite(stack(), admin, { emails: [before, after] })).toMatchObject([
    { result: 'invited' },
    { id: row!.id, result: 'already_invited' },
  ]);
  expect(await auditOf(stack(), row!.id)).toContain(`invite.reissue by ${admin.user.id}`);
});

test('409: an address that has an invite of its own is no correction', async () => {
  const rows = await invite(stack(), admin, { emails: ['first@example.com', 'second@example.com'] });
  expect(await reissue(rows[0]!.id, { email: 'second@example.com' })).toMatchObject({
    status: 409,
    json: { code: 'conflict', title: 'This address has another open invite' },
  });
  for (const row of rows) expect(await linkState(stack(), tokenOf(row.url))).toBe('active');
});

test('409: an expired invite beside a newer one for its address gets no new link, and the answer says why', async () => {
  const emails = ['twice@example.com'];
  const [old] = await invite(stack(), admin, { emails, expiresInDays: 1 });
  stack().clock.offsetSeconds = 2 * day;
  const [newer] = await invite(stack(), admin, { emails });
  expect(await reissue(old!.id)).toMatchObject({
    status: 409,
    json: { code: 'conflict', detail: 'Give that invite a new link, or withdraw it first.' },
  });
  await changeInvite(stack(), admin, newer!.id, 'revoke');
  expect((await reissue(old!.id)).status).toBe(200);
});

test('422: an invite for an address that is a member’s gets no new link, which nobody could redeem', async () => {
  const member = await mailedGuest(stack(), admin);
  const email = member.user.email!;
  const [typo] = await invite(stack(), admin, { emails: ['wrong@example.com'] });
  const [again] = await invite(stack(), admin, { emails: ['again@example.com'] });
  // The guest came in by another invite while this one was open.
  await register(stack(), await openInvite(stack(), admin), { ...somebody(), email: 'again@example.com' });
  const refused = { status: 422, json: { code: 'email_taken' } };
  expect(await reissue(typo!.id, { email })).toMatchObject(refused);
  expect(await linkState(stack(), tokenOf(typo!.url))).toBe('active');
  // An open link still lets others in after the member at its address has used it.
  const [open] = await invite(stack(), admin, { emails: ['team@example.com'], kind: 'account', maxUses: 2 });
  await register(stack(), await mailedToken(stack(), 'team@example.com'), {
    ...somebody(),
    email: 'team@example.com',
  });
  expect((await reissue(open!.id)).status).toBe(200);
  // A user who only claims an address yields to its owner, so the address can still be invited.
  expect((await reissue(again!.id)).status).toBe(200);
});

test.each<[object, string, string]>([
  [{}, 'somebody@example.com', 'This invite is not for an address.'],
  [{ kind: 'domain', emails: ['*@example.com'] }, 'a@example.com', 'This invite is not for an address.'],
  [{ emails: ['bad@example.com'] }, 'no address', 'Enter an email address such as name@example.com.'],
])('422: an invite from %j cannot be corrected to %s', async (wish, email, message) => {
  const [row] = await invite(stack(), admin, wish);
  expect(await reissue(row!.id, { email })).toMatchObject({
    status: 422,
    json: { code: 'invalid', errors: [{ path: 'email', message }] },
  });
  expect(await linkState(stack(), tokenOf(row!.url))).toBe('active');
});

test('200: without sending, the new link is only shown', async () => {
  const [row] = await invite(stack(), admin, { emails: ['shown@example.com'] });
  await stack().settle();
  const { json } = await reissue(row!.id, { send: false });
  await stack().settle();
  expect(stack().mails('shown@example.com')).toHaveLength(1);
  expect(json).not.toHaveProperty('delivery');
  expect(await linkState(stack(), tokenOf(json.url!))).toBe('active');
});

test('200 R0.7: an expired invite gets a new link and its whole life again', async () => {
  const [row] = await invite(stack(), admin, { expiresInDays: 3 });
  stack().clock.offsetSeconds = 4 * day;
  expect(await linkState(stack(), tokenOf(row!.url))).toBe('expired');
  const { json } = await reissue(row!.id);
  const life = Date.parse(json.expiresAt!) - stack().clock.now();
  expect(Math.round(life / day / 1000)).toBe(3);
  expect(await linkState(stack(), tokenOf(json.url!))).toBe('active');
});

test('200 R0.7: a withdrawn invite can be given again, and claims its address again', async () => {
  const emails = ['back@example.com'];
  const [row] = await invite(stack(), admin, { emails });
  await changeInvite(stack(), admin, row!.id, 'revoke');
  const { json } = await reissue(row!.id);
  expect(await linkState(stack(), tokenOf(json.url!))).toBe('active');
  expect(await invite(stack(), admin, { emails })).toMatchObject([{ result: 'already_invited' }]);
});

test('200: uses that were made stay counted', async () => {
  const [row] = await invite(stack(), admin, { maxUses: 2 });
  await register(stack(), tokenOf(row!.url));
  const { json } = await reissue(row!.id);
  expect(json).toMatchObject({ uses: 1, usesLeft: 1 });
  await register(stack(), tokenOf(json.url!));
  expect(await reissue(row!.id)).toMatchObject({ status: 422, json: { code: 'invite_used' } });
});

test(
  '200: parallel re-issues leave one generation, whose link is the only one that works',
  { tags: 'engine' },
  async () => {
    const email = 'racing@example.com';
    const [row] = await invite(stack(), admin, { emails: [email] });
    const first = await mailedToken(stack(), email);
    const answers = await Promise.all(Array.from({ length: 8 }, () => reissue(row!.id)));
    for (const { status, json } of answers) {
      expect([200, 409]).toContain(status);
      if (status === 409) expect(json.code).toBe('conflict');
    }
    const urls = answers.flatMap(({ status, json }) => (status === 200 ? [json.url!] : []));
    expect(new Set(urls).size).toBe(urls.length);
    const states = await Promise.all(urls.map((url) => linkState(stack(), tokenOf(url))));
    expect(states.filter((state) => state === 'active')).toHaveLength(1);
    expect(await linkState(stack(), first)).toBe('invalid');
    expect(await linkState(stack(), await mailedToken(stack(), email))).toBe('active');
    const rows = await listAll(stack(), admin, { email });
    expect(rows).toMatchObject([{ id: row!.id, status: 'active' }]);
  },
);

test('409: an expired invite does not come back beside a newer one for the same address', async () => {
  const emails = ['one@example.com'];
  const [old] = await invite(stack(), admin, { emails, expiresInDays: 1 });
  stack().clock.offsetSeconds = day + 60;
  const [newer] = await invite(stack(), admin, { emails });
  expect(await reissue(old!.id)).toMatchObject({ status: 409, json: { code: 'conflict' } });
  expect(await linkState(stack(), tokenOf(newer!.url))).toBe('active');
});

test('422: a used invite stays used', async () => {
  const [row] = await invite(stack(), admin);
  await register(stack(), tokenOf(row!.url));
  expect(await reissue(row!.id)).toMatchObject({ status: 422, json: { code: 'invite_used' } });
  expect(await shownInvite(stack(), admin, row!.id)).toMatchObject({ status: 'used' });
});

test('422 404: unknown fields and unknown invites are refused', async () => {
  const [row] = await invite(stack(), admin);
  expect(await reissue(row!.id, { expiresInDays: 9 })).toMatchObject({
    status: 422,
    json: { code: 'invalid', errors: [{ path: 'expiresInDays' }] },
  });
  expect(await linkState(stack(), tokenOf(row!.url))).toBe('active');
  expect(await reissue('AAECAwQFBgcICQoLDA0ODw')).toMatchObject({ status: 404, json: { code: 'not_found' } });
});

test('401 403 R4.1: only administrators re-issue', async () => {
  const [row] = await invite(stack(), admin);
  const path = `/v1/admin/invites/${row!.id}/reissue`;
  expect((await send(stack(), 'POST', path, { json: {} })).json.code).toBe('unauthenticated');
  const guest = await register(stack(), await openInvite(stack(), admin));
  expect(await changeInvite(stack(), guest, row!.id, 'reissue')).toMatchObject({ status: 403 });
  expect(await linkState(stack(), tokenOf(row!.url))).toBe('active');
});
