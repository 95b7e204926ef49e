import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/documents.ts';
import { rowsPerQuery } from '../aws/look-through.ts';
import type { Config } from '../deployment/config.ts';
import type { AuditRow } from './write-audit.ts';

/** The most queries of an index for one page. */
const mostQueries = 10;

/** The part of an index that holds one user's rows. */
interface Part {
  IndexName: 'byActor' | 'bySubject';
  partition: 'actorId' | 'subjectId';
  value: string;
}

/** Which of the rows belong to the list. */
interface RowFilter {
  expression: string;
  names: Record<string, string>;
  values: Record<string, string>;
}

/**
 * The rows of a part of an index that a filter lets through, newest first, from `before` (or the newest) down to `reached`: more than
 * `limit`, or as many as `mostQueries` queries find. Nothing older than `start` is read; `reached` is undefined if no row is left.
 */
export async function walkIndex(
  config: Config,
  { IndexName, partition, value }: Part,
  { expression, names, values }: RowFilter,
  limit: number,
  before: string | undefined,
  start: string,
): Promise<{ rows: AuditRow[]; reached: string | undefined }> {
  const rows: AuditRow[] = [];
  // DynamoDB refuses a `BETWEEN` whose bounds are the wrong way round.
  if (before !== undefined && before < start) return { rows, reached: undefined };
  let reached = before;
  for (let queries = 0; queries < mostQueries && rows.length <= limit; queries += 1) {
    const { Items = [], LastEvaluatedKey } = await documents.send(
      new QueryCommand({
        TableName: config.table('audit'),
        IndexName,
        KeyConditionExpression: `${partition} = :value AND sk ${reached === undefined ? '>= :start' : 'BETWEEN :start AND :reached'}`,
        FilterExpression: expression,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: {
          ':value': value,
          ':start': start,
          ...values,
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
