import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { decodeJwt } from 'jose';
import { userRef } from '#shared/users/user-rows.ts';
import { askCode, mailedCode } from '../harness/people/codes.ts';
import { attempt } from '../harness/people/guests.ts';
import { createInvites, userInvite } from '../harness/invites/inviting.ts';
import { signIn } from '../harness/people/accounts.ts';
import { changeUser, readUser } from '../harness/people/managing.ts';
import { send } from '../harness/http/http.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import {
  firstAdmin,
  invite,
  mailedToken,
  openInvite,
  register,
  secondAdmin,
  somebody,
  tokenOf,
  type SignedIn,
} from '../harness/people/people.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { useStack } from '../harness/stack/stack.ts';

const { stack, admin } = useAdmin();

const refusal = { status: 403, json: { code: 'not_verified' } };
/** A thief who saw the link of an administrator's invite and registers the invited address with it. */
async function linkThief(wish: object = {}) {
  const { email } = somebody('ceo');
  const [row] = await invite(stack(), admin, { emails: [email], role: 'admin', send: false, ...wish });
  const thief = await register(stack(), tokenOf(row!.url), { ...somebody(), email });
  expect(thief.user).toMatchObject({ email, role: 'admin', emailVerified: false });
  return thief;
}
const prove = async ({ user, session: { token } }: SignedIn) => {
  const json = await mailedCode(stack(), 'email-verify', user.email!, { token });
  return send(stack(), 'POST', '/v1/email/verify', { token, json });
};

test.each([{}, { kind: 'domain', emails: ['*@example.com'] }, { kind: 'account' }])(
  '403 C94: a link that was shown makes an administrator of nobody who has not proven the mailbox: %j',
  async (wish) => {
    const thief = await linkThief(wish);
    expect(await createInvites(stack(), thief, { role: 'admin' })).toMatchObject(refusal);
    expect(await readUser(stack(), thief, admin.user.id)).toMatchObject(refusal);
    for (const { user } of [thief, admin])
      expect(await changeUser(stack(), thief, user.id, { emailVerified: true })).toMatchObject(refusal);
    expect(await userInvite(stack(), thief, somebody().email)).toMatchObject(refusal);
  },
);

test('403 C94: nor of who proves another mailbox than the one that the invite was for', async () => {
  const thief = await linkThief();
  const { token } = thief.session;
  const { email } = somebody('thief');
  const asked = await askCode(stack(), 'email-update', email, { token });
  const typed = asked.status === 202 ? await mailedCode(stack(), 'email-update', email, { token }) : {};
  const moved = await send(stack(), 'PUT', '/v1/me/email', { token, json: { email, ...typed } });
  expect(moved).toMatchObject(refusal);
  // The owner of the mailbox takes the address back. The thief then has no address.
  await invite(stack(), admin, { emails: [thief.user.email] });
  const owner = await mailedToken(stack(), thief.user.email!);
  await register(stack(), owner, { ...somebody(), email: thief.user.email });
  const again = await send(stack(), 'PUT', '/v1/me/email', { token, json: { email, ...typed } });
  expect(again).toMatchObject(refusal);
  expect(await readUser(stack(), thief, admin.user.id)).toMatchObject(refusal);
});

test('200 C94: who mistyped the address by an invite that named none corrects it, and administers', async () => {
  const honest = await register(stack(), await openInvite(stack(), admin, { role: 'admin' }));
  const { token } = honest.session;
  const { email } = somebody('honest');
  const json = { email, ...(await mailedCode(stack(), 'email-update', email, { token })) };
  const moved = await send(stack(), 'PUT', '/v1/me/email', { token, json });
  expect(moved).toMatchObject({ status: 200, json: { email, emailVerified: true } });
  expect((await readUser(stack(), honest, admin.user.id)).status).toBe(200);
});

test.each([{}, { kind: 'domain', emails: ['*@example.com'] }])(
  '403 C94: who was promoted, or invited by a mailbox, does not: %j',
  async (wish) => {
    const promoted = await register(stack(), await openInvite(stack(), admin, { role: 'admin' }));
    for (const role of ['general', 'admin']) await changeUser(stack(), admin, promoted.user.id, { role });
    const { json: again } = await signIn(stack(), promoted.user.username);
    for (const { session } of [again, await linkThief(wish)]) {
      const { token } = session;
      const { email } = somebody('other');
      const json = { email, ...(await mailedCode(stack(), 'email-update', email, { token })) };
      expect(await send(stack(), 'PUT', '/v1/me/email', { token, json })).toMatchObject(refusal);
    }
  },
);

/** Whether the home page links to the administrators' pages. */
const leadsToAdmin = async ({ session: { token } }: SignedIn) =>
  (await send(stack(), 'GET', '/', { cookies: { '__Host-session': token } })).text.includes(
    'href="/admin/invites"',
  );

test('200 C94: whoever proves the mailbox administers from then on', async () => {
  const owner = await linkThief();
  expect(await leadsToAdmin(owner)).toBe(false);
  expect((await prove(owner)).status).toBe(200);
  expect(await leadsToAdmin(owner)).toBe(true);
  expect((await readUser(stack(), owner, admin.user.id)).status).toBe(200);
});

test('C94: access tokens say who administers, and not who was only invited to', async () => {
  const roleOf = async ({ session: { token } }: SignedIn) => {
    const json = { audience: 'latchkey' };
    const { json: made } = await send<{ token: string }>(stack(), 'POST', '/v1/tokens', { token, json });
    return decodeJwt(made.token)['role'];
  };
  const thief = await linkThief();
  expect([await roleOf(thief), await roleOf(admin)]).toEqual(['general', 'admin']);
  await prove(thief);
  expect(await roleOf(thief)).toBe('admin');
});

test('C94 R4.7: the first administrator works at once, with an unproven mailbox', async () => {
  expect(admin.user).toMatchObject({ role: 'admin', emailVerified: false });
  expect((await createInvites(stack(), admin, { role: 'admin' })).status).toBe(201);
});

test.each([
  { emailVerified: true },
  { role: 'admin' },
  { unlock: true },
  { unlock: true, limits: { invites: 3 } },
])('403 C94: nobody changes themselves by %j', async (json) => {
  const other = await secondAdmin(stack(), admin);
  const before = (await stack().dumpTables())['users'];
  for (const who of [admin, other]) {
    const answer = await changeUser(stack(), who, who.user.id, json);
    expect(answer).toMatchObject({ status: 403, json: { code: 'forbidden' } });
    expect(answer.json.detail).toContain('another administrator');
  }
  expect((await stack().dumpTables())['users']).toEqual(before);
});

test('200 C94: another administrator does it, and what takes nothing from others stays one’s own', async () => {
  const other = await secondAdmin(stack(), admin);
  for (const json of [{ unlock: true }, { role: 'admin' }])
    expect((await changeUser(stack(), admin, other.user.id, json)).status).toBe(200);
  expect((await changeUser(stack(), other, other.user.id, { limits: { invites: 3 } })).status).toBe(200);
});

test(
  '422 C94 C91: whoever has not proven the mailbox grants nothing by an invite',
  { tags: 'engine' },
  async () => {
    const issuer = await secondAdmin(stack(), admin);
    const token = await openInvite(stack(), issuer, { role: 'admin' });
    const { documents, config } = insiderOf(stack());
    await documents.send(
      new UpdateCommand({
        ...userRef(config, issuer.user.id),
        UpdateExpression: 'SET emailVerified = :false',
        ExpressionAttributeValues: { ':false': false },
      }),
    );
    expect(await attempt(stack(), { token })).toMatchObject({
      status: 422,
      json: { code: 'invite_revoked' },
    });
  },
);

describe('C94: where no mail goes out', () => {
  const quiet = useStack('copyLink');

  test('403 200: another administrator vouches for the second one by hand', async () => {
    const chief = await firstAdmin(quiet());
    const other = await register(quiet(), await openInvite(quiet(), chief, { role: 'admin' }));
    expect(await readUser(quiet(), other, chief.user.id)).toMatchObject(refusal);
    expect(await changeUser(quiet(), other, other.user.id, { emailVerified: true })).toMatchObject(refusal);
    expect((await changeUser(quiet(), chief, other.user.id, { emailVerified: true })).status).toBe(200);
    expect((await readUser(quiet(), other, chief.user.id)).status).toBe(200);
  });
});
