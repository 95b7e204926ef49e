import { createHash } from 'node:crypto';
import { putRow } from '../aws/conditional-write.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { dayOf } from '../calendar.ts';
import { day, toSeconds } from '../clock.ts';
import type { Config } from '../deployment/config.ts';
import type { AuditAction, AuditOutcome } from './actions.ts';
import { newId } from '../random.ts';
import type { Write } from '../aws/transaction.ts';

/** One line of the audit trail: who did what to whom, from where, with which outcome. Ids only. */
export interface AuditEntry {
  action: AuditAction;
  outcome: AuditOutcome;
  /** Absent where the caller was not signed in. */
  actorId?: string | undefined;
  subjectId?: string | undefined;
  address?: string | undefined;
  /** HMAC of what was typed to sign in, where that failed: tells whether two tries were for the same name. */
  login?: string;
  /** Of a stored API key: for which service it is, and which of its provider's operations it was decrypted for. */
  service?: string;
  call?: string;
  /** Of a relayed call: the model that was asked, and the provider's answer (status of HTTP), each where it is known. */
  model?: string;
  status?: number;
  /** Of a sign-in to an app: its name. */
  app?: string;
  /** Why an administrator did it, in their words. */
  reason?: string;
  /** Milliseconds. */
  at: number;
}

/** An entry as it is stored; `sk` is its time and a random id, so that texts compare as times do. */
export type AuditRow = AuditEntry & { sk: string };

/** One day's entries lie in so many partitions, so that a busy hour does not wait for one of them. */
const auditShards = 4;

/** Partition keys of a day's entries. */
export const auditPartitions = (date: string): string[] =>
  Array.from({ length: auditShards }, (_, shard) => `${date}#${shard}`);

const shardOf = (id: string): number => createHash('sha256').update(id).digest()[0]! % auditShards;

/** Where the trail begins at `now`, by the setting of today: lines that were written under a longer one are shown no more. */
export const trailStart = ({ settings }: Config, now: number): string =>
  dayOf(now - settings.auditDays * day);

/** The row of an entry, for a transaction that does what the entry tells. */
export function auditWrite(config: Config, entry: AuditEntry) {
  const id = newId();
  const time = new Date(entry.at).toISOString();
  const ttl = toSeconds(entry.at + config.settings.auditDays * day);
  const Item = { pk: `${time.slice(0, 10)}#${shardOf(id)}`, sk: `${time}#${id}`, ttl, ...entry };
  return { Put: { TableName: config.table('audit'), Item } } satisfies Write;
}

/** Writes down what changed nothing itself, such as a refused sign-in. */
export const recordAudit = capability('audit', [onTable('audit', 'PutItem')], (config) => ({
  async record(entry: AuditEntry): Promise<void> {
    await putRow(auditWrite(config, entry).Put);
  },
}));
