import { hashSecret } from './session-token.ts';
import type { Device } from './start-sessions.ts';
import { decode } from '../base64url.ts';
import type { Session } from './session.ts';
import { newSecret } from '../random.ts';
import { cookie, maxCookieSeconds, setCookie } from '../http/cookies.ts';
import type { Request } from '../http/request.ts';

const secretBytes = 32;

/**
 * The device of a request. A browser gets a `__Host-device` cookie when it signs in to an account for the first time, and
 * keeps it for that account; a program has none. A cookie by which another account knows the browser, or that an attacker
 * has planted, is replaced: another person who knows the cookie must not be known to this account (C100).
 * @param knownDevice the hash or thumbprint by which this account knows the caller's device.
 */
export function readDevice(
  request: Request,
  { transport, deviceId }: { transport: Session['transport']; deviceId?: string | undefined },
  knownDevice?: string,
): Device {
  const known = { transport, deviceId, address: request.address, userAgent: request.userAgent };
  if (transport === 'token') return known;
  const isKept = knownDevice !== undefined && deviceHash(request) === knownDevice;
  return { ...known, deviceSecret: isKept ? request.cookies[cookie.device] : newSecret() };
}

/** The hash of the device cookie that a request carries, by which the device may be known. */
export function deviceHash({ cookies }: Request): string | undefined {
  const kept = cookies[cookie.device] ?? '';
  return decode(kept, secretBytes) && hashSecret(kept);
}

/** A browser that is to be known from now on, by the cookie that it has or gets. */
export interface KnownBrowser {
  secret: string;
  deviceHash: string;
  userAgent: string;
}

/** The browser behind a request that one of our own pages sent; undefined for a program. @param knownDevice as for `readDevice`. */
export function browserOf(request: Request, origin: string, knownDevice?: string): KnownBrowser | undefined {
  if (request.headers['origin'] !== origin) return undefined;
  const { deviceSecret: secret = newSecret(), userAgent } = readDevice(
    request,
    { transport: 'cookie' },
    knownDevice,
  );
  return { secret, deviceHash: hashSecret(secret), userAgent };
}

/** The `Set-Cookie` value by which a browser stays known. */
export const deviceCookie = (secret: string): string => setCookie(cookie.device, secret, maxCookieSeconds);
