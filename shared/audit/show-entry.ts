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
  /** The user who did it; null where the caller was not signed in. */
  actorId: text,
  /** The user, session or invite that it was done to. */
  subjectId: text,
  address: text,
  /** Stands for what was typed to sign in, where that failed: the same for the same name. */
  login: text,
  /** Of an API key: its service, and which of the provider's operations it was decrypted for. */
  service: text,
  call: text,
  /** Why an administrator did it, in their words. */
  reason: text,
  /** What the users are called now who did it and to whom it was done; null for who has deleted the account too. */
  actorName: text,
  subjectName: text,
  /** Of a sign-in to an app: its name. */
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
