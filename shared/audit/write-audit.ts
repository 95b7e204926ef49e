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
  /** Absent if the caller was not signed in. */
  actorId?: string | undefined;
  subjectId?: string | undefined;
  address?: string | undefined;
  /** For a failed sign-in: HMAC of the typed name, which tells whether two tries were for the same name. */
  login?: string;
  /** For a stored API key: its service, and the provider's operation that it was decrypted for. */
  service?: string;
  call?: string;
  /** For a relayed call: the requested model, and the HTTP status of the provider's answer, each if it is known. */
  model?: string;
  status?: number;
  /** For a sign-in to an app: the app's name. */
  app?: string;
  /** The reason that an administrator gave, in their words. */
  reason?: string;
  /** Milliseconds. */
  at: number;
}

/** Who acts, and from where. */
export type Actor = Pick<AuditEntry, 'actorId' | 'address'>;

/** An entry as it is stored. `sk` is its time and a random id, so that text order is time order. */
export type AuditRow = AuditEntry & { sk: string };

/** Number of partitions for one day's entries: in a busy hour, a single one would throttle writes. */
const auditShards = 4;

/** Partition keys of a day's entries. */
export const auditPartitions = (date: string): string[] =>
  Array.from({ length: auditShards }, (_, shard) => `${date}#${shard}`);

const shardOf = (id: string): number => createHash('sha256').update(id).digest()[0]! % auditShards;

/** The first day of the trail at `now`, by today's `auditDays`: older entries, written under a longer setting, are no longer shown. */
export const trailStart = ({ settings }: Config, now: number): string =>
  dayOf(now - settings.auditDays * day);

/** The write of an entry, for the transaction that performs its action. */
export function auditWrite(config: Config, entry: AuditEntry) {
  const id = newId();
  const time = new Date(entry.at).toISOString();
  const ttl = toSeconds(entry.at + config.settings.auditDays * day);
  const Item = { pk: `${time.slice(0, 10)}#${shardOf(id)}`, sk: `${time}#${id}`, ttl, ...entry };
  return { Put: { TableName: config.table('audit'), Item } } satisfies Write;
}

/** Records actions that changed nothing themselves, such as a refused sign-in. */
export const recordAudit = capability('audit', [onTable('audit', 'PutItem')], (config) => ({
  async record(entry: AuditEntry): Promise<void> {
    await putRow(auditWrite(config, entry).Put);
  },
}));
