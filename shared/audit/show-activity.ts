import * as z from 'zod/mini';
import { toIso } from '../http/time.ts';
import { auditActions, auditOutcomes } from './actions.ts';
import type { AuditEntry } from './write-audit.ts';

/** An entry of the trail as the person sees it whose account it is about. */
export const activityResponse = z.object({
  at: z.string(),
  action: z.enum(auditActions),
  outcome: z.enum(auditOutcomes),
  /** Who did it: `unknown` where nobody was signed in. */
  by: z.enum(['me', 'other', 'unknown']),
  /** Where it came from; null for what others did, whose address is theirs. */
  address: z.nullable(z.string()),
  /** The session or the invite that it was done to, where it was not the account. */
  subjectId: z.nullable(z.string()),
  /** Of an API key: its service. */
  service: z.nullable(z.string()),
  /** Of a sign-in to an app: its name. */
  app: z.nullable(z.string()),
});

/** An entry as the user whom it is about sees it: others' addresses stay theirs. */
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
