import type { Settings } from '../deployment/settings.ts';
import { second } from '../clock.ts';
import type { Parameters } from '../http/parameters.ts';
import { entrance } from '../sessions/entrance.ts';
import { beganWithin, confirmationMs, type UserSession } from '../sessions/session.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { carriedParameters, sinceParameter } from './carried-parameters.ts';
import { takesSession } from './find-app.ts';
import { withParameters } from './return-uri.ts';

/**
 * Whether the session began as recently as the app requires by `max_age` or `prompt=login`. Always true for device-only users: they
 * have no password to type, and each request proves their key.
 */
export function hasSignedIn(
  { app, prompt, maxAgeSeconds }: AuthorizationRequest,
  { user, session }: UserSession,
  { values }: Parameters,
  now: number,
): boolean {
  if (user.deviceOnly) return true;
  if (prompt === 'login') return false;
  if (maxAgeSeconds !== undefined && !beganWithin(session, maxAgeSeconds * second, now)) return false;
  // The command line's new session may do things for which a browser must sign in again.
  if (takesSession(app) && !beganWithin(session, confirmationMs, now)) return false;
  return !(session.createdAt < signedInSince({ values }));
}

/** NaN, for which every comparison is false, if the user was not led to a sign-in. */
const signedInSince = ({ values }: Pick<Parameters, 'values'>): number => Number(values[sinceParameter]);

/** Whether the session began by a sign-in to which this very request led the user. */
export const cameBack = (
  { createdAt }: UserSession['session'],
  parameters: Pick<Parameters, 'values'>,
): boolean => createdAt >= signedInSince(parameters);

/** Parameters that a sign-in fulfils, so that the request comes back without them. */
const doneBySigningIn = new Set(['prompt', 'max_age', sinceParameter]);

/** The address of the sign-in page, or of registration if the app asks for that. Both return to the same request. */
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
  // In a device-only deployment, the entrance has no password to type. Signed-in users get `/login` with `again`, because every
  // other page would send them on at once.
  const page = isSignedIn ? '/login' : prompt === 'create' ? '/register' : entrance(settings);
  return withParameters(page, { ...(isSignedIn && { again: '1' }), next });
}
