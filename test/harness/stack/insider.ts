import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Stack } from '#local/stack/running-stack.ts';
import { readConfig, variable, type Config } from '#shared/deployment/config.ts';
import { parseSettings } from '#shared/deployment/settings.ts';

/** The environment in which code of functions does with a stack what no route does. */
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

/** Somebody who reaches the tables and keys of a stack as its operators do, past every operation. */
export function insiderOf(stack: Stack): Insider {
  const environment = insiderEnvironment(stack);
  const common = {
    region: environment['AWS_REGION']!,
    endpoint: stack.aws,
    credentials: {
      accessKeyId: environment['AWS_ACCESS_KEY_ID']!,
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY']!,
    },
  };
  return {
    config: readConfig(environment),
    documents: DynamoDBDocumentClient.from(new DynamoDBClient(common), {
      marshallOptions: { removeUndefinedValues: true },
    }),
    kms: new KMSClient(common),
  };
}
