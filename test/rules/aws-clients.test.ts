import { expect, test } from 'vitest';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { documents } from '#shared/aws/dynamodb.ts';
import { kms } from '#shared/aws/kms.ts';
import { ses } from '#shared/aws/ses.ts';

const unused = /^(loggerMiddleware|getUserAgentMiddleware) /;
const unusedIn = (client: { middlewareStack: { identify(): string[] } }) =>
  client.middlewareStack.identify().filter((line) => unused.test(line));

test('our AWS clients run without the middleware of the SDK that we do not use', () => {
  expect(unusedIn(new DynamoDBClient({}))).toHaveLength(2);
  for (const client of [documents, kms, ses]) expect(unusedIn(client)).toEqual([]);
});
