import { decodeJwt, decodeProtectedHeader, generateKeyPair } from 'jose';
import { describe, expect, test } from 'vitest';
import { hour } from '#shared/clock.ts';
import { audiencesOf, claimsOf } from '#shared/sessions/access-token.ts';
import { deviceKeyField } from '#shared/sessions/device-key.ts';
import { beyondMost } from '#shared/sessions/end-oldest.ts';
import type { Session } from '#shared/sessions/session.ts';
import { showListedSession } from '#shared/sessions/show-listed-session.ts';
import { signAccessToken } from '#shared/sessions/sign-token.ts';
import { signedIn } from '#shared/sessions/signed-in.ts';
import type { Device } from '#shared/sessions/start-sessions.ts';
import type { OpenSigner } from '#shared/sessions/use-signers.ts';
import type { User } from '#shared/users/user.ts';
import { sampleSession } from '../harness/people/sample-session.ts';
import { sampleUser } from '../harness/people/sample-user.ts';

const now = Date.parse('2026-11-20T22:00:00Z');
const user = (changes: Partial<User> = {}): User => sampleUser(now, { emailVerified: true, ...changes });
const session = (changes: Partial<Session> = {}): Session => sampleSession(now, changes);

describe('R4.5: a new session', () => {
  const device = { transport: 'cookie', address: '', userAgent: '' } satisfies Device;
  const given = (transport: Session['transport'], deviceSecret?: string) => {
    const cookies: string[] = [];
    const started = { session: session({ transport }), token: 'of-the-session' };
    const answer = signedIn(user(), started, { ...device, deviceSecret }, cookies);
    expect(answer.session.deviceBound).toBe(false);
    return { token: answer.session.token, cookies: cookies.map((line) => line.split(';')[0]) };
  };

  test('is given to a browser in cookies, and to a program in the answer', () => {
    const cookies = ['__Host-session=of-the-session'];
    expect(given('cookie')).toEqual({ token: undefined, cookies });
    expect(given('cookie', 'known')).toEqual({
      token: undefined,
      cookies: [...cookies, '__Host-device=known'],
    });
    expect(given('token')).toEqual({ token: 'of-the-session', cookies: [] });
  });
});

test('R7.4: a session among the others says which it is, by what device, from where', async () => {
  const here = session();
  expect(await showListedSession(here, here)).toMatchObject({
    current: true,
    device: { name: 'curl' },
    address: '192.0.2.0/24',
    deviceBound: false,
  });
  const other = session({
    id: 'other',
    keyThumbprint: 'key',
    userAgent: '',
    address: '',
    deviceId: '0123456789',
  });
  expect(await showListedSession(other, here)).toMatchObject({
    current: false,
    device: { name: null, hint: '01234567' },
    address: null,
    deviceBound: true,
  });
});

describe('R4.6: an access token', () => {
  test('is for ourselves and the backends that are listed', () => {
    expect(audiencesOf({ audiences: '' })).toEqual(['latchkey', 'relay']);
    expect(audiencesOf({ audiences: 'a,b' })).toEqual(['latchkey', 'relay', 'a', 'b']);
  });

  test('says who may administer, and of a device whose key must prove it', () => {
    const admin = user({ role: 'admin' });
    expect(claimsOf(user(), session())).toEqual({
      sub: 'user',
      sid: 'session',
      epoch: 3,
      role: 'general',
      verified: true,
    });
    expect(claimsOf(admin, session({ keyThumbprint: 'key' }))).toMatchObject({
      role: 'admin',
      cnf: { jkt: 'key' },
    });
    const unproven = { ...admin, emailVerified: false };
    expect(claimsOf(unproven, session())).toMatchObject({ role: 'general', verified: false });
  });
});

test('R6.2: a token says to the second when it was made, and ends so long after', async () => {
  const { privateKey } = await generateKeyPair('Ed25519');
  const signer = { id: 'name', alg: 'Ed25519', privateKey } as OpenSigner;
  const issue = { issuer: 'https://here.example', audience: 'latchkey', now: now + 900 };
  const token = await signAccessToken(claimsOf(user(), session()), signer, issue);
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'Ed25519', typ: 'at+jwt', kid: 'name' });
  expect(decodeJwt(token)).toMatchObject({ iat: now / 1_000, exp: now / 1_000 + 600 });
});

test('C33: a device’s key is a point of its curve', () => {
  const point = {
    kty: 'EC',
    crv: 'P-256',
    x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
    y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
  };
  expect(deviceKeyField.safeParse(point).success).toBe(true);
  expect(deviceKeyField.safeParse({ ...point, y: point.x }).success).toBe(false);
});

describe('somebody has a hundred sessions at most', () => {
  const row = (n: number, changes: Partial<Session> = {}): Session =>
    session({ id: `s${String(n).padStart(3, '0')}`, lastSeenAt: now - hour, ...changes });
  const rows = Array.from({ length: 102 }, (_, n) => row(n));
  const ended = (all: Session[]) => beyondMost(all, user(), now).map(({ id }) => id);

  test('of more, those end that are unused for longest', () => {
    expect(ended(rows.slice(2))).toEqual([]);
    const used = rows.map((one, n) => ({ ...one, lastSeenAt: n === 7 || n === 50 ? now - n : now }));
    expect(ended(used)).toEqual(['s007', 's050']);
  });

  test('of those unused for equally long, the same for all who look at once', () => {
    expect(ended(rows)).toEqual(['s100', 's101']);
    expect(ended(rows.toReversed())).toEqual(['s100', 's101']);
  });

  test('those that have ended do not count, nor do devices', () => {
    const over = [row(200, { idleExpiresAt: now }), row(201, { epoch: 2 })];
    expect(ended([...rows.slice(2), ...over, row(202, { id: 'device#known' })])).toEqual([]);
  });
});
