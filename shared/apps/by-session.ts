import type { Ports } from '../deployment/capability.ts';
import type { findSessions } from '../sessions/find-sessions.ts';
import type { Holding } from './find-grants.ts';
import type { Grant } from './grant.ts';

/**
 * Runs `act` with the session that the grant depends on. Runs it once more if that session changes in the same moment, because
 * the user signs in over it or ends all other sessions: the conditions of the first run's writes then fail.
 * @param act returns undefined if its writes were refused.
 */
export async function bySession<T>(
  grant: Grant,
  sessions: Ports<readonly [typeof findSessions]>['sessions'],
  now: number,
  act: (holding: Holding) => Promise<T | undefined>,
): Promise<T | undefined> {
  const first = await sessions.ofGrant(grant, now);
  const done = first && (await act({ grant, ...first }));
  if (done !== undefined) return done;
  // Also if no session was found: the rows of the user and the session are read in one call, but not as a snapshot.
  const present = await sessions.ofGrant(grant, now);
  const isSame = present?.session.id === first?.session.id && present?.user.epoch === first?.user.epoch;
  return present && !isSame ? act({ grant, ...present }) : undefined;
}
