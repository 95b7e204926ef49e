import { DecryptCommand } from '@aws-sdk/client-kms';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWK } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { callNames } from '../harness/stack/calls.ts';
import { leaks } from '../harness/stack/canary.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { signersOf } from '../harness/stack/signing.ts';
import { firstAdmin, openInvite, register, type SignedIn } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { daySeconds, enterWindow } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin('plain', { fresh: true });
const limited = useStack('limited', { fresh: true });
let guest: SignedIn;
let limitedAdmin: SignedIn;
beforeAll(async () => {
  limitedAdmin = await firstAdmin(limited());
  guest = await register(stack(), await openInvite(stack(), admin));
});

interface Made {
  token: string;
  expiresAt: string;
}
const make = (session: SignedIn, audience: string) =>
  send<Made>(stack(), 'POST', '/v1/tokens', { json: { audience }, token: session.session.token });
const keySet = async () => (await send<JSONWebKeySet>(stack(), 'GET', '/.well-known/jwks.json')).json;

test('201: a token that any backend can check by the published keys, good for ten minutes', async () => {
  const { status, json } = await sendEvent<Made>(stack(), 'token-create', { token: guest.session.token });
  expect(status).toBe(201);
  const { payload, protectedHeader } = await jwtVerify(json.token, createLocalJWKSet(await keySet()), {
    issuer: stack().app,
    audience: 'relay',
    algorithms: ['RS256'],
  });
  expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
  expect(payload).toMatchObject({
    sub: guest.user.id,
    sid: guest.session.id,
    epoch: 0,
    role: 'general',
    verified: false,
  });
  expect(payload.exp! - payload.iat!).toBe(600);
  expect(Date.parse(json.expiresAt)).toBeGreaterThanOrEqual(payload.exp! * 1000);
});

test('201: a token says these claims, and nothing else about its user', async () => {
  const { json } = await make(guest, 'relay');
  const claims = decodeJwt(json.token);
  expect(decodeProtectedHeader(json.token)).toEqual({
    alg: 'RS256',
    typ: 'at+jwt',
    kid: expect.any(String) as string,
  });
  expect(claims).toEqual({
    iss: stack().app,
    aud: 'relay',
    sub: guest.user.id,
    iat: expect.any(Number) as number,
    exp: claims.iat! + 600,
    jti: expect.stringMatching(/^[\w-]{22}$/) as string,
    sid: guest.session.id,
    epoch: 0,
    role: 'general',
    verified: false,
  });
});

test('422: only for audiences of the allow-list, which the error names', async () => {
  for (const audience of ['https://evil.example', 'RELAY', 'relay,latchkey', ' relay']) {
    const { status, text } = await make(guest, audience);
    expect({ status, named: text.includes('latchkey, relay') }).toEqual({ status: 422, named: true });
  }
});

test('201: for a backend of one’s own, as long as the deployment lists it', async () => {
  const audience = 'https://api.example.com';
  expect((await make(guest, audience)).status).toBe(422);
  stack().deploy({ audiences: `reports,${audience}` });
  for (const one of ['reports', audience]) {
    const { status, json } = await make(guest, one);
    expect([status, decodeJwt(json.token).aud]).toEqual([201, one]);
  }
  expect((await make(guest, `reports,${audience}`)).status).toBe(422);
});

/** The private keys of all signers. Their rows hold them encrypted by KMS. */
async function privateHalves(): Promise<JWK[]> {
  const { config, kms } = insiderOf(stack());
  const decrypted = (await signersOf(stack())).map(async ({ id, wrapped: CiphertextBlob }) => {
    const EncryptionContext = { purpose: 'access tokens', key: id };
    const bound = { KeyId: config.key('secrets'), CiphertextBlob, EncryptionContext };
    const { Plaintext } = await kms.send(new DecryptCommand(bound));
    return JSON.parse(Buffer.from(Plaintext!).toString()) as JWK;
  });
  return Promise.all(decrypted);
}

test('R4.9 C54: nothing stored signs: the private key is there as KMS has encrypted it', async () => {
  await make(guest, 'relay');
  const { signers = [] } = await stack().dumpTables();
  expect(signers.length).toBeGreaterThan(0);
  const names = ['alg', 'id', 'number', 'pk', 'publicKey', 'signsFrom', 'signsUntil', 'ttl', 'wrapped'];
  for (const signer of signers) expect(Object.keys(signer).toSorted()).toEqual(names);
  const halves = await privateHalves();
  expect(halves).toHaveLength(signers.length);
  for (const { d } of halves) expect(leaks(JSON.stringify(signers), { d: d! })).toEqual([]);
});

test('C31: a token for one audience is none for another, nor is a session’s token one', async () => {
  const me = async (token: string) => (await send(stack(), 'GET', '/v1/me', { token })).status;
  expect(await me((await make(guest, 'latchkey')).json.token)).toBe(200);
  expect(await me((await make(guest, 'relay')).json.token)).toBe(401);
});

test('401: a token for this API lives as long as it says, its session and its epoch', async () => {
  const signedIn = await register(stack(), await openInvite(stack(), admin));
  const { token } = (await make(signedIn, 'latchkey')).json;
  const me = async () => (await send(stack(), 'GET', '/v1/me', { token })).status;
  const { exp } = decodeJwt(token);
  stack().clock.standAt(exp! * 1_000 - 1);
  expect(await me()).toBe(200);
  stack().clock.standAt(exp! * 1_000);
  expect(await me()).toBe(401);
  stack().clock.offsetSeconds = 0;
  await send(stack(), 'DELETE', '/v1/sessions/current', { token: signedIn.session.token });
  expect(await me(), 'C34: at once, not after ten minutes').toBe(401);
});

test('a function opens the key that signs once, and looks for no other while there is one', async () => {
  const calls = async () => {
    stack().clearCalls();
    expect((await make(admin, 'relay')).status).toBe(201);
    return callNames(stack(), 'token-create').filter((name) => /kms|signers/.test(name));
  };
  await calls();
  stack().restart('token-create');
  expect(await calls()).toEqual(['dynamodb Query table/signers', 'kms Decrypt key/secrets']);
  expect(await calls()).toEqual([]);
});

test('R2.9: keys change every thirty days; a new one is published a day before it signs, an old one an hour longer', async () => {
  const kid = async () => decodeProtectedHeader((await make(admin, 'relay')).json.token).kid;
  const published = async () => (await keySet()).keys.map((key) => key.kid);
  const first = await kid();
  expect(await published()).toEqual([first]);
  stack().clock.offsetSeconds = 29.5 * daySeconds;
  await stack().invoke('key-rotate');
  await stack().invoke('key-rotate');
  const both = await published();
  expect(both).toHaveLength(2);
  expect(await kid()).toBe(first);
  stack().clock.offsetSeconds = 30 * daySeconds - 1_800;
  expect(await kid()).toBe(both.find((id) => id !== first));
  expect(await published()).toHaveLength(2);
  stack().clock.offsetSeconds = 30 * daySeconds + 100;
  expect(await published()).toEqual([await kid()]);
});

test(
  'the first tokens of a deployment, asked for at once, are signed by one key',
  { tags: 'engine' },
  async () => {
    const { token } = limitedAdmin.session;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        send<Made>(limited(), 'POST', '/v1/tokens', { json: { audience: 'relay' }, token }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ json }) => decodeProtectedHeader(json.token).kid)).size).toBe(1);
  },
);

test('429: sixty a minute for one user, whatever the address', async () => {
  const { session } = await register(limited(), await openInvite(limited(), limitedAdmin));
  enterWindow(limited());
  const ask = (turn: number) =>
    send(limited(), 'POST', '/v1/tokens', {
      json: { audience: 'relay' },
      token: session.token,
      from: `127.0.0.${2 + (turn % 9)}`,
    });
  const answers = await Promise.all(Array.from({ length: 61 }, (_, turn) => ask(turn)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(60);
  const refused = answers.find(({ status }) => status === 429)!;
  expect(refused.json.code).toBe('rate_limited');
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
});
