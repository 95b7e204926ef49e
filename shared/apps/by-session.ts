import type { Ports } from '../deployment/capability.ts';
import type { findSessions } from '../sessions/find-sessions.ts';
import type { Holding } from './find-grants.ts';
import type { Grant } from './grant.ts';

/**
 * Does what a grant allows, by the session that it goes on by: once more where that has become another in this very moment, by a
 * sign-in over it or by its owner's end of all others, which refuses what is written by it.
 * @param act undefined where it was refused.
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
  // Also where none was found: the rows of a user and a session that are read at once are no snapshot.
  const present = await sessions.ofGrant(grant, now);
  const isSame = present?.session.id === first?.session.id && present?.user.epoch === first?.user.epoch;
  return present && !isSame ? act({ grant, ...present }) : undefined;
}
