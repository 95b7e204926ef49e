import { withParameters } from '../apps/return-uri.ts';
import { targetOf } from '../deployment/origin.ts';
import type { Settings } from '../deployment/settings.ts';
import type { Invite } from '../invites/invite.ts';
import type { User } from '../users/user.ts';

interface Guest extends Pick<User, 'role'> {
  /** The login name by which the app is told to expect them; absent if the app must not learn it. */
  login?: string | undefined;
}

/** The login name by which an app can expect a user (`login_hint`). */
export const loginOf = ({ email, username }: Pick<User, 'email' | 'username'>): string => email ?? username;

/** The address at which an app begins the sign-in of a person who comes from here (OpenID Connect Core 1.0, 4). */
export const entranceUrl = (uri: string, origin: string, login?: string): string =>
  withParameters(uri, { iss: origin, login_hint: login });

/**
 * Where a guest goes next who has just registered, or comes back by their own link: to the app that the invite names, else to the
 * first app that takes guests, else to the home page, which leads on to `appUrl`. Administrators whose invite names no app stay
 * here, since they work here.
 */
export function landingOf(
  { app }: Pick<Invite, 'app'>,
  { role, login }: Guest,
  { appEntrances }: Pick<Settings, 'appEntrances'>,
  origin: string,
): string {
  const named = app !== undefined && Object.hasOwn(appEntrances, app) ? appEntrances[app]!.uri : null;
  if (named !== null) return entranceUrl(named, origin, login);
  if (role === 'admin') return '/';
  const first = Object.values(appEntrances).find(({ uri, takesGuests }) => uri !== null && takesGuests);
  return first?.uri ? entranceUrl(first.uri, origin, login) : '/';
}

/** The origin, besides our own, to which the form of an invite or of open registration may lead: that of an app, if any. */
export function landingTarget(
  invite: Pick<Invite, 'app' | 'role'>,
  settings: Pick<Settings, 'appEntrances'>,
): string | undefined {
  const landing = landingOf(invite, { role: invite.role }, settings, '');
  return landing.startsWith('/') ? undefined : targetOf(landing);
}
