import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/documents.ts';
import { rowsPerQuery } from '../aws/look-through.ts';
import { capability, onIndex, onTable } from '../deployment/capability.ts';
import { dayOf, shiftDay } from '../calendar.ts';
import { auditPartitions, trailStart, type AuditEntry, type AuditRow } from './write-audit.ts';
import { auditFilter, auditSource, type AuditFilter } from './audit-filter.ts';

export interface AuditPage {
  /** Newest first. */
  entries: AuditEntry[];
  /** Where the next page begins, which can be empty; absent at the end of the trail. */
  next?: string;
}

/** The most days, or pages of an index, that one request reads: an empty year must not take a minute. */
const mostRounds = 31;

/** Reads the audit trail backwards: day by day with its shards merged, or along an index. */
export const readAudit = capability(
  'auditLog',
  [onTable('audit', 'Query'), onIndex('audit', 'byActor'), onIndex('audit', 'bySubject')],
  (config) => ({
    /**
     * One page of at most `limit` entries that are older than `before`, which is the `next` of the page before; without
     * it, the newest entries. A page can be empty and still have a next one.
     */
    async page(
      filter: AuditFilter,
      limit: number,
      before: string | undefined,
      now: number,
    ): Promise<AuditPage> {
      const source = auditSource(filter);
      const oldest = trailStart(config, now);
      const floor = filter.day !== undefined && filter.day > oldest ? filter.day : oldest;
      const ceiling = shiftDay(filter.day ?? dayOf(now), 1);
      const Limit = auditFilter(filter) ? rowsPerQuery : limit + 1;

      const query = async (
        IndexName: string | undefined,
        [name, value]: [string, string],
        from: string,
        to: string,
      ) => {
        const { FilterExpression, names = {}, values = {} } = auditFilter(filter) ?? {};
        const { Items = [], LastEvaluatedKey } = await documents.send(
          new QueryCommand({
            TableName: config.table('audit'),
            IndexName,
            ConsistentRead: IndexName === undefined,
            KeyConditionExpression: '#partition = :partition AND sk BETWEEN :from AND :to',
            FilterExpression,
            ExpressionAttributeNames: { '#partition': name, ...names },
            ExpressionAttributeValues: { ':partition': value, ':from': from, ':to': to, ...values },
            ScanIndexForward: false,
            Limit,
          }),
        );
        return { rows: Items as AuditRow[], end: LastEvaluatedKey?.['sk'] as string | undefined };
      };

      /** The entries that are older than `to`, down to `reached`. */
      const look = async (to: string): Promise<{ rows: AuditRow[]; reached: string }> => {
        if (source) {
          const { rows, end } = await query(source.index, source.partition, floor, to);
          return { rows: rows.filter(({ sk }) => sk < to), reached: end ?? floor };
        }
        const date = isDay(to) ? shiftDay(to, -1) : to.slice(0, 10);
        const shards = await Promise.all(
          auditPartitions(date).map((shard) => query(undefined, ['pk', shard], date, to)),
        );
        // Below the position that one shard has reached, its unread rows may belong among the other shards' rows.
        const reached = shards.map(({ end = date }) => end).reduce((a, b) => (a > b ? a : b));
        const rows = shards.flatMap((shard) => shard.rows).filter(({ sk }) => sk < to && sk >= reached);
        return { rows: rows.sort((a, b) => (a.sk < b.sk ? 1 : -1)), reached };
      };

      const entries: AuditRow[] = [];
      let reached = before !== undefined && before < ceiling ? before : ceiling;
      for (let round = 0; round < mostRounds && reached > floor && entries.length < limit; round += 1) {
        const found = await look(reached);
        entries.push(...found.rows);
        reached = found.reached;
      }
      const next = entries.length > limit ? entries[limit - 1]!.sk : reached;
      return { entries: entries.slice(0, limit), ...(next > floor && { next }) };
    },
  }),
);

const isDay = (position: string): boolean => position.length === 10;
