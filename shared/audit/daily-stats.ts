import { inBatches } from '../batches.ts';
import { conditionalWrite } from '../aws/conditional-write.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { day, hour, toSeconds } from '../clock.ts';
import { startOfDay } from '../calendar.ts';
import { oneOfActions } from './audit-filter.ts';
import { addCount, countedActions, noCounts, type DayCounts } from './day-counts.ts';
import { auditPartitions, type AuditEntry } from './write-audit.ts';
import { queryRows } from '../aws/query-rows.ts';
import { readRows } from '../aws/read-rows.ts';
import { repeatsKeptMs } from '../guards/repeats.ts';

/** Days whose entries are read at the same time, each in all its shards. */
const atOnce = 4;
/** The longest time until a request has written its entries, well above Lambda's own limit. */
const slackMs = hour;
/** The most days that one request may ask for. */
export const mostStatsDays = 90;

const countable = oneOfActions(countedActions);

/** Counts the audit trail's entries by day, and stores the counts of days that are over. */
export const countDays = capability(
  'stats',
  [onTable('audit', 'Query'), onTable('counters', 'BatchGetItem', 'PutItem')],
  (config) => {
    const statsRef = (date: string) => ({
      TableName: config.table('counters'),
      Key: { pk: `stats#${date}` },
    });
    const auditLifeMs = config.settings.auditDays * day;

    /** Whether the day can get no more entries. A repeated request still adds to the day of its first try. */
    const isOver = (date: string, now: number) => startOfDay(date) + day + repeatsKeptMs + slackMs <= now;
    /** Whether no entry of the day has expired yet. */
    const isWhole = (date: string, now: number) => startOfDay(date) + auditLifeMs > now;

    async function count(date: string): Promise<DayCounts> {
      const counts = noCounts();
      const countShard = async (pk: string) => {
        const entries = queryRows<Pick<AuditEntry, 'action' | 'outcome'>>({
          TableName: config.table('audit'),
          KeyConditionExpression: 'pk = :pk',
          FilterExpression: countable.expression,
          ProjectionExpression: '#action, #outcome',
          ExpressionAttributeNames: { '#action': 'action', '#outcome': 'outcome' },
          ExpressionAttributeValues: { ':pk': pk, ...countable.values },
          ConsistentRead: true,
        });
        for await (const entry of entries) addCount(counts, entry);
      };
      await Promise.all(auditPartitions(date).map(countShard));
      return counts;
    }

    async function keep(date: string, counts: DayCounts): Promise<void> {
      const lifeMs = Math.max(auditLifeMs, mostStatsDays * day) + 2 * day;
      // Refused if another request has stored the same counts.
      const { TableName, Key } = statsRef(date);
      await conditionalWrite({
        Put: {
          TableName,
          Item: { ...Key, ...counts, ttl: toSeconds(startOfDay(date) + lifeMs) },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      });
    }

    return {
      /** The counts of these days, at most 90 of them, in their order. */
      async of(dates: readonly string[], now: number): Promise<DayCounts[]> {
        const kept = (await readRows(dates.map(statsRef))) as (DayCounts | undefined)[];
        const known = new Map(dates.map((date, position) => [date, kept[position]]));
        return inBatches(dates, atOnce, async (date) => {
          const counted = known.get(date);
          if (counted) return counted;
          const counts = await count(date);
          if (isOver(date, now) && isWhole(date, now)) await keep(date, counts);
          return counts;
        });
      },
    };
  },
);
