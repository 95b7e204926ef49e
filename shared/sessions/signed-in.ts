import type * as z from 'zod/mini';
import type { Device } from './start-sessions.ts';
import type { Session } from './session.ts';
import type { User } from '../users/user.ts';
import { deviceCookie } from './read-device.ts';
import { sessionCookie } from './session-cookie.ts';
import { showUser } from '../users/show-user.ts';
import { showSession } from './show-session.ts';
import type { signedInResponse } from './signed-in-response.ts';

/** Hands the new session over the way the client asked: in cookies, or in the body with no cookie. */
export function signedIn(
  user: User,
  { session, token }: { session: Session; token: string },
  { deviceSecret }: Device,
  cookies: string[],
): z.input<typeof signedInResponse> {
  const inBody = session.transport === 'token';
  if (!inBody) cookies.push(sessionCookie(token, session, session.createdAt));
  if (deviceSecret) cookies.push(deviceCookie(deviceSecret));
  return { user: showUser(user), session: showSession(session, inBody ? token : undefined) };
}
