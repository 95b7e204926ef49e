import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/documents.ts';
import { rowsPerQuery } from '../aws/look-through.ts';
import { capability, onIndex } from '../deployment/capability.ts';
import { keyUseActions } from './actions.ts';
import { oneOfActions } from './audit-filter.ts';
import { trailStart, type AuditEntry, type AuditRow } from './write-audit.ts';

/** The most queries for one page. */
const mostQueries = 10;

const keyUses = oneOfActions(keyUseActions);

/** Reads the uses of a user's API keys: each call for which a key was decrypted. */
export const readKeyUses = capability('uses', [onIndex('audit', 'byActor')], (config) => ({
  /**
   * At most `limit` uses of a user's key for a service, newest first, that are older than `before`, which is the `next`
   * of the page before. A page can be empty and still have a next one.
   */
  async page(
    userId: string,
    service: string,
    limit: number,
    before: string | undefined,
    now: number,
  ): Promise<{ entries: AuditEntry[]; next?: string }> {
    const start = trailStart(config, now);
    if (before !== undefined && before < start) return { entries: [] };
    const found: AuditRow[] = [];
    let end = before;
    for (let queries = 0; queries < mostQueries && found.length <= limit; queries += 1) {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: config.table('audit'),
          IndexName: 'byActor',
          KeyConditionExpression: `actorId = :user AND sk ${end === undefined ? '>= :start' : 'BETWEEN :start AND :end'}`,
          FilterExpression: `${keyUses.expression} AND #service = :service`,
          ExpressionAttributeNames: { '#action': 'action', '#service': 'service' },
          ExpressionAttributeValues: {
            ':user': userId,
            ':start': start,
            ...keyUses.values,
            ':service': service,
            ...(end !== undefined && { ':end': end }),
          },
          ScanIndexForward: false,
          Limit: rowsPerQuery,
        }),
      );
      // `BETWEEN` includes `end`, so the last row of the query before is read again.
      found.push(...(Items as AuditRow[]).filter(({ sk }) => sk !== end));
      end = LastEvaluatedKey?.['sk'] as string | undefined;
      if (end === undefined) break;
    }
    const next = found.length > limit ? found[limit - 1]!.sk : end;
    return { entries: found.slice(0, limit), ...(next !== undefined && { next }) };
  },
}));
