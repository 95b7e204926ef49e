import { expect, test } from 'vitest';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { documents } from '#shared/aws/dynamodb.ts';
import { kms } from '#shared/aws/kms.ts';
import { ses } from '#shared/aws/ses.ts';

const forNobody = /^(loggerMiddleware|getUserAgentMiddleware) /;
const wasted = (client: { middlewareStack: { identify(): string[] } }) =>
  client.middlewareStack.identify().filter((line) => forNobody.test(line));

test('no AWS client of ours does what is for nobody, which the SDK still does by itself', () => {
  expect(wasted(new DynamoDBClient({}))).toHaveLength(2);
  for (const client of [documents, kms, ses]) expect(wasted(client)).toEqual([]);
});
