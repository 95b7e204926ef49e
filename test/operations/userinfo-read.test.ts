import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { decodeJwt, type JWTPayload } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { grantRef } from '#shared/apps/grant-rows.ts';
import type { RowRef } from '#shared/aws/read-row.ts';
import type { Config } from '#shared/deployment/config.ts';
import { userRef } from '#shared/users/user-rows.ts';
import { relayToken } from '../harness/relay/relay.ts';
import { signInToPortal, userinfo } from '../harness/apps/door.ts';
import { send } from '../harness/http/http.ts';
import { signIn, unprovenUser } from '../harness/people/accounts.ts';
import { mailedCode } from '../harness/people/codes.ts';
import { mailedGuest, password, somebody, type SignedIn } from '../harness/people/people.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { signersOf, signWith } from '../harness/stack/signing.ts';

const { stack, admin } = useAdmin();
let guest: SignedIn;
beforeAll(async () => void (guest = await mailedGuest(stack(), admin)));

test('401: whoever shows no token is told which one is wanted (RFC 6750, 3)', async () => {
  const { status, headers } = await sendEvent(stack(), 'userinfo-read');
  expect({ status, challenge: headers['www-authenticate'] }).toEqual({
    status: 401,
    challenge: 'Bearer realm="latchkey"',
  });
});

test('200 R6.1: tells as much as the scopes of the token allow, by GET and by POST', async () => {
  const { user } = guest;
  const { access_token: all } = await signInToPortal(stack(), guest);
  expect((await userinfo(stack(), all)).json).toMatchObject({
    sub: user.id,
    role: 'general',
    email: user.email,
    email_verified: true,
    preferred_username: user.username,
  });
  const { access_token: least } = await signInToPortal(stack(), guest, { scope: 'openid' });
  const byPost = await send(stack(), 'POST', '/oauth/userinfo', { token: least });
  expect(byPost.json).toEqual({ sub: user.id, role: 'general' });
});

test('200: says what is true now, not what was true when the token was made', async () => {
  const { access_token: token } = await signInToPortal(stack(), guest);
  await send(stack(), 'PATCH', '/v1/me', { json: { firstName: 'Mia' }, token: guest.session.token });
  expect((await userinfo(stack(), token)).json).toMatchObject({ given_name: 'Mia' });
});

test('200 R6.1: says since when it is so, also of an address that is another or is proven by now', async () => {
  const { session, who } = await unprovenUser(stack(), admin);
  const { token } = session;
  const { access_token: shown } = await signInToPortal(stack(), { ...guest, session });
  const saidAt = async () => {
    const { json } = await userinfo(stack(), shown);
    return [json['email'], json['email_verified'], Number(json['updated_at'])];
  };
  const later = () => {
    stack().clock.offsetSeconds += 60;
    return Math.floor(stack().clock.now() / 1_000);
  };
  const [, , first] = await saidAt();
  const proof = await mailedCode(stack(), 'email-verify', who.email, { token });
  const provenFrom = later();
  await send(stack(), 'POST', '/v1/email/verify', { token, json: proof });
  const [email, isProven, provenAt] = await saidAt();
  expect([email, isProven]).toEqual([who.email, true]);
  expect(provenAt).toBeGreaterThanOrEqual(provenFrom);
  expect(first).toBeLessThan(provenFrom);
  const next = somebody('new').email;
  const typed = await mailedCode(stack(), 'email-update', next, { token });
  const movedFrom = later();
  const json = { email: next, currentPassword: password, ...typed };
  expect((await send(stack(), 'PUT', '/v1/me/email', { token, json })).status).toBeLessThan(300);
  const [moved, , movedAt] = await saidAt();
  expect(moved).toBe(next);
  expect(movedAt).toBeGreaterThanOrEqual(movedFrom);
});

test('200 R6.1: a new password does not change since when it is so, where the mailbox was proven before', async () => {
  const { user } = await mailedGuest(stack(), admin);
  stack().clock.offsetSeconds += 60;
  const resetAt = Math.floor(stack().clock.now() / 1_000);
  const letter = await mailedCode(stack(), 'password-reset', user.email!);
  const json = { email: user.email, password: 'a new horse battery', ...letter };
  expect((await send(stack(), 'POST', '/v1/password/reset', { json })).status).toBe(204);
  const signedIn = (await signIn(stack(), user.email!, json.password)).json;
  const { access_token: token } = await signInToPortal(stack(), signedIn);
  const said = (await userinfo(stack(), token)).json;
  expect(said).toMatchObject({ email: user.email, email_verified: true });
  expect(said['updated_at']).toBeLessThan(resetAt);
});

test('401: no other token will do, and none any more once it is over or its app is gone', async () => {
  const tokens = await signInToPortal(stack(), guest);
  const others = [
    tokens.id_token,
    tokens.refresh_token!,
    guest.session.token,
    await relayToken(stack(), guest),
    `${tokens.access_token.slice(0, -4)}AAAA`,
    'x',
  ];
  for (const token of others) {
    const { status, headers } = await userinfo(stack(), token);
    expect(status, token).toBe(401);
    expect(headers['www-authenticate']).toMatch(/error="invalid_token"/);
  }
  stack().deploy({ apps: {} });
  expect((await userinfo(stack(), tokens.access_token)).status).toBe(401);
  stack().deploy({});
  stack().clock.offsetSeconds = 601;
  expect((await userinfo(stack(), tokens.access_token)).status).toBe(401);
});

test('401 C30: a token is not good for ever, nor for whatever session: each says all that ours say', async () => {
  const { access_token: token } = await signInToPortal(stack(), guest);
  const [signer] = (await signersOf(stack())).slice(-1);
  const claims = decodeJwt(token);
  const tell = async (said: JWTPayload) =>
    (await userinfo(stack(), await signWith(stack(), signer!, said))).status;
  expect(await tell(claims)).toBe(200);
  for (const name of ['sub', 'sid', 'epoch', 'aud', 'exp', 'iat', 'client_id', 'scope', 'grant'])
    expect(await tell({ ...claims, [name]: undefined }), `without ${name}`).toBe(401);
});

test('401 R6.5: a token stands for nobody any more once the password is another, though the session goes on', async () => {
  const who = await mailedGuest(stack(), admin);
  const { access_token: token } = await signInToPortal(stack(), who);
  expect((await userinfo(stack(), token)).status).toBe(200);
  const json = { currentPassword: password, password: 'an entirely new secret' };
  const { token: sessionToken } = who.session;
  expect((await send(stack(), 'PUT', '/v1/me/password', { json, token: sessionToken })).status).toBe(204);
  expect((await send(stack(), 'GET', '/v1/me', { token: sessionToken })).status).toBe(200);
  expect((await userinfo(stack(), token)).status).toBe(401);
});

test('401 R6.5: nor once the session is over that it came from', async () => {
  stack().deploy({ sessionAbsoluteDays: 1 });
  const who = await mailedGuest(stack(), admin);
  const end = Date.parse(who.session.expiresAt);
  stack().clock.standAt(end - 300_000);
  const { access_token: token } = await signInToPortal(stack(), who);
  stack().clock.standAt(end - 1);
  expect((await userinfo(stack(), token)).status).toBe(200);
  stack().clock.standAt(end);
  expect((await userinfo(stack(), token)).status).toBe(401);
});

const rows: [string, (config: Config, who: SignedIn, token: string) => RowRef][] = [
  ['account', (config, { user }) => userRef(config, user.id)],
  [
    'grant',
    (config, { user }, token) =>
      grantRef(config, { userId: user.id, id: decodeJwt<{ grant: string }>(token).grant }),
  ],
];

test.each(rows)('401: nor where the row of its %s is gone', async (_, rowOf) => {
  const who = await mailedGuest(stack(), admin);
  const { access_token: token } = await signInToPortal(stack(), who);
  const { config, documents } = insiderOf(stack());
  await documents.send(new DeleteCommand(rowOf(config, who, token)));
  expect((await userinfo(stack(), token)).status).toBe(401);
});
