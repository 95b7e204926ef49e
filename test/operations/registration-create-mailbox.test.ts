import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { mailedCode } from '../harness/people/codes.ts';
import { send } from '../harness/http/http.ts';
import { readInvite } from '../harness/invites/inviting.ts';
import {
  invite,
  mailedToken,
  openInvite,
  register,
  somebody,
  tokenOf,
  type SignedIn,
} from '../harness/people/people.ts';

const { stack, admin } = useAdmin();

const me = async ({ session: { token } }: SignedIn) =>
  (await send<SignedIn['user']>(stack(), 'GET', '/v1/me', { token })).json;
const signIn = (login: string, password: string) =>
  send<SignedIn>(stack(), 'POST', '/v1/sessions', { json: { login, password, transport: 'token' } });

/** Registers another person's address by an open link. */
const squat = async (email: string) => {
  const squatter = { ...somebody('squatter'), email, password: 'squatters own password' };
  const signedIn = await register(stack(), await openInvite(stack(), admin), squatter);
  expect(signedIn.user).toMatchObject({ email, emailVerified: false });
  return { squatter, signedIn };
};

test('201 C68: who proves the mailbox takes the address back; who only claimed it keeps an account without', async () => {
  const email = 'victim1@example.com';
  const { squatter, signedIn } = await squat(email);
  expect((await invite(stack(), admin, { emails: [email] }))[0]!.result).toBe('invited');

  const owner = { ...somebody('owner'), email };
  const { user } = await register(stack(), await mailedToken(stack(), email), owner);
  expect(user).toMatchObject({ email, emailVerified: true });
  expect(await me(signedIn)).toMatchObject({
    id: signedIn.user.id,
    username: squatter.username,
    email: null,
    emailVerified: false,
  });

  expect((await signIn(email, owner.password)).json.user.id).toBe(user.id);
  expect((await signIn(email, squatter.password)).status).toBe(401);
  expect((await signIn(squatter.username, squatter.password)).json.user.id).toBe(signedIn.user.id);
});

test('422 C68: once proven, an address cannot be taken, by a shown link or by a repetition', async () => {
  const email = 'victim2@example.com';
  const first = await openInvite(stack(), admin);
  const squatter = { ...somebody(), email, password: 'squatters own password' };
  await register(stack(), first, squatter);
  await invite(stack(), admin, { emails: [email] });
  const { session } = await register(stack(), await mailedToken(stack(), email), { ...somebody(), email });

  for (const token of [first, await openInvite(stack(), admin)]) {
    const { status, json } = await send(stack(), 'POST', '/v1/register', {
      json: { ...squatter, token, username: somebody().username, transport: 'token' },
    });
    expect(status).toBe(422);
    expect(json.code).toMatch(/^(email_taken|invite_used)$/);
  }
  const { json } = await send<SignedIn['user']>(stack(), 'GET', '/v1/me', { token: session.token });
  expect(json).toMatchObject({ email, emailVerified: true });
});

test('422 C68: a link for an address that was shown, not mailed, does not take it back', async () => {
  const email = 'victim3@example.com';
  const { signedIn } = await squat(email);
  const [row] = await invite(stack(), admin, { emails: [email], send: false });
  const { status, json } = await send(stack(), 'POST', '/v1/register', {
    json: { token: tokenOf(row!.url), ...somebody(), email, transport: 'token' },
  });
  expect({ status, code: json.code }).toEqual({ status: 422, code: 'email_taken' });
  expect((await me(signedIn)).email).toBe(email);
});

test('201 C68: the owner takes the address back also where both came by one invite of several uses', async () => {
  const email = 'victim4@example.com';
  const [row] = await invite(stack(), admin, { emails: [email], kind: 'account', maxUses: 3 });
  const squatter = await register(stack(), tokenOf(row!.url), { ...somebody(), email });
  expect(squatter.user.emailVerified).toBe(false);

  const owner = await register(stack(), await mailedToken(stack(), email), {
    ...somebody(),
    email,
    password: 'the owner chose another',
  });
  expect(owner.user).toMatchObject({ email, emailVerified: true });
  expect(await me(squatter)).toMatchObject({ email: null, emailVerified: false });
});

test(
  '422 C68: an address that its owner took back redeems an invite once, also after the owner has left it',
  { tags: 'engine' },
  async () => {
    const email = 'victim6@example.com';
    const wish = { emails: [email], kind: 'account', maxUses: 4 };
    const [row] = await invite(stack(), admin, wish);
    const squatter = await register(stack(), tokenOf(row!.url), { ...somebody(), email });
    const mailed = await mailedToken(stack(), email);
    const owner = await register(stack(), mailed, {
      ...somebody(),
      email,
      password: 'the owner chose another',
    });
    const next = somebody('moved').email;
    const { token } = owner.session;
    const typed = await mailedCode(stack(), 'email-update', next, { token });
    const moved = await send(stack(), 'PUT', '/v1/me/email', { token, json: { email: next, ...typed } });
    expect(moved.status).toBe(200);

    for (const link of [mailed, tokenOf(row!.url)]) {
      const json = { token: link, ...somebody(), email, transport: 'token' };
      expect(await send(stack(), 'POST', '/v1/register', { json })).toMatchObject({
        status: 422,
        json: { code: 'invite_used' },
      });
    }
    const { json } = await readInvite(stack(), admin, row!.id);
    expect(json).toMatchObject({ uses: 2, usesLeft: 2 });
    const users = json.usedBy.map(({ userId }) => userId).toSorted();
    expect(users).toEqual([squatter.user.id, owner.user.id].toSorted());
  },
);

test(
  '201 C68: taking back and squatting at once leave one holder of the address',
  { tags: 'engine' },
  async () => {
    const email = 'victim5@example.com';
    await invite(stack(), admin, { emails: [email] });
    const mailed = await mailedToken(stack(), email);
    const open = await openInvite(stack(), admin);
    const answers = await Promise.all(
      [open, mailed].map((token) =>
        send<SignedIn>(stack(), 'POST', '/v1/register', {
          json: { token, ...somebody(), email, transport: 'token' },
        }),
      ),
    );
    expect(answers[1]).toMatchObject({ status: 201, json: { user: { email, emailVerified: true } } });
    if (answers[0]!.status === 201) expect((await me(answers[0]!.json)).email).toBeNull();
    else expect(answers[0]!.status).toBe(422);
  },
);
