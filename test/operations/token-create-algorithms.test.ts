import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, SignJWT, type JSONWebKeySet } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { send } from '../harness/http/http.ts';
import { forgetAlg, signersOf } from '../harness/stack/signing.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin('plain', { fresh: true });

const algorithms = ['RS256', 'ES256', 'Ed25519', 'EdDSA'] as const;
type Alg = (typeof algorithms)[number];
const members: Record<Alg, string> = {
  RS256: 'alg e kid kty n use',
  ES256: 'alg crv kid kty use x y',
  Ed25519: 'alg crv kid kty use x',
  EdDSA: 'alg crv kid kty use x',
};

/** Days between tests: no test sees another's keys, and the session outlives the gap, because it lasts a year without use. */
const apartDays = 70;
let turn = 0;
// A skipped test does not use the session, so it must not count as a turn.
let hasBegun = false;
afterEach(() => {
  if (hasBegun) turn += 1;
  hasBegun = false;
});
let begin: number | undefined;
/** Stops the clock this many seconds after the test's beginning. The jump may start scheduled jobs. */
function at(seconds: number): void {
  hasBegun = true;
  begin ??= Date.now();
  stack().clock.standAt(begin + (turn * apartDays * daySeconds + seconds) * 1_000);
}

const make = async (audience = 'latchkey') => {
  const { token } = admin.session;
  const made = await send<{ token: string }>(stack(), 'POST', '/v1/tokens', { json: { audience }, token });
  expect(made.status, made.text).toBe(201);
  return made.json.token;
};
const headerOf = async () => decodeProtectedHeader(await make());
const me = async (token: string) => (await send(stack(), 'GET', '/v1/me', { token })).status;
const keySet = async () => (await send<JSONWebKeySet>(stack(), 'GET', '/.well-known/jwks.json')).json;
const publishedAlgs = async () => (await keySet()).keys.map(({ alg }) => alg).toSorted();
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

test.each(algorithms)(
  'R6.2: with the setting %s tokens are signed by it, and by nothing else',
  async (alg) => {
    at(0);
    stack().deploy({ tokenSigning: alg });
    const token = await make();
    const header = decodeProtectedHeader(token);
    expect(header).toEqual({ alg, typ: 'at+jwt', kid: expect.any(String) });
    expect(await me(token)).toBe(200);

    const keys = await keySet();
    expect(keys.keys).toMatchObject([{ alg, use: 'sig', kid: header.kid }]);
    expect(Object.keys(keys.keys[0]!).toSorted().join(' ')).toBe(members[alg]);
    const currentDate = new Date(stack().clock.now());
    const rules = {
      issuer: stack().app,
      audience: 'latchkey',
      typ: 'at+jwt',
      algorithms: [alg],
      currentDate,
    };
    await expect(jwtVerify(token, createLocalJWKSet(keys), rules)).resolves.toBeTruthy();

    // C30: the header does not choose the algorithm of the check.
    const [, claims, signature] = token.split('.') as [string, string, string];
    const others = ['none', 'HS256', 'PS256', 'ES384', ...algorithms].filter((other) => other !== alg);
    for (const other of others)
      for (const end of [signature, ''])
        expect(await me(`${encode({ ...header, alg: other })}.${claims}.${end}`), other).toBe(401);
    const [key] = keys.keys;
    const payload = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
    for (const secret of [JSON.stringify(key), key!.n ?? key!.x!, key!.kid!]) {
      const forged = await new SignJWT(payload)
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: header.kid! })
        .sign(Buffer.from(secret));
      expect(await me(forged)).toBe(401);
    }

    at(29.5 * daySeconds);
    await stack().invoke('key-rotate');
    expect(await publishedAlgs(), 'its successor, a day before its turn').toEqual([alg, alg]);
    expect((await headerOf()).kid).toBe(header.kid);
    at(30 * daySeconds);
    expect((await headerOf()).kid).not.toBe(header.kid);
    expect((await headerOf()).alg).toBe(alg);
  },
);

test('401 C30: a key signs nothing by the name of another, whatever its algorithm', async () => {
  at(0);
  const tokens = new Map<Alg, string>();
  for (const [index, alg] of algorithms.entries()) {
    stack().deploy({ tokenSigning: alg });
    at(index * 3 * 3_600);
    await make();
    at((index * 3 + 2) * 3_600);
    tokens.set(alg, await make());
  }
  expect(await publishedAlgs()).toEqual(algorithms.toSorted());
  const last = (algorithms.length * 3 - 1) * 3_600;
  at(last);
  for (const [alg, token] of tokens) {
    expect(decodeProtectedHeader(token).alg).toBe(alg);
    const [, claims, signature] = token.split('.');
    for (const other of tokens.values()) {
      if (other === token) continue;
      const { alg: otherAlg, kid } = decodeProtectedHeader(other);
      for (const named of [alg, otherAlg])
        expect(await me(`${encode({ alg: named, typ: 'at+jwt', kid })}.${claims}.${signature}`)).toBe(401);
    }
  }
});

test('a change of the setting breaks nobody: the new key is published two hours before it signs, the old one goes on', async () => {
  at(0);
  const before = await make();
  expect(decodeProtectedHeader(before).alg).toBe('RS256');

  at(60);
  stack().deploy({ tokenSigning: 'ES256' });
  await stack().invoke('key-rotate');
  await stack().invoke('key-rotate');
  expect(await publishedAlgs()).toEqual(['ES256', 'RS256']);
  const meanwhile = await make();
  expect(decodeProtectedHeader(meanwhile).alg).toBe('RS256');
  expect([await me(before), await me(meanwhile)]).toEqual([200, 200]);
  at(7_200);
  expect((await headerOf()).alg).toBe('RS256');
  at(7_255);
  const last = await make();
  expect(decodeProtectedHeader(last).alg).toBe('RS256');

  at(7_275);
  const first = await make();
  expect(decodeProtectedHeader(first).alg).toBe('ES256');
  expect([await me(last), await me(first)]).toEqual([200, 200]);
  expect(await publishedAlgs()).toEqual(['ES256', 'RS256']);

  // After a return to RS256 the earlier key signs, which all verifiers already know.
  stack().deploy({ tokenSigning: 'RS256' });
  expect((await headerOf()).kid).toBe(decodeProtectedHeader(before).kid);
  expect(await me(first)).toBe(200);

  stack().deploy({ tokenSigning: 'ES256' });
  at(30 * daySeconds - 7_200);
  await stack().invoke('key-rotate');
  expect(await publishedAlgs(), 'only the algorithm that is set goes on').toEqual([
    'ES256',
    'ES256',
    'RS256',
  ]);
  // A first key's turn begins an hour before the key is made, so it also ends an hour earlier.
  at(30 * daySeconds - 100);
  expect(await publishedAlgs()).toContain('RS256');
  at(30 * daySeconds + 100);
  expect(await publishedAlgs(), 'an hour after its turn').not.toContain('RS256');
});

test('the first token after a change publishes the new key, where the schedule has not', async () => {
  at(0);
  await make();
  stack().deploy({ tokenSigning: 'Ed25519' });
  at(60);
  const made = await Promise.all(Array.from({ length: 6 }, () => make()));
  expect(new Set(made.map((token) => decodeProtectedHeader(token).alg))).toEqual(new Set(['RS256']));
  expect(await publishedAlgs()).toEqual(['Ed25519', 'RS256']);
});

test('where the old key ends before the new one’s turn, a new one signs at once', async () => {
  at(0);
  await make();
  at(30 * daySeconds - 5_400);
  stack().deploy({ tokenSigning: 'ES256' });
  expect((await headerOf()).alg).toBe('RS256');
  at(30 * daySeconds - 3_500);
  const token = await make();
  expect(decodeProtectedHeader(token).alg).toBe('ES256');
  expect(await me(token)).toBe(200);
});

test('keys from before there was a choice are EdDSA, and go on until the new one’s turn', async () => {
  stack().deploy({ tokenSigning: 'EdDSA' });
  at(0);
  const token = await make();
  await forgetAlg(stack(), (await signersOf(stack())).at(-1)!);

  stack().deploy({});
  for (const id of ['me-read', 'jwks-read']) stack().restart(id);
  expect(await me(token)).toBe(200);
  expect((await headerOf()).alg).toBe('EdDSA');
  expect(await publishedAlgs()).toEqual(['EdDSA', 'RS256']);
  at(7_300);
  expect((await headerOf()).alg).toBe('RS256');
});

test('clocks that were put back change nothing of which algorithm signs', async () => {
  stack().deploy({ tokenSigning: 'ES256' });
  at(0);
  await make();
  at(-20 * daySeconds);
  expect((await headerOf()).alg).toBe('ES256');
  const count = (await signersOf(stack())).length;
  await stack().invoke('key-rotate');
  expect(await signersOf(stack())).toHaveLength(count);
});
