import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { parseSettings } from '#shared/deployment/settings.ts';
import {
  codeFor,
  exchange,
  newPkce,
  portal,
  refresh,
  signInToPortal,
  userinfo,
} from '../harness/apps/door.ts';
import { send } from '../harness/http/http.ts';
import { mailedGuest, type SignedIn } from '../harness/people/people.ts';
import { parseSessionToken } from '#shared/sessions/session-token.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { variants } from '../harness/stack/variants.ts';
import { sendEvent } from '../harness/stack/events.ts';

const { stack, admin } = useAdmin();
let guest: SignedIn;
beforeAll(async () => void (guest = await mailedGuest(stack(), admin)));

const keys = async () =>
  createLocalJWKSet((await send<JSONWebKeySet>(stack(), 'GET', '/.well-known/jwks.json')).json);
const options = () => ({ issuer: stack().app, currentDate: new Date(stack().clock.now()) });

test('400: a code that nobody was given is good for nothing', async () => {
  const { status, json, headers } = await sendEvent<object>(stack(), 'oauth-token');
  expect({ status, json }).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
  expect(headers).toMatchObject({ 'cache-control': 'no-store' });
});

test('200 R6.1: a code becomes an ID token that says who is signed in, by the scopes, and since when', async () => {
  const before = Math.floor(stack().clock.now() / 1_000);
  // Long after the sign-in.
  stack().clock.offsetSeconds = 3_600;
  const { id_token: idToken, ...tokens } = await signInToPortal(stack(), guest);
  expect(tokens).toMatchObject({
    token_type: 'Bearer',
    expires_in: 600,
    scope: 'openid profile email offline_access',
  });
  const { payload, protectedHeader } = await jwtVerify(idToken, await keys(), {
    ...options(),
    audience: 'portal',
  });
  expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT' });
  expect(payload).toEqual({
    iss: stack().app,
    aud: 'portal',
    sub: guest.user.id,
    iat: expect.any(Number) as number,
    exp: payload.iat! + 600,
    jti: expect.any(String) as string,
    auth_time: expect.any(Number) as number,
    nonce: 'n-0S6',
    sid: expect.any(String) as string,
    amr: ['pwd'],
    acr: '1',
    at_hash: expect.any(String) as string,
    email: guest.user.email,
    email_verified: true,
    preferred_username: guest.user.username,
    name: expect.any(String) as string,
    locale: 'en',
    updated_at: expect.any(Number) as number,
    role: 'general',
  });
  expect(payload['auth_time']).toBeLessThanOrEqual(before);
});

test('200 R6.2: an access token is for the first audience of the app, or for one that it names (RFC 9068, RFC 8707)', async () => {
  const { access_token: accessToken } = await signInToPortal(stack(), guest);
  const api = { ...options(), audience: 'https://api.example.com', typ: 'at+jwt' };
  const { payload } = await jwtVerify(accessToken, await keys(), api);
  // All claims of RFC 9068, 2.2, and no word of the profile, whatever the scopes are.
  expect(payload).toEqual({
    iss: stack().app,
    aud: 'https://api.example.com',
    sub: guest.user.id,
    client_id: 'portal',
    scope: 'openid profile email offline_access',
    iat: expect.any(Number) as number,
    exp: payload.iat! + 600,
    jti: expect.any(String) as string,
    auth_time: expect.any(Number) as number,
    sid: expect.any(String) as string,
    epoch: 0,
    role: 'general',
    grant: expect.any(String) as string,
  });
  const { access_token: forRelay } = await signInToPortal(stack(), guest, { resource: 'relay' });
  await jwtVerify(forRelay, await keys(), { ...options(), audience: 'relay' });
  const foreign = await exchange(stack(), await codeFor(stack(), guest), {
    resource: 'https://evil.example',
  });
  expect(foreign).toMatchObject({ status: 400, json: { error: 'invalid_target' } });
});

test('400: a code is for the app, the address and the program that asked for it, and for a minute', async () => {
  const asked = await codeFor(stack(), guest);
  const wrong: [Record<string, string>, string][] = [
    [{ code_verifier: newPkce().verifier }, 'invalid_grant'],
    [{ code_verifier: '' }, 'invalid_request'],
    [{ redirect_uri: 'http://127.0.0.1/callback' }, 'invalid_grant'],
    [{ redirect_uri: '' }, 'invalid_request'],
    [{ client_id: 'latchkey-cli' }, 'invalid_grant'],
    [{ code: `${asked.code.slice(0, -2)}AA` }, 'invalid_grant'],
    [{ code: 'none' }, 'invalid_grant'],
    [{ code: '' }, 'invalid_request'],
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
    [{ grant_type: 'client_credentials' }, 'unsupported_grant_type'],
  ];
  for (const [changes, error] of wrong)
    expect((await exchange(stack(), asked, changes)).json, JSON.stringify(changes)).toMatchObject({ error });
  stack().clock.offsetSeconds = 61;
  expect((await exchange(stack(), asked)).json).toMatchObject({ error: 'invalid_grant' });
});

test('200 400: a code redeemed by a hundred at once has one winner', { tags: 'engine' }, async () => {
  const asked = await codeFor(stack(), guest);
  const answers = await Promise.all(Array.from({ length: 100 }, () => exchange(stack(), asked)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ json }) => json.error === 'invalid_grant')).toHaveLength(99);
});

test('200 400 R6.1: a request that came before the code was used, and reads it after, ends nothing', async () => {
  const asked = await codeFor(stack(), guest);
  const [bothHere, oneAnswered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let reads = 0;
  stack().hold(async ({ action, tables }) => {
    if (action !== 'GetItem' || !tables.includes('grants')) return undefined;
    reads += 1;
    if (reads === 2) bothHere.resolve();
    await (reads === 2 ? oneAnswered : bothHere).promise;
    return undefined;
  });
  const exchanges = [exchange(stack(), asked), exchange(stack(), asked)];
  const { status, json } = await Promise.race(exchanges);
  oneAnswered.resolve();
  const answers = await Promise.all(exchanges);
  expect([status, ...answers.map((answer) => answer.status).toSorted()]).toEqual([200, 200, 400]);
  expect((await userinfo(stack(), json.access_token)).status).toBe(200);
  expect((await refresh(stack(), json.refresh_token!)).status).toBe(200);
});

test('200 400: a code that comes again later ends all that came of it', async () => {
  const asked = await codeFor(stack(), guest);
  const { json } = await exchange(stack(), asked);
  expect((await userinfo(stack(), json.access_token)).status).toBe(200);
  expect((await exchange(stack(), asked)).json).toMatchObject({ error: 'invalid_grant' });
  expect((await refresh(stack(), json.refresh_token!)).json).toMatchObject({ error: 'invalid_grant' });
  expect((await userinfo(stack(), json.access_token)).status).toBe(401);
  // The user stays signed in to Latchkey.
  expect((await send(stack(), 'GET', '/v1/me', { token: guest.session.token })).status).toBe(200);
});

test('200 400 R6.5: refresh tokens rotate; the one before is answered for a minute, and then ends its family', async () => {
  const first = (await signInToPortal(stack(), guest)).refresh_token!;
  const second = (await refresh(stack(), first)).json.refresh_token!;
  expect(second).not.toBe(first);
  // If the answer was lost, a repeat gets the same token.
  expect((await refresh(stack(), first)).json.refresh_token).toBe(second);
  stack().clock.offsetSeconds = 61;
  expect((await refresh(stack(), first)).json).toMatchObject({ error: 'invalid_grant' });
  expect((await refresh(stack(), second)).json).toMatchObject({ error: 'invalid_grant' });
});

test(
  '200 400: of many refreshes at once all get the same token; one twice removed ends the family at once',
  { tags: 'engine' },
  async () => {
    const first = (await signInToPortal(stack(), guest)).refresh_token!;
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(stack(), first)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const [second, ...others] = new Set(answers.map(({ json }) => json.refresh_token));
    expect(others).toEqual([]);
    const third = (await refresh(stack(), second!)).json.refresh_token!;
    expect((await refresh(stack(), first)).json).toMatchObject({ error: 'invalid_grant' });
    expect((await refresh(stack(), third)).json).toMatchObject({ error: 'invalid_grant' });
  },
);

test('200 R6.5: a refresh is a use of the session, which lives on by it', async () => {
  const first = (await signInToPortal(stack(), guest)).refresh_token!;
  stack().clock.offsetSeconds = 2 * 3_600;
  expect((await refresh(stack(), first)).status).toBe(200);
  expect(stack().calls()).toContainEqual(
    expect.objectContaining({
      function: 'oauth-token',
      action: 'UpdateItem',
      resources: ['table/sessions'],
      status: 200,
    }),
  );
});

test('400 R6.5: a session that ends takes its refresh tokens along at once', async () => {
  const person = await mailedGuest(stack(), admin);
  const tokens = await signInToPortal(stack(), person);
  await send(stack(), 'DELETE', '/v1/sessions/current', { token: person.session.token });
  expect((await refresh(stack(), tokens.refresh_token!)).json).toMatchObject({ error: 'invalid_grant' });
  expect((await userinfo(stack(), tokens.access_token)).status).toBe(401);
});

test('400 R6.5: whoever is disabled between code and token, or later, is out of every app', async () => {
  const person = await mailedGuest(stack(), admin);
  const tokens = await signInToPortal(stack(), person);
  const asked = await codeFor(stack(), person);
  const { token } = admin.session;
  await send(stack(), 'PATCH', `/v1/admin/users/${person.user.id}`, { json: { disabled: true }, token });
  expect((await exchange(stack(), asked)).json).toMatchObject({ error: 'invalid_grant' });
  expect((await refresh(stack(), tokens.refresh_token!)).json).toMatchObject({ error: 'invalid_grant' });
  expect((await userinfo(stack(), tokens.access_token)).status).toBe(401);
});

test('200 400: a refresh may ask for less, never for more, and only the app itself may refresh', async () => {
  const tokens = await signInToPortal(stack(), guest, { scope: 'openid offline_access' });
  const more = await refresh(stack(), tokens.refresh_token!, { scope: 'openid email' });
  expect(more.json).toMatchObject({ error: 'invalid_scope' });
  const other = await refresh(stack(), tokens.refresh_token!, { client_id: 'latchkey-cli' });
  expect(other.json).toMatchObject({ error: 'invalid_grant' });
  const less = await refresh(stack(), tokens.refresh_token!, { scope: 'openid' });
  expect(less).toMatchObject({ status: 200, json: { scope: 'openid' } });
});

test('400 R6.5: a refresh token that nobody was given is good for nothing, and ends nothing', async () => {
  const { refresh_token: token } = await signInToPortal(stack(), guest);
  const { refresh_token: other } = await signInToPortal(stack(), guest);
  const [userId, grantId] = token!.split('.');
  const wrong: [string, string][] = [
    [`${userId}.${grantId}.${other!.split('.')[2]}`, 'invalid_grant'],
    [(await codeFor(stack(), guest)).code, 'invalid_grant'],
    ['none', 'invalid_grant'],
    ['', 'invalid_request'],
  ];
  for (const moment of ['before the first refresh', 'while the token before counts']) {
    for (const [text, error] of wrong)
      expect((await refresh(stack(), text)).json, moment).toMatchObject({ error });
    expect((await refresh(stack(), token!)).status, moment).toBe(200);
  }
});

test('400 R6.5: of two apps that may stay signed in, neither can use a refresh token of the other', async () => {
  const { refresh_token: token } = await signInToPortal(stack(), guest);
  const { portal: one } = variants.plain.apps;
  const { apps } = parseSettings({ apps: { portal: one, other: { ...one, title: 'Other' } } });
  stack().deploy({ apps });
  const foreign = await refresh(stack(), token!, { client_id: 'other' });
  expect(foreign.json).toMatchObject({ error: 'invalid_grant' });
  expect((await refresh(stack(), token!)).status).toBe(200);
});

test('200: an app that does not ask for offline_access, or may not stay signed in, gets no refresh token', async () => {
  expect(await signInToPortal(stack(), guest, { scope: 'openid' })).not.toHaveProperty('refresh_token');
  const { apps } = parseSettings({ apps: { portal: { ...variants.plain.apps.portal, refresh: false } } });
  stack().deploy({ apps });
  const tokens = await signInToPortal(stack(), guest);
  expect(tokens).toMatchObject({ scope: 'openid profile email' });
  expect(tokens).not.toHaveProperty('refresh_token');
});

test('401 400: an app that is not known, and parameters that come twice, are refused', async () => {
  const asked = await codeFor(stack(), guest);
  expect(await exchange(stack(), asked, { client_id: 'nobody' })).toMatchObject({
    status: 401,
    json: { error: 'invalid_client' },
  });
  expect(await exchange(stack(), asked, { client_secret: 'x' })).toMatchObject({ status: 401 });
  const raw = `grant_type=authorization_code&code=${asked.code}&code=${asked.code}&client_id=${portal.client_id}`;
  const twice = await send(stack(), 'POST', '/oauth/token', {
    raw,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(twice).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
  const asJson = await send(stack(), 'POST', '/oauth/token', { json: { grant_type: 'authorization_code' } });
  expect(asJson).toMatchObject({
    status: 415,
    json: { error: 'invalid_request', error_description: 'unsupported_media_type' },
  });
});

test('200 400 R6.5: what the settings take from an app is taken from what it was granted before, too', async () => {
  const { refresh_token: first } = await signInToPortal(stack(), guest, { resource: 'relay' });
  const { portal: before } = variants.plain.apps;
  const without = (changes: object) =>
    stack().deploy(parseSettings({ apps: { portal: { ...before, ...changes } } }));
  without({ audiences: ['https://other.example.com'] });
  const { status, json } = await refresh(stack(), first!);
  expect({ status, aud: decodeJwt(json.access_token).aud }).toEqual({
    status: 200,
    aud: 'https://other.example.com',
  });
  without({ refresh: false });
  expect((await refresh(stack(), json.refresh_token!)).json).toMatchObject({ error: 'invalid_grant' });
});

const readRow = async (table: 'sessions' | 'grants', Key: object) => {
  const { config, documents } = insiderOf(stack());
  const { Item } = await documents.send(new GetCommand({ TableName: config.table(table), Key }));
  return Item as Record<string, number>;
};

test('200: a grant is remembered for as long as its session can be kept alive', async () => {
  const { refresh_token } = await signInToPortal(stack(), guest);
  const { userId, sessionId: id } = parseSessionToken(guest.session.token)!;
  const [, grantId] = refresh_token!.split('.');
  const { absoluteExpiresAt } = await readRow('sessions', { userId, id });
  const { ttl } = await readRow('grants', { userId, id: grantId });
  expect(ttl).toBe(Math.ceil(absoluteExpiresAt! / 1_000));
});

test('200: one that no refresh token came of, for twenty minutes: longer than its code and what came of that', async () => {
  const asked = await codeFor(stack(), guest, { scope: 'openid' });
  const [userId, id] = asked.code.split('.');
  const grant = () => readRow('grants', { userId, id });
  const inTwentyMinutes = (at: number) => Math.ceil(at / 1_000) + 1_200;
  const unused = await grant();
  expect(unused['ttl']).toBe(inTwentyMinutes(unused['codeUntil']!));
  expect((await exchange(stack(), asked)).status).toBe(200);
  const used = await grant();
  expect(used['ttl']).toBe(inTwentyMinutes(used['usedAt']!));
});

test('200 R6.7: one that a session came of, for as long as the session by which it was granted', async () => {
  const commandLine = { client_id: 'latchkey-cli', redirect_uri: 'http://127.0.0.1:53682/callback' };
  const asked = await codeFor(stack(), guest, { ...commandLine, scope: 'openid' });
  expect((await exchange(stack(), asked, commandLine)).status).toBe(200);
  const [userId, id] = asked.code.split('.');
  const { sessionId } = parseSessionToken(guest.session.token)!;
  const { absoluteExpiresAt } = await readRow('sessions', { userId, id: sessionId });
  expect((await readRow('grants', { userId, id }))['ttl']).toBe(Math.ceil(absoluteExpiresAt! / 1_000));
});
