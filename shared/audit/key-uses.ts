import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onIndex } from '../deployment/capability.ts';
import type { AuditEntry } from './write-audit.ts';

/** Rows of the audit trail that one query reads, and queries for one page. */
const most = 1_000;
const mostRounds = 10;

type Row = AuditEntry & { sk: string };

/** Reads the uses of a user's API keys: each call that one was decrypted for. */
export const readKeyUses = capability('uses', [onIndex('audit', 'byActor')], (config) => ({
  /**
   * At most `limit` uses of a user's key for a service that are older than `before`, a page's `next`; newest first. A
   * page can be empty and still have a next one.
   */
  async page(
    userId: string,
    service: string,
    limit: number,
    before?: string,
  ): Promise<{ entries: AuditEntry[]; next?: string }> {
    const found: Row[] = [];
    let end = before;
    for (let round = 0; round < mostRounds && found.length <= limit; round += 1) {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: config.table('audit'),
          IndexName: 'byActor',
          KeyConditionExpression: `actorId = :user${end === undefined ? '' : ' AND sk < :end'}`,
          FilterExpression: '#action IN (:call, :check) AND #service = :service',
          ExpressionAttributeNames: { '#action': 'action', '#service': 'service' },
          ExpressionAttributeValues: {
            ':user': userId,
            ':call': 'relay.call',
            ':check': 'key.check',
            ':service': service,
            ...(end !== undefined && { ':end': end }),
          },
          ScanIndexForward: false,
          Limit: most,
        }),
      );
      found.push(...(Items as Row[]));
      end = LastEvaluatedKey?.['sk'] as string | undefined;
      if (end === undefined) break;
    }
    const next = found.length > limit ? found[limit - 1]!.sk : end;
    return { entries: found.slice(0, limit), ...(next !== undefined && { next }) };
  },
}));
