import type { Device } from '../data/session-writes.ts';
import type { Session } from '../domain/session.ts';
import { newSecret } from '../random.ts';
import { cookie, longestCookie, setCookie } from './cookies.ts';
import type { Request } from './request.ts';

/**
 * What a request tells of its device. A browser gets the `__Host-device` cookie at its first sign-in and keeps it,
 * so that it is known the next time; a program has none.
 */
export function readDevice(
  request: Request,
  { transport, deviceId }: { transport: Session['transport']; deviceId?: string | undefined },
  cookies: string[],
): Device {
  const known = { transport, deviceId, address: request.address, userAgent: request.userAgent };
  if (transport === 'token') return known;
  const deviceSecret = request.cookies[cookie.device] || newSecret();
  cookies.push(setCookie(cookie.device, deviceSecret, longestCookie));
  return { ...known, deviceSecret };
}
