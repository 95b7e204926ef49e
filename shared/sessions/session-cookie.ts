import { second } from '../clock.ts';
import { sessionExpiry, type Session } from './session.ts';
import { hashSecret, parseSessionToken } from './session-token.ts';
import type { HeldSession } from './session-rows.ts';
import { cookie, setCookie } from '../http/cookies.ts';
import type { Request } from '../http/request.ts';

const bearer = /^(?:Bearer|DPoP) +([\w.~+/-]+=*)$/i;

/**
 * The token that a program sends (RFC 6750, 2.1; RFC 9449, 7.1). The session, and not the scheme, decides whether it needs a proof.
 * The header's presence switches the cookie off.
 */
export const bearerToken = ({ headers }: Request): string | undefined =>
  bearer.exec(headers['authorization'] ?? '')?.[1];

/** The session token of a request: from its `Authorization` header, if it has one, else from the cookie. */
export const sessionToken = (request: Request): string | undefined =>
  request.headers['authorization'] === undefined ? request.cookies[cookie.session] : bearerToken(request);

/** Whether the browser authenticates the caller by itself, so that another site could make it send the request. */
export const speaksByCookie = (request: Request): boolean =>
  request.headers['authorization'] === undefined && request.cookies[cookie.session] !== undefined;

/** The `Set-Cookie` value that keeps a session's token until the session ends. */
export const sessionCookie = (token: string, session: Session, now: number): string =>
  setCookie(cookie.session, token, Math.floor((sessionExpiry(session) - now) / second));

/** The session of `userId` that a browser's cookie claims to hold. Only the store can confirm the claim. */
export function sessionIn({ cookies }: Request, userId: string): HeldSession | undefined {
  const parts = parseSessionToken(cookies[cookie.session] ?? '');
  return parts?.userId === userId ? { id: parts.sessionId, hash: hashSecret(parts.secret) } : undefined;
}
