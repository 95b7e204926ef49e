import { capability, onIndex } from '../deployment/capability.ts';
import type { AuditEntry } from './write-audit.ts';
import { queryRows } from '../aws/query-rows.ts';

/** Reads the audit trail of one actor. */
export const readAuditOfActor = capability('auditLog', [onIndex('audit', 'byActor')], (config) => ({
  /** The entries of an actor, newest first. */
  by: (actorId: string): AsyncIterable<AuditEntry> =>
    queryRows<AuditEntry>({
      TableName: config.table('audit'),
      IndexName: 'byActor',
      KeyConditionExpression: 'actorId = :actor',
      ExpressionAttributeValues: { ':actor': actorId },
      ScanIndexForward: false,
    }),
}));
