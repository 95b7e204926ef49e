import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { rowsPerQuery } from '../aws/look-through.ts';
import { capability, onIndex } from '../deployment/capability.ts';
import { keyUseActions } from './actions.ts';
import { oneOfActions } from './audit-filter.ts';
import type { AuditEntry, AuditRow } from './write-audit.ts';

/** Queries for one page. */
const mostQueries = 10;

const keyUses = oneOfActions(keyUseActions);

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
    const found: AuditRow[] = [];
    let end = before;
    for (let queries = 0; queries < mostQueries && found.length <= limit; queries += 1) {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: config.table('audit'),
          IndexName: 'byActor',
          KeyConditionExpression: `actorId = :user${end === undefined ? '' : ' AND sk < :end'}`,
          FilterExpression: `${keyUses.expression} AND #service = :service`,
          ExpressionAttributeNames: { '#action': 'action', '#service': 'service' },
          ExpressionAttributeValues: {
            ':user': userId,
            ...keyUses.values,
            ':service': service,
            ...(end !== undefined && { ':end': end }),
          },
          ScanIndexForward: false,
          Limit: rowsPerQuery,
        }),
      );
      found.push(...(Items as AuditRow[]));
      end = LastEvaluatedKey?.['sk'] as string | undefined;
      if (end === undefined) break;
    }
    const next = found.length > limit ? found[limit - 1]!.sk : end;
    return { entries: found.slice(0, limit), ...(next !== undefined && { next }) };
  },
}));
