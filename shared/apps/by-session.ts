import type { Ports } from '../deployment/capability.ts';
import type { findSessions } from '../sessions/find-sessions.ts';
import type { Holding } from './find-grants.ts';
import type { Grant } from './grant.ts';

/**
 * Does what a grant allows, by the session that it goes on by: once more where its owner has signed in over that session in this
 * very moment, which refuses what is written by it.
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
  if (!first || done !== undefined) return done;
  const present = await sessions.ofGrant(grant, now);
  const hasChanged = present && present.session.id !== first.session.id;
  return hasChanged ? act({ grant, ...present }) : undefined;
}
