import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { exportJWK, generateKeyPair, SignJWT, type JSONWebKeySet, type JWTHeaderParameters } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { insiderOf } from '../harness/stack/insider.ts';
import { logicalIdOf } from '#shared/deployment/logical-id.ts';
import { isOperation } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { makesSecrets } from '#shared/deployment/capability.ts';
import { invite, tokenOf } from '../harness/people/people.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { send } from '../harness/http/http.ts';

const { stack, admin } = useAdmin('plain', { fresh: true });
let kid: string;
let published: JSONWebKeySet['keys'][number];
let genuine: string;
beforeAll(async () => {
  const { token } = admin.session;
  const made = await send<{ token: string }>(stack(), 'POST', '/v1/tokens', {
    json: { audience: 'latchkey' },
    token,
  });
  genuine = made.json.token;
  const { json } = await send<JSONWebKeySet>(stack(), 'GET', '/.well-known/jwks.json');
  published = json.keys[0]!;
  kid = published.kid!;
});

const me = async (token: string) => (await send(stack(), 'GET', '/v1/me', { token })).status;
const claims = () => {
  const now = Math.floor(Date.now() / 1_000);
  const { user, session } = admin;
  return {
    iss: stack().app,
    aud: 'latchkey',
    sub: user.id,
    sid: session.id,
    epoch: 0,
    role: 'admin',
    verified: true,
    iat: now,
    exp: now + 600,
  };
};
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('C64: a function that hands out API keys cannot decrypt a key that signs, and one that signs can', async () => {
  const { config, documents } = insiderOf(stack());
  const { Items } = await documents.send(new ScanCommand({ TableName: config.table('signers') }));
  const { wrapped, id } = Items![0]! as { wrapped: Uint8Array; id: string };
  const decryptAs = async (role: string) => {
    const kms = new KMSClient({
      region: 'eu-central-1',
      endpoint: stack().aws,
      credentials: { accessKeyId: role, secretAccessKey: 'of a role' },
    });
    const EncryptionContext = { purpose: 'access tokens', key: id };
    const command = new DecryptCommand({ CiphertextBlob: wrapped, EncryptionContext });
    return kms.send(command).then(
      () => 'decrypted',
      (error: Error) => error.name,
    );
  };
  const roles = ['relay', 'key-check', 'token-create'].map((id) => `${logicalIdOf(id)}Function`);
  expect(await Promise.all(roles.map(decryptAs))).toEqual([
    'AccessDeniedException',
    'AccessDeniedException',
    'decrypted',
  ]);
});

test('the genuine token is good', async () => {
  expect(await me(genuine)).toBe(200);
});

test('401 C30: alg none, in any spelling, with any signature', async () => {
  for (const alg of ['none', 'None', 'NONE', 'nOnE']) {
    for (const signature of ['', 'AAAA', genuine.split('.')[2]]) {
      expect(await me(`${encode({ alg, typ: 'at+jwt', kid })}.${encode(claims())}.${signature}`), alg).toBe(
        401,
      );
    }
  }
});

test('401 C30: HS256 with the public key as the secret', async () => {
  for (const secret of [published.n!, JSON.stringify(published), kid]) {
    const token = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid })
      .sign(Buffer.from(secret));
    expect(await me(token)).toBe(401);
  }
});

test('401 C30: a key of one’s own, by kid, jwk, jku or x5u', async () => {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  const headers: Partial<JWTHeaderParameters>[] = [
    { kid },
    { kid: 'foreign' },
    {},
    { kid, jwk },
    { jwk },
    { kid, jku: 'https://evil.example/jwks.json' },
    { kid, x5u: 'https://evil.example/cert.pem' },
    { kid: '../../signers' },
  ];
  for (const header of headers) {
    const token = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', ...header })
      .sign(privateKey);
    expect(await me(token), JSON.stringify(header)).toBe(401);
  }
});

test('401 C30: the genuine token altered in header, claims or signature', async () => {
  const [header, payload, signature] = genuine.split('.') as [string, string, string];
  const altered = [
    `${encode({ alg: 'RS256', kid })}.${payload}.${signature}`,
    `${encode({ alg: 'RS256', typ: 'JWT', kid })}.${payload}.${signature}`,
    `${header}.${encode({ ...claims(), exp: claims().exp + 9_999 })}.${signature}`,
    `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
    `${header}.${payload}`,
    `${header}.${payload}.`,
    `${header}.${payload}.${signature}.${signature}`,
    genuine.slice(1),
  ];
  for (const token of altered) expect(await me(token), token).toBe(401);
});

test('C29 C30: made-up key names do not make the store work for each of them', async () => {
  stack().clearCalls();
  for (let turn = 0; turn < 20; turn += 1) {
    await me(`${encode({ alg: 'RS256', typ: 'at+jwt', kid: `made-up-${turn}` })}.${encode(claims())}.AAAA`);
  }
  expect(
    stack()
      .calls()
      .filter(({ action }) => action === 'Query').length,
    // At most three in each five seconds of the test.
  ).toBeLessThanOrEqual(10);
});

/** Operations with which a signed-in user reads. */
const readers = findOperations()
  .filter(isOperation)
  .filter(({ declaration: { method, auth } }) => method === 'GET' && auth !== 'public');

test('401 C93: by an access token nobody reads a link or a code, which would let them in', async () => {
  const [row] = await invite(stack(), admin, { role: 'admin' });
  const path = `/v1/admin/invites/${row!.id}`;
  const secrets = [tokenOf(row!.url), row!.code!];
  const bySession = await send(stack(), 'GET', path, { token: admin.session.token });
  for (const secret of secrets) expect(bySession.text).toContain(secret);
  expect(await send(stack(), 'GET', path, { token: genuine })).toMatchObject({
    status: 401,
    json: { code: 'unauthenticated' },
  });
  // Whatever operations are added, no answer to an access token holds one of the secrets.
  expect(readers.length).toBeGreaterThan(15);
  const statuses = new Set<number>();
  for (const { id } of readers) {
    const { status, text } = await sendEvent(stack(), id, { token: genuine });
    statuses.add(status);
    for (const secret of secrets) expect(text, id).not.toContain(secret);
  }
  expect(statuses).toContain(200);
});

test('C93: which operations those are follows from what they may do with keys', () => {
  const alone = readers.filter(({ declaration }) => makesSecrets(declaration.uses));
  expect(alone.map(({ id }) => id)).toEqual(['admin-invite-read']);
});
