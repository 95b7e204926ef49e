import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/documents.ts';
import { rowsPerQuery } from '../aws/look-through.ts';
import { capability, onIndex } from '../deployment/capability.ts';
import { keyUseActions } from './actions.ts';
import { oneOfActions } from './audit-filter.ts';
import { trailStart, type AuditEntry, type AuditRow } from './write-audit.ts';

/** The most queries of each index for one page. */
const mostQueries = 10;

const keyUses = oneOfActions(keyUseActions);

/** What a user did, and what was done to them. Uses of API keys are left out: they have a list of their own. */
const sources = [
  { IndexName: 'byActor', partition: 'actorId' },
  { IndexName: 'bySubject', partition: 'subjectId' },
] as const;

export const readActivity = capability(
  'activity',
  [onIndex('audit', 'byActor'), onIndex('audit', 'bySubject')],
  (config) => {
    /** The rows of one index down to `reached`: enough for a page, or as many as `mostQueries` queries find. */
    async function look(
      { IndexName, partition }: (typeof sources)[number],
      userId: string,
      limit: number,
      before: string | undefined,
      start: string,
    ) {
      const rows: AuditRow[] = [];
      let reached = before;
      for (let queries = 0; queries < mostQueries && rows.length <= limit; queries += 1) {
        const { Items = [], LastEvaluatedKey } = await documents.send(
          new QueryCommand({
            TableName: config.table('audit'),
            IndexName,
            KeyConditionExpression: `${partition} = :user AND sk ${reached === undefined ? '>= :start' : 'BETWEEN :start AND :reached'}`,
            FilterExpression: `NOT ${keyUses.expression}`,
            ExpressionAttributeNames: { '#action': 'action' },
            ExpressionAttributeValues: {
              ':user': userId,
              ':start': start,
              ...keyUses.values,
              ...(reached !== undefined && { ':reached': reached }),
            },
            ScanIndexForward: false,
            Limit: rowsPerQuery,
          }),
        );
        // `BETWEEN` includes `reached`, so the last row of the query before is read again.
        rows.push(...(Items as AuditRow[]).filter(({ sk }) => sk !== reached));
        reached = LastEvaluatedKey?.['sk'] as string | undefined;
        if (reached === undefined) break;
      }
      return { rows, reached };
    }

    return {
      /**
       * At most `limit` entries, newest first, that are older than `before`, which is the `next` of the page before. A page
       * can be empty and still have a next one.
       */
      async page(
        userId: string,
        limit: number,
        before: string | undefined,
        now: number,
      ): Promise<{ entries: AuditEntry[]; next?: string }> {
        const start = trailStart(config, now);
        if (before !== undefined && before < start) return { entries: [] };
        const parts = await Promise.all(sources.map((source) => look(source, userId, limit, before, start)));
        // Below the position that one index has reached, its unread rows may belong among the other index's rows.
        const reached = parts.map((part) => part.reached ?? '').reduce((a, b) => (a > b ? a : b));
        const told = new Map(parts.flatMap(({ rows }) => rows).map((row) => [row.sk, row]));
        const entries = [...told.values()]
          .filter(({ sk }) => sk >= reached)
          .sort((a, b) => (a.sk < b.sk ? 1 : -1));
        const next = entries.length > limit ? entries[limit - 1]!.sk : reached;
        return { entries: entries.slice(0, limit), ...(next !== '' && { next }) };
      },
    };
  },
);
