import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Stack } from '#local/stack/running-stack.ts';
import { inBatches } from '#shared/batches.ts';
import { readConfig, variable, type Config } from '#shared/deployment/config.ts';
import type { TableName } from '#shared/deployment/tables.ts';
import { parseSettings } from '#shared/deployment/settings.ts';

/** The environment in which the code of functions reaches a stack without a route. */
export const insiderEnvironment = (stack: Stack): Record<string, string> => ({
  ...stack.insider(),
  [variable.origin]: stack.app,
  [variable.settings]: JSON.stringify(parseSettings({ mailFrom: 'invites@example.com' })),
});

interface Insider {
  config: Config;
  documents: DynamoDBDocumentClient;
  kms: KMSClient;
}

/** The configuration with which an operator's AWS client reaches a stack. */
export function operatorOf(stack: Pick<Stack, 'insider' | 'aws'>) {
  const { AWS_REGION, AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = stack.insider();
  return {
    region: AWS_REGION!,
    endpoint: stack.aws,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  };
}

/** Clients that reach the tables and keys of a stack as its operators do, without any operation. */
export function insiderOf(stack: Stack): Insider {
  const common = operatorOf(stack);
  return {
    config: readConfig(insiderEnvironment(stack)),
    documents: DynamoDBDocumentClient.from(new DynamoDBClient(common), {
      marshallOptions: { removeUndefinedValues: true },
    }),
    kms: new KMSClient(common),
  };
}

/** Stores rows directly, without any operation. */
export async function putRows(
  stack: Stack,
  table: TableName,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const { config, documents } = insiderOf(stack);
  const starts = Array.from({ length: Math.ceil(rows.length / 25) }, (_, n) => n * 25);
  await inBatches(starts, 20, (start) => {
    const some = rows.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
    return documents.send(new BatchWriteCommand({ RequestItems: { [config.table(table)]: some } }));
  });
}
