import type { Ports } from '../deployment/capability.ts';
import type { Answer } from '../http/answer.ts';
import type { Parameters } from '../http/parameters.ts';
import type { Request } from '../http/request.ts';
import type { findSessions } from '../sessions/find-sessions.ts';
import type { keepSessions } from '../sessions/keep-sessions.ts';
import { bySession } from './by-session.ts';
import type { endReusedGrants } from './end-grants.ts';
import type { readGrants, Holding } from './find-grants.ts';
import type { NamedApp } from './find-app.ts';
import { scopesOf } from './grant.ts';
import { invalidGrant } from './grant-refusal.ts';
import { parseGrantToken } from './grant-tokens.ts';
import { errorAnswer } from './oauth-error.ts';
import type { matchRefreshes, refreshGrants } from './refresh-grants.ts';

type Tools = Ports<
  readonly [
    typeof readGrants,
    typeof endReusedGrants,
    typeof matchRefreshes,
    typeof refreshGrants,
    typeof findSessions,
    typeof keepSessions,
  ]
>;

/**
 * Exchanges a refresh token for the next one (RFC 6749, 6; RFC 9700, 4.14). A replaced token that comes after its time to repeat
 * ends the grant and all its tokens: either that token or its successor is in the wrong hands.
 */
export async function exchangeRefreshToken(
  app: NamedApp,
  { values }: Parameters,
  { address }: Request,
  { grants, refreshes, sessions }: Tools,
  now: number,
): Promise<{ holding: Holding; refreshToken: string; scope: string } | Answer> {
  if (!values['refresh_token'])
    return errorAnswer({ error: 'invalid_request', description: 'refresh_token is missing.' });
  // Once deployed, the setting also applies to earlier grants.
  const held = app.refresh ? parseGrantToken(values['refresh_token']) : undefined;
  const grant = held && (await grants.read(held));
  if (!grant || grant.app !== app.name || grant.endedAt !== undefined) return invalidGrant();
  const matched = await refreshes.match(grant, held.secret, now);
  if (matched === 'spent') await grants.endReused(grant, address, now);
  if (matched === undefined || matched === 'spent') return invalidGrant();
  const scope = values['scope'] ?? grant.scope;
  if (!scope.split(' ').every((one) => scopesOf(grant).includes(one)))
    return errorAnswer({ error: 'invalid_scope', description: 'scope has more than was granted.' });
  const done = await bySession(grant, sessions, now, async (holding) => {
    const refreshToken = await refreshes.next(holding, matched, now);
    return refreshToken === undefined ? undefined : { holding, refreshToken };
  });
  if (!done) return invalidGrant();
  // A refresh counts as use of the session: some users only ever open the app.
  await sessions.keep(done.holding.session, { matchedToken: 'present', rotates: false }, now);
  return { ...done, scope };
}
