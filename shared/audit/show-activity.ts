import * as z from 'zod/mini';
import { toIso } from '../http/time.ts';
import { auditActions, auditOutcomes } from './actions.ts';
import type { AuditEntry } from './write-audit.ts';

/** An entry of the trail as the account's owner sees it. */
export const activityResponse = z.object({
  at: z.string(),
  action: z.enum(auditActions),
  outcome: z.enum(auditOutcomes),
  /** Who did it: `unknown` if the caller was not signed in. */
  by: z.enum(['me', 'other', 'unknown']),
  /** Address of the request; null if another user sent it, because users' addresses are private. */
  address: z.nullable(z.string()),
  /** The session or the invite that the action affected; null if it affected the account itself. */
  subjectId: z.nullable(z.string()),
  /** For an API key: its service. */
  service: z.nullable(z.string()),
  /** For a sign-in to an app: the app's name. */
  app: z.nullable(z.string()),
});

export function showActivity(entry: AuditEntry, userId: string): z.input<typeof activityResponse> {
  const { at, action, outcome, actorId, subjectId, address = null, service = null, app = null } = entry;
  const by = actorId === undefined ? 'unknown' : actorId === userId ? 'me' : 'other';
  return {
    at: toIso(at),
    action,
    outcome,
    by,
    address: by === 'other' ? null : address,
    subjectId: subjectId === undefined || subjectId === userId ? null : subjectId,
    service,
    app,
  };
}
