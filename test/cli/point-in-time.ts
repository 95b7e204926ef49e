import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { callEngineOf, type Call } from '../harness/stack/call-engine.ts';
import type { Stack } from '#local/stack/running-stack.ts';

/** A table's rows as DynamoDB remembers them. */
interface Snapshot {
  /** Milliseconds. */
  at: number;
  table: string;
  items: readonly object[];
}

type Fields = Record<string, unknown>;

/** The parts of a table's description that a restore takes over. */
interface Description {
  TableName: string;
  TableArn: string;
  KeySchema: object[];
  AttributeDefinitions: object[];
  GlobalSecondaryIndexes?: { IndexName: string; KeySchema: object[]; Projection: object }[];
}

export interface PointInTime {
  url: string;
  /** Remembers a table as it is now, by the stack's clock. */
  remember(table: string): Promise<void>;
  /** Names of the calls in order, without reads of rows. */
  actions: string[];
  /** Forgets all states before now, as DynamoDB does after 35 days. */
  forget(): void;
  /** Refuses the next call of this action, before it is carried out. */
  refuseOnce(action: string): void;
  /** Tags by ARN. */
  tags: ReadonlyMap<string, readonly object[]>;
  recovers: ReadonlySet<string>;
  close(): void;
}

const reads = /^(Scan|Query|DescribeTable)$/;

class AwsError extends Error {}

/**
 * Adds what the engines lack of DynamoDB, in front of a stack's gateway: past states of tables, recovery, resource policies, tags.
 * A table with a policy that denies writes is closed for the stack's functions. CloudFormation answers with `outputs`.
 */
export async function servePointInTime(
  stack: Stack,
  outputs: (stackName: string) => Readonly<Record<string, string>>,
): Promise<PointInTime> {
  const call: Call = callEngineOf(stack);
  const snapshots: Snapshot[] = [];
  const tags = new Map<string, object[]>();
  const policies = new Map<string, string>();
  const recovers = new Set<string>();
  const creating = new Set<string>();
  const actions: string[] = [];
  let refused: string | undefined;
  let late = 0;
  let forgottenUntil = 0;

  const describe = async (TableName: unknown): Promise<Description> =>
    ((await call('DescribeTable', { TableName })) as { Table: Description }).Table;

  const answers: Record<string, (fields: Fields) => Promise<object> | object> = {
    DescribeContinuousBackups: ({ TableName }) => ({
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: {
          PointInTimeRecoveryStatus: 'ENABLED',
          EarliestRestorableDateTime:
            Math.max(forgottenUntil, snapshots.find(({ table }) => table === TableName)?.at ?? 0) / 1_000,
          LatestRestorableDateTime: stack.clock.now() / 1_000,
        },
      },
    }),
    UpdateContinuousBackups: ({ TableName }) => {
      recovers.add(String(TableName));
      return {};
    },
    ListTagsOfResource: ({ ResourceArn }) => ({
      Tags: tags.get(String(ResourceArn)) ?? [{ Key: 'aws:x', Value: '' }],
    }),
    TagResource: ({ ResourceArn, Tags }) => {
      const arn = String(ResourceArn);
      tags.set(arn, [...(tags.get(arn) ?? []), ...(Tags as object[])]);
      return {};
    },
    GetResourcePolicy({ ResourceArn }) {
      const Policy = policies.get(String(ResourceArn));
      if (Policy === undefined) throw new AwsError('PolicyNotFoundException');
      return { Policy };
    },
    PutResourcePolicy({ ResourceArn, Policy }) {
      policies.set(String(ResourceArn), String(Policy));
      late = 2;
      close();
      return { RevisionId: '1' };
    },
    DeleteResourcePolicy({ ResourceArn }) {
      policies.delete(String(ResourceArn));
      close();
      return {};
    },
    async DeleteItem(fields) {
      const isClosed = [...policies.keys()].some((arn) => arn.endsWith(`/${String(fields['TableName'])}`));
      if (!isClosed) return (await call('DeleteItem', fields)) as object;
      // A new policy takes effect only after a while.
      if (late === 0) throw new AwsError('AccessDeniedException');
      late -= 1;
      return {};
    },
    async RestoreTableToPointInTime({ SourceTableName, TargetTableName, RestoreDateTime }) {
      const at = Number(RestoreDateTime) * 1_000;
      const past = snapshots.findLast((one) => one.table === SourceTableName && one.at <= at);
      if (!past) throw new AwsError('InvalidRestoreTimeException');
      const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes } = await describe(SourceTableName);
      const indexes = GlobalSecondaryIndexes?.map((one) => ({
        IndexName: one.IndexName,
        KeySchema: one.KeySchema,
        Projection: one.Projection,
      }));
      await call('CreateTable', {
        TableName: TargetTableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema,
        AttributeDefinitions,
        ...(indexes && { GlobalSecondaryIndexes: indexes }),
      });
      for (const Item of past.items) await call('PutItem', { TableName: TargetTableName, Item });
      creating.add(String(TargetTableName));
      return { TableDescription: { TableStatus: 'CREATING' } };
    },
    async DescribeTable({ TableName }) {
      const { Table } = (await call('DescribeTable', { TableName })) as { Table: object };
      // At the first look the table is not ready yet.
      return { Table: creating.delete(String(TableName)) ? { ...Table, TableStatus: 'CREATING' } : Table };
    },
  };

  /** Makes policies take effect for the functions, which call the gateway directly. */
  function close(): void {
    const denials = [...policies].flatMap(([arn, policy]) => {
      const [{ Effect, Action }] = (
        JSON.parse(policy) as { Statement: [{ Effect: string; Action: string[] }] }
      ).Statement;
      if (Effect !== 'Deny') return [];
      return [...Action.map((one) => one.replace('dynamodb:', '')), 'TransactWriteItems'].map((action) => ({
        kind: 'error' as const,
        table: arn.slice(arn.lastIndexOf('/') + 1),
        action,
        times: 1_000_000,
      }));
    });
    stack.faults(denials);
  }

  async function answer(target: string, fields: Fields): Promise<unknown> {
    const action = target.slice(target.indexOf('.') + 1);
    if (!reads.test(action)) actions.push(action);
    if (refused === action) {
      refused = undefined;
      throw new AwsError('AccessDeniedException');
    }
    return await (answers[action]?.(fields) ?? call(action, fields));
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const target = request.headers['x-amz-target'];
    if (target === undefined) return void response.end(stacksAnswer(body, outputs));
    try {
      const found = await answer(String(target), JSON.parse(body) as Fields);
      response.setHeader('content-type', 'application/x-amz-json-1.0').end(JSON.stringify(found));
    } catch (error) {
      const { message } = error as Error;
      const name = error instanceof AwsError ? message : (error as Error).name;
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: name, message }));
    }
  }

  const server = createServer((request, response) => void serve(request, response));
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    async remember(table) {
      const { Items } = (await call('Scan', { TableName: table, ConsistentRead: true })) as {
        Items: object[];
      };
      snapshots.push({ at: stack.clock.now(), table, items: Items });
    },
    actions,
    forget: () => void (forgottenUntil = stack.clock.now()),
    refuseOnce: (action) => void (refused = action),
    tags,
    recovers,
    close: () => void server.close(),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
  return text;
}

/** CloudFormation's DescribeStacks (Query protocol). */
function stacksAnswer(
  body: string,
  outputs: (stackName: string) => Readonly<Record<string, string>>,
): string {
  const members = Object.entries(outputs(new URLSearchParams(body).get('StackName') ?? '')).map(
    ([key, value]) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${value.replaceAll('"', '&quot;')}</OutputValue></member>`,
  );
  return `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>x</StackName><CreationTime>2026-11-28T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}
