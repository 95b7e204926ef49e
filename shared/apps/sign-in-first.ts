import type { Settings } from '../deployment/settings.ts';
import { second } from '../clock.ts';
import type { Parameters } from '../http/parameters.ts';
import { entrance } from '../sessions/entrance.ts';
import { beganWithin, confirmationMs } from '../sessions/session.ts';
import type { Found } from '../sessions/find-sessions.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { carriedParameters, sinceParameter } from './carried-parameters.ts';
import { takesSession } from './find-app.ts';
import { withParameters } from './return-uri.ts';

/**
 * Whether the session was begun as lately as the app wants it, by `max_age` or `prompt=login`. Whoever has a device's key and no
 * password has nothing to type: the key is proven for each request.
 */
export function hasSignedIn(
  { app, prompt, maxAgeSeconds }: AuthorizationRequest,
  { user, session }: Found,
  { values }: Parameters,
  now: number,
): boolean {
  if (user.deviceOnly) return true;
  if (prompt === 'login') return false;
  if (maxAgeSeconds !== undefined && !beganWithin(session, maxAgeSeconds * second, now)) return false;
  // A session that is handed on may do what a browser must sign in anew for.
  if (takesSession(app) && !beganWithin(session, confirmationMs, now)) return false;
  return !(session.createdAt < signedInSince({ values }));
}

/** Not a number, with which no time compares, where people were led to no sign-in. */
const signedInSince = ({ values }: Pick<Parameters, 'values'>): number => Number(values[sinceParameter]);

/** Whether the session is that of a sign-in for this very request: from where it was led to one, people come back with it. */
export const cameBack = ({ createdAt }: Found['session'], parameters: Pick<Parameters, 'values'>): boolean =>
  createdAt >= signedInSince(parameters);

/** What has been done by whoever comes back from signing in. */
const doneBySigningIn = new Set(['prompt', 'max_age', sinceParameter]);

/** Where one signs in, or registers if the app asks for that, to come back with the same request. */
export function signInPath(
  { prompt, maxAgeSeconds }: AuthorizationRequest,
  parameters: Parameters,
  isSignedIn: boolean,
  settings: Pick<Settings, 'deviceOnly'>,
  now: number,
): string {
  const kept = Object.entries(carriedParameters(parameters)).filter(([name]) => !doneBySigningIn.has(name));
  const wantsFresh = isSignedIn || prompt === 'login' || maxAgeSeconds !== undefined;
  const next = withParameters('/oauth/authorize', {
    ...Object.fromEntries(kept),
    ...(wantsFresh && { [sinceParameter]: String(now) }),
  });
  // Where devices alone identify people, the entrance has no password to type; and each page but that of a sign-in that is asked for
  // leads on at once who is signed in.
  const page = isSignedIn ? '/login' : prompt === 'create' ? '/register' : entrance(settings);
  return withParameters(page, { ...(isSignedIn && { again: '1' }), next });
}
