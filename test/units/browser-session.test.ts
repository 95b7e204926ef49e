import { describe, expect, test } from 'vitest';
import { day, hour } from '#shared/clock.ts';
import type { Config } from '#shared/deployment/config.ts';
import { cookie } from '#shared/http/cookies.ts';
import type { Request } from '#shared/http/request.ts';
import { newId, newSecret } from '#shared/random.ts';
import { deviceWrites, isKnown } from '#shared/sessions/known-devices.ts';
import { browserOf, deviceHash, readDevice } from '#shared/sessions/read-device.ts';
import { sessionCookie, sessionIn, sessionToken, speaksByCookie } from '#shared/sessions/session-cookie.ts';
import { formatSessionToken, hashSecret } from '#shared/sessions/session-token.ts';
import type { Session } from '#shared/sessions/session.ts';

const now = 1_700_000_000_000;
const request = (cookies: Record<string, string>, headers: Record<string, string> = {}): Request =>
  ({ cookies, headers, address: '192.0.2.1', userAgent: 'Browser' }) as unknown as Request;
const authorization = 'Bearer of-a-program';

describe('R4.5: the token of a request', () => {
  const held = { [cookie.session]: 'of-a-browser' };

  test('is the browser’s, unless the request says whose it is by itself', () => {
    expect(sessionToken(request({}))).toBeUndefined();
    expect(sessionToken(request(held))).toBe('of-a-browser');
    expect(sessionToken(request(held, { authorization }))).toBe('of-a-program');
    expect(sessionToken(request(held, { authorization: 'Basic of-a-program' }))).toBeUndefined();
  });

  test('can be used by another site where a browser sends it, and then alone', () => {
    const asked = [request({}), request(held), request(held, { authorization })];
    expect(asked.map(speaksByCookie)).toEqual([false, true, false]);
  });

  test('is kept by the browser until the session ends', () => {
    const session = { idleExpiresAt: now + hour + 900, absoluteExpiresAt: now + day } as Session;
    expect(sessionCookie('token', session, now)).toContain('; Max-Age=3600;');
  });

  test('ends a session that it replaces only where it is of the same user', () => {
    const [userId, sessionId, secret] = [newId(), newId(), newSecret()];
    const browser = request({ [cookie.session]: formatSessionToken({ userId, sessionId, secret }) });
    expect(sessionIn(browser, userId)).toEqual({ id: sessionId, hash: hashSecret(secret) });
    expect(sessionIn(browser, newId())).toBeUndefined();
    expect(sessionIn(request({}), userId)).toBeUndefined();
  });
});

describe('C100: the cookie of a device', () => {
  const secret = newSecret();
  const browser = request({ [cookie.device]: secret }, { origin: 'https://here.example' });
  const known = hashSecret(secret);

  test('is known by its hash, and by nothing where it has not the form of a secret', () => {
    expect(deviceHash(browser)).toBe(known);
    expect(deviceHash(request({}))).toBeUndefined();
    expect(deviceHash(request({ [cookie.device]: 'planted' }))).toBeUndefined();
  });

  test('stays where the account knows the browser by it, and is replaced elsewhere', () => {
    const secretOf = (from: Request, by?: string) =>
      readDevice(from, { transport: 'cookie' }, by).deviceSecret;
    expect(secretOf(browser, known)).toBe(secret);
    for (const fresh of [secretOf(browser), secretOf(browser, newId()), secretOf(request({}))]) {
      expect(fresh).toHaveLength(secret.length);
      expect(fresh).not.toBe(secret);
    }
    expect(readDevice(browser, { transport: 'token' }, known)).not.toHaveProperty('deviceSecret');
  });

  test('makes a browser known where one of our pages has asked', () => {
    const asked = browserOf(browser, 'https://here.example', known);
    expect(asked).toEqual({ secret, deviceHash: known, userAgent: 'Browser' });
    expect(browserOf(browser, 'https://there.example', known)).toBeUndefined();
  });
});

describe('C100: what an account knows a device by', () => {
  const config = { table: (name: string) => name } as unknown as Config;
  const knownBy = { userId: 'user', userAgent: 'Browser', deviceHash: 'cookie', keyThumbprint: 'key' };
  const made = (transport: Session['transport'], boundTo?: string) =>
    Object.keys(deviceWrites(config, { ...knownBy, transport }, now, boundTo));

  test('is the cookie, and the key of the device that it is bound to; of a program the key', () => {
    expect(made('cookie')).toEqual(['device cookie']);
    expect(made('cookie', 'another key')).toEqual(['device cookie']);
    expect(made('cookie', 'key')).toEqual(['device cookie', 'device key']);
    expect(made('token')).toEqual(['device cookie', 'device key']);
    expect(deviceWrites(config, { userId: 'user', userAgent: 'Browser' }, now)).toEqual({});
  });

  test('is kept for 400 days after its last use, and forgotten with what came before a reset', () => {
    expect(isKnown({ lastSeenAt: now - 400 * day }, {}, now)).toBe(false);
    expect(isKnown({ lastSeenAt: now - 400 * day + 1 }, {}, now)).toBe(true);
    expect(isKnown({ lastSeenAt: now - 1 }, { devicesFrom: now - 1 }, now)).toBe(true);
    expect(isKnown({ lastSeenAt: now - 2 }, { devicesFrom: now - 1 }, now)).toBe(false);
    const [write] = Object.values(deviceWrites(config, { ...knownBy, transport: 'token' }, now));
    const values = write!.Update!.ExpressionAttributeValues;
    expect(values).toMatchObject({ ':ttl': Math.ceil((now + 400 * day) / 1_000) });
  });
});
