import { generateProof } from 'dpop';
import { beforeAll, describe, expect, test } from 'vitest';
import { findOperations } from '#infra/operations.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { newDevice, prove, type TestDevice } from '../harness/people/devices.ts';
import { send, type Sent } from '../harness/http/http.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { numberOf, textOf } from '../harness/stack/rows.ts';
import {
  openInvite,
  password,
  register,
  somebody,
  vouchFor,
  type SignedIn,
} from '../harness/people/people.ts';

const { stack, admin } = useAdmin('plain', { fresh: true });
let device: TestDevice;
/** A session that is bound to `device`, as a program and as a browser hold it. */
let bearer: SignedIn;
let browser: { id: string; cookie: string };
beforeAll(async () => {
  device = await newDevice();
  const { deviceKey } = device;
  const who = { ...somebody(), deviceKey };
  bearer = await register(stack(), await openInvite(stack(), admin, { role: 'admin' }), who);
  await vouchFor(stack(), admin, bearer);
  const headers = { origin: stack().app };
  const json = { login: who.username, password, deviceKey };
  const answer = await send<SignedIn>(stack(), 'POST', '/v1/sessions', { json, headers });
  browser = { id: answer.json.session.id, cookie: answer.cookies['__Host-session']!.value };
});

const me = async (sent: Sent) => {
  const { status, json } = await send<{ code?: string }>(stack(), 'GET', '/v1/me', sent);
  return json.code ?? status;
};
const withProof = (dpop: string, sent: Sent = { token: bearer.session.token }): Sent => ({
  ...sent,
  headers: { ...sent.headers, dpop },
});
const asBrowser = (): Sent => ({ cookies: { '__Host-session': browser.cookie } });

/** Proofs that were used, each with the second from which it may be forgotten. */
const spentProofs = async () =>
  ((await stack().dumpTables())['counters'] ?? [])
    .map((row) => [textOf(row, 'pk'), numberOf(row, 'ttl')] as const)
    .filter(([name]) => name.startsWith('proof#'));

describe('C33 R3.3: a bound session counts with its device’s proof alone', () => {
  test('as Bearer, beside the token', async () => {
    const { token } = bearer.session;
    expect(await me({ token })).toBe('device_mismatch');
    expect(await me(withProof(await prove(stack(), device, { beside: token })))).toBe(200);
  });

  test('under the scheme DPoP, beside the token', async () => {
    const { token } = bearer.session;
    const sent = { headers: { authorization: `DPoP ${token}` } };
    expect(await me(sent)).toBe('device_mismatch');
    expect(await me(withProof(await prove(stack(), device, { beside: token }), sent))).toBe(200);
  });

  test('as a cookie, beside the public id of the session', async () => {
    expect(await me(asBrowser())).toBe('device_mismatch');
    expect(await me(withProof(await prove(stack(), device, { beside: browser.id }), asBrowser()))).toBe(200);
  });

  test('made by the library that browsers use', async () => {
    const proof = await generateProof(
      device.keys,
      `${stack().app}/v1/me`,
      'GET',
      undefined,
      bearer.session.token,
    );
    expect(await me(withProof(proof))).toBe(200);
  });

  test('once: a proof that was seen is refused, in parallel too', async () => {
    const proof = await prove(stack(), device, { beside: bearer.session.token });
    const answers = await Promise.all(Array.from({ length: 10 }, () => me(withProof(proof))));
    expect(answers.filter((answer) => answer === 200)).toHaveLength(1);
    expect(await me(withProof(proof))).toBe('device_mismatch');
  });

  test('C63: a write whose answer was lost is not a replay', async () => {
    stack().faults([{ kind: 'lost', table: 'counters', action: 'PutItem' }]);
    expect(await me(withProof(await prove(stack(), device, { beside: bearer.session.token })))).toBe(200);
  });

  test('C63: a proof that was seen is remembered for as long as its time could count', async () => {
    const { token } = bearer.session;
    const iat = Math.floor(stack().clock.now() / 1_000) + 290;
    const before = new Map(await spentProofs());
    expect(await me(withProof(await prove(stack(), device, { beside: token, claims: { iat } })))).toBe(200);
    const spent = (await spentProofs()).find(([name]) => !before.has(name));
    expect(spent![1]).toBeGreaterThan(iat + 300);
  });

  test('within five minutes of our time, on either side', async () => {
    const { token } = bearer.session;
    const now = Math.floor(Date.now() / 1_000);
    for (const [iat, answer] of [
      [now - 290, 200],
      [now + 290, 200],
      [now - 310, 'device_mismatch'],
      [now + 310, 'device_mismatch'],
      [undefined, 'device_mismatch'],
      [String(now), 'device_mismatch'],
    ] as const) {
      const proof = await prove(stack(), device, { beside: token, claims: { iat } });
      expect(await me(withProof(proof)), String(iat)).toBe(answer);
    }
  });

  test('for this method, address and token, by this key, and in no other form', async () => {
    const { token } = bearer.session;
    const other = await newDevice();
    const { x, y } = other.deviceKey;
    const wrong: Record<string, Promise<string> | string> = {
      'another method': prove(stack(), device, { method: 'POST', beside: token }),
      'another path': prove(stack(), device, { path: '/v1/me/export', beside: token }),
      'another host': prove(stack(), device, {
        beside: token,
        claims: { htu: 'https://evil.example/v1/me' },
      }),
      'no token hash': prove(stack(), device),
      'the hash of another token': prove(stack(), device, { beside: admin.session.token }),
      'the id instead of the token': prove(stack(), device, { beside: bearer.session.id }),
      'another device': prove(stack(), other, { beside: token }),
      'this key, signed by another': prove(stack(), device, { beside: token, by: other }),
      'another key in the header': prove(stack(), device, {
        beside: token,
        header: { jwk: { ...device.deviceKey, x, y } },
      }),
      'the private key in the header': prove(stack(), device, {
        beside: token,
        header: { jwk: { ...device.deviceKey, d: device.d } },
      }),
      'another type': prove(stack(), device, { beside: token, header: { typ: 'JWT' } }),
      'an empty id': prove(stack(), device, { beside: token, claims: { jti: '' } }),
      'no id': prove(stack(), device, { beside: token, claims: { jti: undefined } }),
      'a list as its id': prove(stack(), device, { beside: token, claims: { jti: ['id'] } }),
      'right, but longer than any of a browser': prove(stack(), device, {
        beside: token,
        claims: { more: 'x'.repeat(2_000) },
      }),
      'no proof at all': 'x',
      'far too long': 'x'.repeat(10_000),
    };
    for (const [what, proof] of Object.entries(wrong))
      expect(await me(withProof(await proof)), what).toBe('device_mismatch');
  });
});

test('R3.3: session-verify says that a copied session is none, and changes nothing', async () => {
  const ask = async (headers: Record<string, string>) =>
    (
      await send<{ valid: boolean }>(stack(), 'POST', '/v1/sessions/verify', {
        json: { deviceId: 'copied' },
        token: bearer.session.token,
        headers,
      })
    ).json;
  expect(await ask({})).toEqual({ valid: false, redirect: '/login' });
  const wish = { method: 'POST', path: '/v1/sessions/verify', beside: bearer.session.token };
  expect(await ask({ dpop: await prove(stack(), device, wish) })).toMatchObject({ valid: true });
});

test('C69: a stolen cookie or token of a bound session opens no route of the API, whatever its verb', async () => {
  const guarded = findOperations().filter(
    ({ declaration }) =>
      declaration.kind === 'operation' && !['public', 'optional'].includes(declaration.auth),
  );
  expect(guarded.length).toBeGreaterThan(10);
  const origin = stack().app;
  for (const { id, declaration } of guarded) {
    if (declaration.kind !== 'operation') continue;
    for (const thief of [{ token: bearer.session.token }, { ...asBrowser(), headers: { origin } }]) {
      const { status, json } = await sendEvent<{ code?: string }>(stack(), id, thief);
      expect([status, json.code], id).toEqual([403, 'device_mismatch']);
    }
  }
});

test('C69: nor does it ask for a code that is for the caller, where others need no caller', async () => {
  const path = '/v1/codes';
  const headers = { origin: stack().app };
  const ask = async (purpose: string, sent: Sent) => {
    const json = { purpose, email: 'other@example.com' };
    const answer = await send<{ code?: string }>(stack(), 'POST', path, { json, ...sent });
    return answer.json.code ?? answer.status;
  };
  for (const thief of [{ token: bearer.session.token }, { ...asBrowser(), headers }]) {
    expect(await ask('email-update', thief)).toBe('device_mismatch');
    expect(await ask('email-verify', thief)).toBe('device_mismatch');
    expect(await ask('password-reset', thief)).toBe(202);
  }
  const proof = await prove(stack(), device, { method: 'POST', path, beside: browser.id });
  expect(await ask('email-update', withProof(proof, { ...asBrowser(), headers }))).toBe(202);
});

test('C69: an access token of a bound session wants the proof as well', async () => {
  const wish = { method: 'POST', path: '/v1/tokens', beside: bearer.session.token };
  const { json } = await send<{ token: string }>(stack(), 'POST', '/v1/tokens', {
    json: { audience: 'latchkey' },
    ...withProof(await prove(stack(), device, wish)),
  });
  const { token } = json;
  expect(await me({ token })).toBe('device_mismatch');
  expect(await me(withProof(await prove(stack(), device, { beside: token }), { token }))).toBe(200);
});
