import { expect, test } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite, linkState, shownInvite } from '../harness/invites/invites.ts';
import { auditOf, deviceUser, readInvite } from '../harness/invites/inviting.ts';
import {
  invite,
  mailedGuest,
  mailedToken,
  openInvite,
  register,
  somebody,
  tokenOf,
} from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { overtake } from '../harness/stack/meanwhile.ts';

const { stack, admin } = useAdmin();
type Answer = { items: { id: string; result: string }[] } & Problem;

const batch = (ids: readonly string[], action: string, { token } = admin.session) =>
  send<Answer>(stack(), 'POST', '/v1/admin/invites/batch', { token, json: { ids, action } });
const results = async (ids: readonly string[], action: string) => {
  const { status, json } = await batch(ids, action);
  expect({ status, ids: json.items.map(({ id }) => id) }).toEqual({ status: 200, ids });
  return json.items.map(({ result }) => result);
};
const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

test('200: the answer names each invite with what became of it', async () => {
  const { token } = admin.session;
  const { status, json } = await sendEvent<Answer>(stack(), 'admin-invite-batch', { token });
  expect({ status, json }).toEqual({
    status: 200,
    json: { items: [{ id: 'AAECAwQFBgcICQoLDA0ODw', result: 'not_found' }] },
  });
});

test('200: withdrawing many, once, twice and at once, is withdrawing once', { tags: 'engine' }, async () => {
  const rows = await invite(stack(), admin, { count: 3 });
  const [used] = await invite(stack(), admin);
  await register(stack(), tokenOf(used!.url));
  const ids = [...idsOf(rows), used!.id, 'nothing'];
  expect(await results(ids, 'revoke')).toEqual(['done', 'done', 'done', 'invite_used', 'not_found']);
  const again = await Promise.all([results(ids, 'revoke'), results(ids, 'revoke')]);
  for (const one of again)
    expect(one).toEqual(['already_done', 'already_done', 'already_done', 'invite_used', 'not_found']);
  expect(await linkState(stack(), tokenOf(rows[0]!.url))).toBe('revoked');
  expect(await auditOf(stack(), rows[0]!.id)).toEqual(
    ['invite.create', 'invite.revoke'].map((action) => `${action} by ${admin.user.id}`),
  );
});

test('200: a second click on new links kills no link and sends no mail', { tags: 'engine' }, async () => {
  const [who, ...others] = [somebody(), somebody()];
  const rows = await invite(stack(), admin, { emails: [who.email, others[0]!.email] });
  const old = await mailedToken(stack(), who.email);
  expect(await results(idsOf(rows), 'reissue')).toEqual(['done', 'done']);
  expect(await results(idsOf(rows), 'reissue')).toEqual(['already_done', 'already_done']);
  const fresh = await mailedToken(stack(), who.email);
  expect(stack().mails(who.email)).toHaveLength(2);
  expect(await linkState(stack(), old)).toBe('invalid');
  expect(await linkState(stack(), fresh)).toBe('active');
  stack().clock.offsetSeconds = 10 * 60;
  expect(await results([rows[0]!.id], 'reissue')).toEqual(['done']);
  expect(await linkState(stack(), fresh)).toBe('invalid');
  stack().clock.offsetSeconds = 0;
});

test(
  '200: of two batches at once that do the same, one does it, and the other says that it was done',
  { tags: 'engine' },
  async () => {
    const ids = idsOf(await invite(stack(), admin, { emails: [somebody().email] }));
    const overtaken = (action: string) =>
      overtake(
        stack(),
        'admin-invite-batch',
        () => results(ids, action),
        () => results(ids, action),
      );
    expect(await overtaken('reissue')).toEqual([['already_done'], ['done']]);
    expect(await overtaken('delete')).toEqual([['not_found'], ['done']]);
  },
);

test('200: a new link that was shown alone is no mail, which a batch sends all the same, once', async () => {
  const { email } = somebody();
  const [row] = await invite(stack(), admin, { emails: [email] });
  await changeInvite(stack(), admin, row!.id, 'reissue', { send: false });
  expect(await results([row!.id], 'reissue')).toEqual(['done']);
  expect(await results([row!.id], 'reissue')).toEqual(['already_done']);
  expect(await linkState(stack(), await mailedToken(stack(), email))).toBe('active');
});

test('200 R0.7: a new link whose mail came to nothing is none, and is sent again at once', async () => {
  const email = 'bounce+batch@simulator.amazonses.com';
  const [row] = await invite(stack(), admin, { emails: [email] });
  await stack().settle();
  expect(await results([row!.id], 'reissue')).toEqual(['done']);
  await stack().settle();
  expect(await shownInvite(stack(), admin, row!.id)).toMatchObject({ deliveryReason: 'suppressed' });
  const lifted = { token: admin.session.token, json: { email, reason: 'The mailbox is there by now.' } };
  expect((await send(stack(), 'POST', '/v1/admin/suppressions/lift', lifted)).status).toBe(200);
  expect(await results([row!.id], 'reissue')).toEqual(['done']);
  await stack().settle();
  expect(stack().mails(email)).toHaveLength(2);
});

test('200 R3.4: a new link for a used invite for a device goes to the address that it is for, once', async () => {
  const { email } = somebody();
  const { inviteId } = await deviceUser(stack(), admin, { emails: [email] });
  await stack().settle();
  expect(await results([inviteId], 'reissue')).toEqual(['done']);
  const fresh = await mailedToken(stack(), email);
  expect(await results([inviteId], 'reissue')).toEqual(['already_done']);
  await stack().settle();
  expect(stack().mails(email)).toHaveLength(2);
  expect(await linkState(stack(), fresh)).toBe('active');
});

test('503 200: a batch that the store breaks off goes on to the same end when it is sent again', async () => {
  const rows = await invite(stack(), admin, { count: 12 });
  stack().faults([
    { kind: 'error', function: 'admin-invite-batch', action: 'TransactWriteItems', nth: 4, times: 99 },
  ]);
  const broken = await batch(idsOf(rows), 'revoke');
  stack().faults([]);
  expect(broken).toMatchObject({ status: 503 });
  expect(broken.json.detail).toMatch(/may have/);
  const again = await results(idsOf(rows), 'revoke');
  expect(again.filter((result) => result !== 'done' && result !== 'already_done')).toEqual([]);
  for (const row of rows) expect(await auditOf(stack(), row.id)).toHaveLength(2);
});

test('200: a hundred at once, each once', async () => {
  const rows = await invite(stack(), admin, { count: 100 });
  expect(await results(idsOf(rows), 'revoke')).toEqual(rows.map(() => 'done'));
});

test('200: what was withdrawn or has expired gets a new link', async () => {
  const [gone] = await invite(stack(), admin);
  await batch([gone!.id], 'revoke');
  expect(await results([gone!.id], 'reissue')).toEqual(['done']);
  expect(await shownInvite(stack(), admin, gone!.id)).toMatchObject({ status: 'active' });
  await batch([gone!.id], 'revoke');
  // An invite that was withdrawn after a new link gets another one.
  expect(await results([gone!.id], 'reissue')).toEqual(['done']);
});

test('200 R3.4: deletes no device-only invite whose user could not come back without it', async () => {
  const [unused] = await invite(stack(), admin, { kind: 'device-only', passphrase: 'open sesame' });
  const { inviteId } = await deviceUser(stack(), admin);
  expect(await results([unused!.id, inviteId], 'delete')).toEqual(['done', 'invite_used']);
});

test('200: deletes many; an invite that was named twice is one', async () => {
  const rows = await invite(stack(), admin, { count: 2 });
  const ids = idsOf(rows);
  const { json } = await batch([...ids, ids[0]!], 'delete');
  expect(json.items).toEqual(ids.map((id) => ({ id, result: 'done' })));
  expect(await results(ids, 'delete')).toEqual(['not_found', 'not_found']);
  expect((await readInvite(stack(), admin, ids[0]!)).status).toBe(404);
});

test.each([
  [{ ids: [], action: 'revoke' }],
  [{ ids: Array.from({ length: 101 }, (_, n) => `id${n}`), action: 'revoke' }],
  [{ ids: ['x'.repeat(65)], action: 'revoke' }],
  [{ ids: ['a'], action: 'promote' }],
  [{ ids: 'a', action: 'revoke' }],
  [{ action: 'revoke' }],
])('422: %j changes nothing', async (json) => {
  const { token } = admin.session;
  const answer = await send<Answer>(stack(), 'POST', '/v1/admin/invites/batch', { token, json });
  expect(answer).toMatchObject({ status: 422, json: { code: 'invalid' } });
});

test('401 403 R4.1: only administrators change invites', async () => {
  const rows = await invite(stack(), admin);
  const json = { ids: idsOf(rows), action: 'delete' };
  expect((await send(stack(), 'POST', '/v1/admin/invites/batch', { json })).status).toBe(401);
  const guest = await mailedGuest(stack(), admin);
  expect((await batch(json.ids, 'delete', guest.session)).json.code).toBe('forbidden');
  expect(await linkState(stack(), tokenOf(rows[0]!.url))).toBe('active');
  expect(await openInvite(stack(), admin)).toBeTruthy();
});
