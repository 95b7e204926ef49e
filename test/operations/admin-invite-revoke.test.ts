import { expect, test } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite, linkState, shownInvite, type ShownInvite } from '../harness/invites/invites.ts';
import { codeState } from '../harness/invites/inviting.ts';
import { invite, mailedToken, openInvite, register, somebody, tokenOf } from '../harness/people/people.ts';

const { stack, admin } = useAdmin();
const day = 86_400;

const revoke = (id: string) => changeInvite(stack(), admin, id, 'revoke');

test('200 R0.7: withdraws an invite; its links, shown and mailed, are dead', async () => {
  const emails = ['gone@example.com'];
  const [row] = await invite(stack(), admin, { emails });
  const mailed = await mailedToken(stack(), emails[0]!);
  const { status, json } = await sendEvent<ShownInvite>(stack(), 'admin-invite-revoke', {
    path: `/v1/admin/invites/${row!.id}/revoke`,
    token: admin.session.token,
  });
  expect({ status, json }).toMatchObject({ status: 200, json: { id: row!.id, status: 'revoked', uses: 0 } });
  expect(json).not.toHaveProperty('url');
  expect(await linkState(stack(), tokenOf(row!.url))).toBe('revoked');
  expect(await linkState(stack(), mailed)).toBe('revoked');
  expect(await codeState(stack(), row!.code!)).toBe('revoked');
  const answer = await send<Problem>(stack(), 'POST', '/v1/register', {
    json: { token: mailed, transport: 'token', ...somebody(), email: emails[0] },
  });
  expect(answer).toMatchObject({ status: 422, json: { code: 'invite_revoked' } });
});

test('200: withdrawing twice, or at once, is withdrawing once', { tags: 'engine' }, async () => {
  const [row] = await invite(stack(), admin);
  const answers = await Promise.all(Array.from({ length: 5 }, () => revoke(row!.id)));
  // A request that loses the race may answer 409. No other error is allowed.
  for (const { status } of answers) expect([200, 409]).toContain(status);
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
  expect(await revoke(row!.id)).toMatchObject({ status: 200, json: { status: 'revoked' } });
  expect((await stack().dumpTables())['audit']!.filter((entry) => isOf(entry, row!.id))).toHaveLength(1);
});

const isOf = (entry: object, id: string) =>
  JSON.stringify(entry).includes('invite.revoke') && JSON.stringify(entry).includes(id);

test('200: frees the address for another invite', async () => {
  const emails = ['again@example.com'];
  const [row] = await invite(stack(), admin, { emails });
  expect(await invite(stack(), admin, { emails })).toMatchObject([{ result: 'already_invited' }]);
  await revoke(row!.id);
  expect(await invite(stack(), admin, { emails })).toMatchObject([{ result: 'invited' }]);
});

test('200: an expired invite can be withdrawn, also when its address has a newer one', async () => {
  const emails = ['newer@example.com'];
  const [old] = await invite(stack(), admin, { emails, expiresInDays: 1 });
  stack().clock.offsetSeconds = day + 60;
  const [newer] = await invite(stack(), admin, { emails, expiresInDays: 2 });
  expect(newer).toMatchObject({ result: 'invited' });
  expect(await revoke(old!.id)).toMatchObject({ status: 200, json: { status: 'revoked' } });
  expect(await linkState(stack(), tokenOf(newer!.url))).toBe('active');
  expect(await invite(stack(), admin, { emails })).toMatchObject([{ result: 'already_invited' }]);
});

test('200: an open link that went to an address can be withdrawn after its first use', async () => {
  const emails = ['team@example.com'];
  const [row] = await invite(stack(), admin, { emails, kind: 'account', maxUses: 3 });
  await register(stack(), tokenOf(row!.url));
  await invite(stack(), admin, { emails });
  expect(await revoke(row!.id)).toMatchObject({ status: 200, json: { status: 'revoked', uses: 1 } });
  expect(await linkState(stack(), tokenOf(row!.url))).toBe('revoked');
});

test('422: a used invite cannot be withdrawn', async () => {
  const [row] = await invite(stack(), admin);
  await register(stack(), tokenOf(row!.url));
  expect(await revoke(row!.id)).toMatchObject({ status: 422, json: { code: 'invite_used' } });
  expect(await shownInvite(stack(), admin, row!.id)).toMatchObject({ status: 'used', uses: 1 });
});

test('200 C8: revoking races redeeming, and one of the two wins', { tags: 'engine' }, async () => {
  for (let round = 0; round < 5; round += 1) {
    const [row] = await invite(stack(), admin);
    const json = { token: tokenOf(row!.url), transport: 'token', ...somebody() };
    const [revoked, registered] = await Promise.all([
      revoke(row!.id),
      send(stack(), 'POST', '/v1/register', { json }),
    ]);
    expect([revoked.status === 200, registered.status === 201].filter(Boolean)).toHaveLength(1);
    const shown = await shownInvite(stack(), admin, row!.id);
    expect(shown.status).toBe(revoked.status === 200 ? 'revoked' : 'used');
    expect(shown.uses).toBe(registered.status === 201 ? 1 : 0);
  }
});

test.each(['AAECAwQFBgcICQoLDA0ODw', 'record', '%23', 'x'.repeat(64)])(
  '404: there is no invite %s',
  async (id) => {
    expect(await revoke(id)).toMatchObject({ status: 404, json: { code: 'not_found' } });
  },
);

test('401 403 R4.1: only administrators withdraw', async () => {
  const [row] = await invite(stack(), admin);
  const path = `/v1/admin/invites/${row!.id}/revoke`;
  expect((await send(stack(), 'POST', path)).json.code).toBe('unauthenticated');
  const guest = await register(stack(), await openInvite(stack(), admin));
  expect(await changeInvite(stack(), guest, row!.id, 'revoke')).toMatchObject({
    status: 403,
    json: { code: 'forbidden' },
  });
  expect(await linkState(stack(), tokenOf(row!.url))).toBe('active');
});
