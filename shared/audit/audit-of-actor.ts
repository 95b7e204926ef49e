import { capability, onIndex } from '../deployment/capability.ts';
import { trailStart, type AuditEntry } from './write-audit.ts';
import { queryRows } from '../aws/query-rows.ts';

export const readAuditOfActor = capability('auditLog', [onIndex('audit', 'byActor')], (config) => ({
  /** The entries of an actor, newest first. */
  by: (actorId: string, now: number): AsyncIterable<AuditEntry> =>
    queryRows<AuditEntry>({
      TableName: config.table('audit'),
      IndexName: 'byActor',
      KeyConditionExpression: 'actorId = :actor AND sk >= :start',
      ExpressionAttributeValues: { ':actor': actorId, ':start': trailStart(config, now) },
      ScanIndexForward: false,
    }),
}));
