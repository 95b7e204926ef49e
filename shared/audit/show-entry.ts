import * as z from 'zod/mini';
import type { AuditEntry } from './write-audit.ts';
import { auditActions, auditOutcomes } from './actions.ts';
import { csvOfList } from '../http/csv.ts';
import { toIso } from '../http/time.ts';

const text = z.nullable(z.string());

/** An entry of the audit trail as administrators see it. */
export const auditEntryResponse = z.object({
  at: z.string(),
  action: z.enum(auditActions),
  outcome: z.enum(auditOutcomes),
  /** The user who did it; null if the caller was not signed in. */
  actorId: text,
  /** The user, session or invite that the action affected. */
  subjectId: text,
  address: text,
  /** For a failed sign-in: stands for the typed name, and is the same for the same name. */
  login: text,
  /** For an API key: its service, and the provider's operation that it was decrypted for. */
  service: text,
  call: text,
  /** The reason that an administrator gave, in their words. */
  reason: text,
  /** Present names of the actor and of the affected user; also null if that user has deleted their account. */
  actorName: text,
  subjectName: text,
  /** For a sign-in to an app: the app's name. */
  app: text,
});

type ShownEntry = z.output<typeof auditEntryResponse>;

export const showAuditEntry = (entry: AuditEntry, names: ReadonlyMap<string, string>): ShownEntry => ({
  at: toIso(entry.at),
  action: entry.action,
  outcome: entry.outcome,
  actorId: entry.actorId ?? null,
  subjectId: entry.subjectId ?? null,
  address: entry.address ?? null,
  login: entry.login ?? null,
  service: entry.service ?? null,
  call: entry.call ?? null,
  reason: entry.reason ?? null,
  actorName: names.get(entry.actorId ?? '') ?? null,
  subjectName: names.get(entry.subjectId ?? '') ?? null,
  app: entry.app ?? null,
});

/** The audit trail as a file. */
export const auditCsv = csvOfList('audit.csv', auditEntryResponse);
