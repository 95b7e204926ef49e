import { expect, test } from 'vitest';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { documents } from '#shared/aws/dynamodb.ts';
import { kms } from '#shared/aws/kms.ts';
import { ses } from '#shared/aws/ses.ts';
import { sesAccount } from '#shared/aws/ses-account.ts';
import { files, read } from './files.ts';

const unused = /^(loggerMiddleware|getUserAgentMiddleware) /;
const unusedIn = (client: { middlewareStack: { identify(): string[] } }) =>
  client.middlewareStack.identify().filter((line) => unused.test(line));

test('our AWS clients run without the middleware of the SDK that we do not use', () => {
  expect(unusedIn(new DynamoDBClient({}))).toHaveLength(2);
  for (const client of [documents, kms, ses, sesAccount]) expect(unusedIn(client)).toEqual([]);
});

test('C63: every write goes by what tries it again where it meets a transaction', () => {
  const past = /\.send\(\s*new (Put|Update|Delete|BatchWrite|TransactWrite)Command/;
  const sources = files('{shared,functions}/**/*.ts').filter((file) => file !== 'shared/aws/transaction.ts');
  expect(sources.filter((file) => past.test(read(file)))).toEqual([]);
});

test('what is read of a table is what was written before, as it may decide something; an index may be a moment old', () => {
  const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const mayBeOld = (text: string): boolean =>
    count(text, /KeyConditionExpression/g) > count(text, /IndexName|ConsistentRead: true/g);
  expect(files('{shared,functions}/**/*.ts').filter((file) => mayBeOld(read(file)))).toEqual([]);
});
