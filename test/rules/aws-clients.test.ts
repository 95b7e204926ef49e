import { expect, test } from 'vitest';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { documents } from '#shared/aws/documents.ts';
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

const sources = files('{shared,functions}/**/*.ts');
/** A restore decides by what it reads too. */
const readers = [...sources, ...files('cli/restore/**/*.ts')];
const writers = ['shared/aws/conditional-write.ts', 'shared/aws/transaction.ts'];
const sendsWrite = (text: string): boolean =>
  /\.send\(\s*new (Put|Update|Delete|BatchWrite|TransactWrite)(Items?)?Command/.test(text);
const namesOwnForm = (text: string): boolean =>
  /\b((Put|Update|Delete|BatchWrite)Item|TransactWriteItems)Command\b/.test(text);

test('C63: every write goes by what tries it again where it meets a transaction', () => {
  const others = sources.filter((file) => !writers.includes(file));
  expect(others.filter((file) => sendsWrite(read(file)) || namesOwnForm(read(file)))).toEqual([]);
  expect(writers.every((file) => namesOwnForm(read(file)))).toBe(true);
  for (const name of ['UpdateCommand', 'PutItemCommand', 'TransactWriteItemsCommand'])
    expect(sendsWrite(`documents.send(new ${name}({}))`)).toBe(true);
});

/** The text inside the innermost braces around a position. */
function around(text: string, place: number): string {
  let open = place;
  for (let depth = 1; depth > 0 && open > 0;) {
    open -= 1;
    depth += { '{': -1, '}': 1 }[text[open]!] ?? 0;
  }
  let close = place;
  for (let depth = 1; depth > 0 && close < text.length;) {
    close += 1;
    depth += { '{': 1, '}': -1 }[text[close]!] ?? 0;
  }
  return text.slice(open, close);
}

/** Queries and scans of tables, and reads of single rows, that are not consistent, and so may return an old state. */
const oldReads = (text: string): string[] => [
  ...[...text.matchAll(/KeyConditionExpression:/g)]
    .map(({ index }) => around(text, index))
    .filter((query) => !/IndexName[:,]|ConsistentRead: true/.test(query)),
  ...[...text.matchAll(/(paginateScan|new ScanCommand)\([^;]*?\)/g)]
    .map(([scan]) => scan)
    .filter((scan) => !scan.includes('ConsistentRead: true')),
  ...[...text.matchAll(/new (Batch)?Get(Item)?Command/g)]
    .map(([command]) => command)
    .filter(() => !text.includes('ConsistentRead: true')),
];

test('what is read of a table is what was written before, as it may decide something; an index may be a moment old', () => {
  expect(
    Object.fromEntries(
      readers.map((file) => [file, oldReads(read(file))]).filter(([, old]) => old!.length > 0),
    ),
  ).toEqual({});
  const query = (more: string) =>
    `new QueryCommand({ TableName, KeyConditionExpression: 'a', ExpressionAttributeValues: { ':a': 1 }${more} })`;
  const scan = (more: string) => `paginateScan({ client }, { ...input${more} })`;
  for (const sample of [query, scan]) {
    expect(oldReads(sample(''))).toHaveLength(1);
    expect(oldReads(sample(', ConsistentRead: false'))).toHaveLength(1);
    expect(oldReads(sample(', ConsistentRead: true'))).toEqual([]);
  }
  expect(oldReads('new GetItemCommand({ TableName, Key })')).toHaveLength(1);
});
