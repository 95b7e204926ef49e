import * as z from 'zod/mini';
import { toIso } from '../http/time.ts';
import { callsResponse, quotaResponse } from '../quotas/show-quota.ts';
import { sessionHolds, type Session } from '../sessions/session.ts';
import { listedSessionResponse, showListedSession } from '../sessions/show-listed-session.ts';
import { managedUserResponse } from '../users/show-managed-user.ts';
import { usedAppResponse } from './show-used-apps.ts';
import type { User } from '../users/user.ts';

/** A user as administrators see them, with limits, use and sessions. */
export const personResponse = z.object({
  ...managedUserResponse.shape,
  ...callsResponse.shape,
  /** The user's limits and how much of each is used. */
  quota: quotaResponse,
  /** When the user's lockout by wrong passwords ends; null if there is none. It applies to devices that the account does not know. */
  lockedUntil: z.nullable(z.string()),
  /** The issuer of the user's invite; the name is null if the issuer has deleted their account. */
  invitedBy: z.nullable(z.object({ userId: z.string(), username: z.nullable(z.string()) })),
  /** Valid sessions, the most recently used first, and when that one was last used. */
  sessions: z.object({
    count: z.int(),
    lastSeenAt: z.nullable(z.string()),
    items: z.array(listedSessionResponse),
  }),
  /** The apps that the user has signed in to, the most recently used first. */
  apps: z.array(usedAppResponse),
});

/** The valid sessions of a user. @param current the session of the caller, which is marked in the list. */
export async function showSessions(
  sessions: readonly Session[],
  user: User,
  current: Session,
  now: number,
): Promise<z.input<typeof personResponse>['sessions']> {
  const live = sessions
    .filter((session) => sessionHolds(session, user, now))
    .toSorted((a, b) => b.lastSeenAt - a.lastSeenAt);
  return {
    count: live.length,
    lastSeenAt: live[0] ? toIso(live[0].lastSeenAt) : null,
    items: await Promise.all(live.map((session) => showListedSession(session, current))),
  };
}
