import type { Config } from '../deployment/config.ts';
import type { AuditAction } from '../audit/actions.ts';
import { auditWrite } from '../audit/write-audit.ts';
import type { Write } from '../aws/transaction.ts';

interface Deed {
  action: AuditAction & `key.${string}`;
  userId: string;
  service: string;
  address: string;
  /** Milliseconds. */
  at: number;
}

/** The audit entry of a user's action on their own API key, for the transaction that performs it. */
export const keyAuditWrite = (config: Config, { userId, ...deed }: Deed): Write =>
  auditWrite(config, { ...deed, outcome: 'done', actorId: userId, subjectId: userId });
