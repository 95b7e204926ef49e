import * as z from 'zod/mini';
import { toIso } from '../http/time.ts';
import { callsResponse, quotaResponse } from '../quotas/show-quota.ts';
import { sessionHolds, type Session } from '../sessions/session.ts';
import { listedSessionResponse, showListedSession } from '../sessions/show-listed-session.ts';
import { managedUserResponse } from '../users/show-managed-user.ts';
import { usedAppResponse } from './show-used-apps.ts';
import type { User } from '../users/user.ts';

/** A user as administrators read one, with limits, use and sessions. */
export const personResponse = z.object({
  ...managedUserResponse.shape,
  ...callsResponse.shape,
  /** Where the user stands with both limits. */
  quota: quotaResponse,
  /** Until when wrong passwords keep the user out, on devices that the account does not know; null: they do not. */
  lockedUntil: z.nullable(z.string()),
  /** Who invited the user; no name for who has deleted the account. */
  invitedBy: z.nullable(z.object({ userId: z.string(), username: z.nullable(z.string()) })),
  /** Sessions that let the user in, the one used last first, and when that was. */
  sessions: z.object({
    count: z.int(),
    lastSeenAt: z.nullable(z.string()),
    items: z.array(listedSessionResponse),
  }),
  /** The apps that the user has signed in to, the last used first. */
  apps: z.array(usedAppResponse),
});

/** The sessions of a user that hold, for whoever asks in the session `current`. */
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
