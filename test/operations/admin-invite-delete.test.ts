import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { linkState, listAll } from '../harness/invites/invites.ts';
import { auditOf, codeState, deleteInvite, readInvite } from '../harness/invites/inviting.ts';
import { outbox, waitSeconds } from '../harness/stack/outbox.ts';
import {
  invite,
  mailedToken,
  openInvite,
  password,
  register,
  somebody,
  tokenOf,
  type SignedIn,
} from '../harness/people/people.ts';
import { rowsOf } from '../harness/stack/rows.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();

const remove = (id: string) => deleteInvite(stack(), admin, id);

/** All rows of an invite: its record, its pass phrase, and the rows elsewhere that point to it. */
async function rowsAbout(id: string): Promise<string[]> {
  const { invites = [] } = await stack().dumpTables();
  return invites.map((row) => JSON.stringify(row)).filter((row) => row.includes(id));
}

test('204 R0.7: removes an invite; links, code and claims are gone, and the trail tells', async () => {
  const emails = ['gone@example.com'];
  const [row] = await invite(stack(), admin, { emails });
  const mailed = await mailedToken(stack(), emails[0]!);
  const answer = await sendEvent(stack(), 'admin-invite-delete', {
    path: `/v1/admin/invites/${row!.id}`,
    token: admin.session.token,
  });
  expect({ status: answer.status, text: answer.text }).toEqual({ status: 204, text: '' });

  expect(await linkState(stack(), tokenOf(row!.url))).toBe('invalid');
  expect(await linkState(stack(), mailed)).toBe('invalid');
  expect(await codeState(stack(), row!.code!)).toBe('invalid');
  const json = { token: mailed, transport: 'token', ...somebody(), email: emails[0] };
  expect(await send(stack(), 'POST', '/v1/register', { json })).toMatchObject({
    status: 404,
    json: { code: 'invite_invalid' },
  });
  expect(await readInvite(stack(), admin, row!.id)).toMatchObject({ status: 404 });
  expect(await listAll(stack(), admin, { email: emails[0]! })).toEqual([]);
  expect(await rowsAbout(row!.id)).toEqual([]);
  expect(await auditOf(stack(), row!.id)).toEqual([
    `invite.create by ${admin.user.id}`,
    `invite.delete by ${admin.user.id}`,
  ]);
  expect(JSON.stringify(stack().logs().slice(-10))).toContain('invite.deleted');
});

test('204: frees the address and the admin’s own code for another invite', async () => {
  const emails = ['again@example.com'];
  const [bound] = await invite(stack(), admin, { emails });
  const [open] = await invite(stack(), admin, { code: 'AGA1N' });
  const taken = await send(stack(), 'POST', '/v1/admin/invites', {
    json: { code: 'again' },
    token: admin.session.token,
  });
  expect(taken).toMatchObject({ status: 422, json: { code: 'invalid', errors: [{ path: 'code' }] } });
  await remove(bound!.id);
  await remove(open!.id);
  expect(await invite(stack(), admin, { emails })).toMatchObject([{ result: 'invited' }]);
  const [next] = await invite(stack(), admin, { code: 'again' });
  expect(next).toMatchObject({ result: 'invited', code: 'AGA1N' });
  expect(await codeState(stack(), 'aga1n')).toBe('active');
});

test('204 R3.4: the pass phrase of a device-only invite goes with it', async () => {
  const [row] = await invite(stack(), admin, { kind: 'device-only', passphrase: 'open sesame' });
  expect(await rowsAbout(row!.id)).toHaveLength(3);
  expect((await remove(row!.id)).status).toBe(204);
  expect(await rowsAbout(row!.id)).toEqual([]);
});

test('204 R0.7: those who used it stay, signed in and able to sign in', async () => {
  const who = somebody();
  const [row] = await invite(stack(), admin, { emails: [who.email] });
  const { session, user } = await register(stack(), await mailedToken(stack(), who.email), who);
  expect((await remove(row!.id)).status).toBe(204);
  const me = await send<{ id: string }>(stack(), 'GET', '/v1/me', { token: session.token });
  expect(me).toMatchObject({ status: 200, json: { id: user.id, email: who.email, emailVerified: true } });
  const json = { login: who.email, password, transport: 'token' };
  expect((await send(stack(), 'POST', '/v1/sessions', { json })).status).toBe(201);
  expect(await invite(stack(), admin, { emails: [who.email] })).toMatchObject([{ result: 'member' }]);
});

test('204: removing an expired invite leaves alone the newer one for its address', async () => {
  const emails = ['newer@example.com'];
  const [old] = await invite(stack(), admin, { emails, expiresInDays: 1 });
  stack().clock.offsetSeconds = daySeconds + 60;
  const [newer] = await invite(stack(), admin, { emails, expiresInDays: 2 });
  expect((await remove(old!.id)).status).toBe(204);
  expect(await linkState(stack(), tokenOf(newer!.url))).toBe('active');
  expect(await codeState(stack(), newer!.code!)).toBe('active');
  expect(await invite(stack(), admin, { emails })).toMatchObject([
    { id: newer!.id, result: 'already_invited' },
  ]);
});

test('204: a mail that is still owed for it is not sent', async () => {
  const { email } = somebody();
  stack().faults([{ kind: 'error', service: 'ses', action: 'SendEmail', times: 999 }]);
  const [row] = await invite(stack(), admin, { emails: [email] });
  await stack().settle();
  await remove(row!.id);
  await waitSeconds(stack(), 61);
  expect(stack().mails(email)).toEqual([]);
  expect(await outbox(stack(), email)).toMatchObject([{ state: 'obsolete', owed: false }]);
  expect(await rowsAbout(row!.id)).toEqual([]);
});

test('204: at once is once, and afterwards there is nothing to remove', { tags: 'engine' }, async () => {
  const [row] = await invite(stack(), admin);
  const answers = await Promise.all(Array.from({ length: 5 }, () => remove(row!.id)));
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  for (const { status } of answers) expect([204, 404, 409]).toContain(status);
  expect(await remove(row!.id)).toMatchObject({ status: 404, json: { code: 'not_found' } });
  expect((await auditOf(stack(), row!.id)).filter((entry) => entry.startsWith('invite.delete'))).toHaveLength(
    1,
  );
});

test(
  '204 C8: removing races redeeming, and nobody comes in by what is gone',
  { tags: 'engine' },
  async () => {
    for (let round = 0; round < 5; round += 1) {
      const [row] = await invite(stack(), admin);
      const who = somebody();
      const json = { token: tokenOf(row!.url), transport: 'token', ...who };
      const [removed, registered] = await Promise.all([
        remove(row!.id),
        send<SignedIn>(stack(), 'POST', '/v1/register', { json }),
      ]);
      expect([204, 409]).toContain(removed.status);
      const users = rowsOf(await stack().dumpTables(), 'users', 'username', who.username);
      expect(users).toHaveLength(registered.status === 201 ? 1 : 0);
      if (registered.status === 201) continue;
      expect(removed.status).toBe(204);
      expect(registered.json).toMatchObject({ code: 'invite_invalid' });
      expect(await rowsAbout(row!.id)).toEqual([]);
    }
  },
);

test.each(['AAECAwQFBgcICQoLDA0ODw', 'record', '%23', 'x'.repeat(64)])(
  '404: there is no invite %s',
  async (id) => {
    expect(await remove(id)).toMatchObject({ status: 404, json: { code: 'not_found' } });
  },
);

test('401 403 R4.1: only administrators remove', async () => {
  const [row] = await invite(stack(), admin);
  const path = `/v1/admin/invites/${row!.id}`;
  expect((await send(stack(), 'DELETE', path)).json.code).toBe('unauthenticated');
  const guest = await register(stack(), await openInvite(stack(), admin));
  expect(await deleteInvite(stack(), guest, row!.id)).toMatchObject({
    status: 403,
    json: { code: 'forbidden' },
  });
  expect(await linkState(stack(), tokenOf(row!.url))).toBe('active');
});
