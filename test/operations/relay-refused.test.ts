import { UnprocessableEntityError } from '@anthropic-ai/sdk';
import { AuthenticationError } from 'openai';
import { beforeAll, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { signersOf, signWith } from '../harness/stack/signing.ts';
import { callNames } from '../harness/stack/calls.ts';
import { prove } from '../harness/people/devices.ts';
import { readEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { boundUser } from '../harness/invites/inviting.ts';
import { mailedGuest, openInvite, password, register, type SignedIn } from '../harness/people/people.ts';
import * as relay from '../harness/relay/relay.ts';

const { stack, admin } = useAdmin('plain', { fresh: true });
let who: SignedIn;
let token: string;
beforeAll(async () => {
  who = await relay.keyHolder(stack(), admin);
  token = await relay.relayToken(stack(), who);
});
const reached = () => stack().provider.requests().length;
const audience = async (of: SignedIn, name: string) =>
  (
    await send<{ token: string }>(stack(), 'POST', '/v1/tokens', {
      json: { audience: name },
      token: of.session.token,
    })
  ).json.token;

test('401 C31: only a token that was made for the relay opens it', async () => {
  const before = reached();
  const [header, payload, signature] = token.split('.') as [string, string, string];
  const others = {
    none: undefined,
    'a session': who.session.token,
    'the API': await audience(who, 'latchkey'),
    'an API key': relay.sampleKeys.claude,
    altered: `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
    unsigned: `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`,
  };
  for (const [name, shown] of Object.entries(others)) {
    expect(await relay.ask(stack(), shown), name).toMatchObject({
      status: 401,
      json: {
        type: 'error',
        error: {
          type: 'authentication_error',
          code: 'unauthenticated',
          message: expect.stringContaining('an access token for the audience “relay”'),
        },
      },
    });
  }
  expect(reached()).toBe(before);
});

test('401 C31: a token for the relay opens nothing of the API', async () => {
  for (const path of ['/v1/me', '/v1/keys', '/v1/quota'])
    expect((await send(stack(), 'GET', path, { token })).status, path).toBe(401);
});

test('401 C34: a token ends with its ten minutes, its session, and every session of its user', async () => {
  stack().clock.offsetSeconds = 601;
  expect((await relay.ask(stack(), token)).status).toBe(401);
  stack().clock.offsetSeconds = 0;

  const signIn = async (of: SignedIn) =>
    (
      await send<SignedIn>(stack(), 'POST', '/v1/sessions', {
        json: { login: of.user.username, password, transport: 'token' },
      })
    ).json;
  const guest = await relay.keyHolder(stack(), admin);
  const [left, kept] = [await signIn(guest), await signIn(guest)];
  const [gone, other] = [await relay.relayToken(stack(), left), await relay.relayToken(stack(), kept)];
  expect((await relay.ask(stack(), gone)).status).toBe(200);
  await send(stack(), 'DELETE', '/v1/sessions/current', { token: left.session.token });
  expect((await relay.ask(stack(), gone)).status).toBe(401);
  expect((await relay.ask(stack(), other)).status).toBe(200);
  // Ending the other sessions also ends tokens that were made from this session before.
  await send(stack(), 'DELETE', '/v1/sessions/others', { token: kept.session.token });
  expect((await relay.ask(stack(), other)).status).toBe(401);
  const last = await relay.relayToken(stack(), kept);
  expect((await relay.ask(stack(), last)).status).toBe(200);
  await send(stack(), 'PATCH', `/v1/admin/users/${guest.user.id}`, {
    token: admin.session.token,
    json: { endSessions: true },
  });
  expect((await relay.ask(stack(), last)).status).toBe(401);
});

test('403 C33: with a session that is bound to a device, each call wants the proof of its key', async () => {
  const { signedIn: bound, device } = await boundUser(stack(), admin);
  const path = '/v1/tokens';
  const dpop = await prove(stack(), device, { method: 'POST', path, beside: bound.session.token });
  const made = await send<{ token: string }>(stack(), 'POST', path, {
    json: { audience: 'relay' },
    token: bound.session.token,
    headers: { dpop },
  });
  const beside = made.json.token;
  expect(await relay.ask(stack(), beside)).toMatchObject({
    status: 403,
    json: { error: { code: 'device_mismatch' } },
  });
  const htu = `${stack().relay}/claude/v1/messages`;
  const proof = (claims: object) => prove(stack(), device, { method: 'POST', beside, claims });
  const good = await proof({ htu });
  const call = (shown: string) => relay.ask(stack(), beside, { headers: { dpop: shown } });
  expect((await call(await proof({ htu: `${stack().app}/claude/v1/messages` }))).status).toBe(403);
  // 422 shows that the proof passed and the call came to the key, which is not stored.
  expect(await call(good)).toMatchObject({ status: 422, json: { error: { code: 'key_missing' } } });
  expect((await call(good)).status, 'the same proof again').toBe(403);
});

test('a token that was made for an app speaks for its holder without a proof, as long as the session and epoch hold', async () => {
  const { signedIn: bound } = await boundUser(stack(), admin);
  await relay.relayToken(stack(), admin);
  const [signer] = (await signersOf(stack())).slice(-1);
  const iat = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: stack().app,
    aud: 'relay',
    sub: bound.user.id,
    sid: bound.session.id,
    epoch: 0,
    role: 'general',
    client_id: 'portal',
    scope: 'openid',
    iat,
    exp: iat + 600,
  };
  const call = async (changes: object, header = {}) =>
    relay.ask(stack(), await signWith(stack(), signer!, { ...claims, ...changes }, header));
  // 422 shows that the call came to the key, which is not stored.
  expect(await call({})).toMatchObject({ status: 422, json: { error: { code: 'key_missing' } } });
  expect((await call({ aud: ['https://api.example.com', 'relay'] })).status).toBe(422);
  const refused = [{ aud: 'https://api.example.com' }, { epoch: 1 }, { sid: admin.session.id }, { iss: 'x' }];
  for (const changes of refused) expect((await call(changes)).status, JSON.stringify(changes)).toBe(401);
  expect((await call({}, { typ: 'JWT' })).status, 'an ID token').toBe(401);
});

test('403: who has not proven a mailbox is told so', async () => {
  const guest = await register(stack(), await openInvite(stack(), admin));
  expect(await relay.ask(stack(), await relay.relayToken(stack(), guest))).toMatchObject({
    status: 403,
    json: { error: { type: 'permission_error', code: 'not_verified' } },
  });
});

const paths = [
  ['POST', '/claude/v1/complete'],
  ['POST', '/claude/v1/models'],
  ['GET', '/claude/v1/messages'],
  ['DELETE', '/claude/v1/messages'],
  ['POST', '/claude/v1/messages/'],
  ['POST', '/claude//v1/messages'],
  ['POST', '/claude/v1/messages%2f..%2fmodels'],
  ['POST', '/claude/v1/messages/../messages'],
  ['POST', '/claude/v1/organizations'],
  ['POST', '/claude/v1/messages/batches'],
  ['POST', '/chatgpt/v1/messages'],
  ['GET', '/chatgpt/v1/files'],
  ['GET', '/claude@evil.example/v1/models'],
  ['GET', '/claude/v1/models/..%2f..%2fv1%2ffiles'],
  ['GET', '/'],
  ['GET', '/nobody/v1/models'],
  ['GET', '/constructor/v1/models'],
] as const;
test.each(paths)('404 R1.8: %s %s is not relayed', async (method, path) => {
  const before = reached();
  const answer = await relay.relayed(stack(), method, path, { token });
  expect(answer.status).toBe(404);
  expect(reached()).toBe(before);
});

test.each([
  ['/claude/v1/complete', ['POST /claude/v1/messages', 'GET /claude/v1/models'], 'chatgpt'],
  ['/chatgpt/chat/completions', ['POST /chatgpt/v1/chat/completions'], 'claude'],
  ['/v1/messages', ['POST /claude/v1/messages', 'POST /chatgpt/v1/responses'], 'first page'],
])('404 R1.8: %s is told what passes', async (path, calls, no) => {
  const { text } = await relay.relayed(stack(), 'POST', path, { token });
  for (const call of calls) expect(text).toContain(call);
  expect(text).not.toContain(no);
});

test('422 R1.4: a key that is missing, switched off or expired is told apart, and is not used', async () => {
  const guest = await mailedGuest(stack(), admin);
  const mine = await relay.relayToken(stack(), guest);
  const before = reached();
  const code = async (shown = mine) => (await relay.ask(stack(), shown)).json.error.code;
  const change = (json: object) =>
    send(stack(), 'PATCH', '/v1/keys/claude', { json, token: guest.session.token });
  expect(await code()).toBe('key_missing');
  await relay.storeKey(stack(), guest, 'claude');
  await change({ active: false });
  expect(await code()).toBe('key_inactive');
  await change({ active: true });
  expect(reached()).toBe(before);
  expect((await relay.ask(stack(), mine)).status).toBe(200);
  stack().clock.offsetSeconds = 30 * 86_400 + 1;
  const later = await relay.relayToken(stack(), guest);
  expect(await code(later)).toBe('key_expired');
  expect(reached()).toBe(before + 1);
  await change({ renew: true });
  expect((await relay.ask(stack(), later)).status).toBe(200);
});

test('R1.8: errors of ours reach the official clients as errors of their own kind, which they do not repeat', async () => {
  const guest = await mailedGuest(stack(), admin);
  const mine = await relay.relayToken(stack(), guest);
  stack().clearCalls();
  const claude = relay.claudeClient(stack(), mine, 2).messages.create(relay.question);
  await expect(claude).rejects.toBeInstanceOf(UnprocessableEntityError);
  await expect(claude).rejects.toMatchObject({
    type: 'invalid_request_error',
    requestID: expect.any(String),
  });
  const chatgpt = relay.chatgptClient(stack(), 'no token', 2).models.list();
  await expect(chatgpt).rejects.toBeInstanceOf(AuthenticationError);
  await expect(chatgpt).rejects.toMatchObject({ code: 'unauthenticated', requestID: expect.any(String) });
  const fetches = callNames(stack(), 'relay').filter((name) => name === 'dynamodb UpdateItem table/keys');
  expect(fetches).toHaveLength(1);
});

test('404: for no service, an error is as everywhere', async () => {
  const answer = await relay.relayed<{ code: string }>(stack(), 'GET', '/nobody/v1/models', { token });
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.json.code).toBe('not_found');
});

test('R4.13: errors are in the language of the user, full stops too, unless the caller asks for another', async () => {
  const guest = await register(stack(), await openInvite(stack(), admin, { locale: 'ja' }));
  const mine = await relay.relayToken(stack(), guest);
  expect((await relay.ask(stack(), mine)).json.error.message).toContain(
    'メールアドレスが確認されていません。',
  );
  const headers = { 'accept-language': 'zh' };
  expect((await relay.ask(stack(), mine, { headers })).json.error.message).toContain('您的邮箱尚未验证。请');
});

test('the sample event is one of a function URL', () => {
  const { requestContext, headers } = readEvent('relay');
  expect(requestContext.domainName).toMatch(/\.lambda-url\..*\.on\.aws$/);
  expect(headers['host']).toBe(requestContext.domainName);
});
