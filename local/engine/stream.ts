import type { StreamRecord } from '../host/stream-batch.ts';
import { callEngine } from './client.ts';

/** How far each shard of a stream has been read: the last sequence number by shard id. */
export type Position = Record<string, string>;

const streams = (url: string, action: string, body: object): Promise<unknown> =>
  callEngine(url, `DynamoDBStreams_20120810.${action}`, body);

async function shardsOf(url: string, streamArn: string): Promise<string[]> {
  const { StreamDescription } = (await streams(url, 'DescribeStream', { StreamArn: streamArn })) as {
    StreamDescription: { Shards?: { ShardId: string }[] };
  };
  return (StreamDescription.Shards ?? []).map(({ ShardId }) => ShardId);
}

/** The ARN that the engine gives a table's stream. */
export async function streamOf(url: string, table: string): Promise<string> {
  const { Table } = (await callEngine(url, 'DynamoDB_20120810.DescribeTable', { TableName: table })) as {
    Table: { LatestStreamArn?: string };
  };
  if (Table.LatestStreamArn === undefined) throw new Error(`table ${table} has no stream`);
  return Table.LatestStreamArn;
}

/** The records after `position`, in the engine's pages, each with its shard. */
export async function* readStream(
  url: string,
  streamArn: string,
  position: Readonly<Position>,
): AsyncGenerator<{ shard: string; records: StreamRecord[] }> {
  for (const shard of await shardsOf(url, streamArn)) {
    const after = position[shard];
    let { ShardIterator: iterator } = (await streams(url, 'GetShardIterator', {
      StreamArn: streamArn,
      ShardId: shard,
      ...(after === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }),
    })) as { ShardIterator?: string };
    while (iterator) {
      const page = (await streams(url, 'GetRecords', { ShardIterator: iterator })) as {
        Records?: StreamRecord[];
        NextShardIterator?: string;
      };
      if (!page.Records?.length) break;
      yield { shard, records: page.Records };
      iterator = page.NextShardIterator;
    }
  }
}
