import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { operatorOf } from '../../harness/stack/insider.ts';
import { useJobs } from './assembly.ts';

const id = 'test-held';
const hourMs = 3_600_000;

/** Works until the row's `until`, by the stack's clock. */
const handler = `async ({ Records }) => {
  for (const { dynamodb } of Records)
    while (Date.now() < Number(dynamodb.NewImage.until?.N ?? 0))
      await new Promise((resolve) => setTimeout(resolve, 10));
}`;
const { stack } = useJobs({ [id]: { trigger: { stream: 'mails' }, handler } });

const ages = () =>
  stack()
    .metrics()
    .filter(({ name, dimensions }) => name === 'IteratorAge' && dimensions['FunctionName'] === id)
    .map(({ value }) => value);

test('R8.2: the age of rows that a function keeps waiting counts from when they were written', async () => {
  const client = new DynamoDBClient(operatorOf(stack()));
  const write = (name: string, until = 0) =>
    client.send(
      new PutItemCommand({ TableName: 'mails', Item: { id: { S: name }, until: { N: String(until) } } }),
    );
  await write('first', stack().clock.now() + hourMs);
  await expect.poll(ages).toHaveLength(1);
  await write('second');
  stack().clock.offsetSeconds += 2 * 3_600;
  await stack().settle();
  const [first, second, ...others] = ages();
  expect(others).toEqual([]);
  expect(first).toBeLessThan(hourMs);
  expect(second).toBeGreaterThanOrEqual(2 * hourMs);
  // No row waits any longer.
  await write('third');
  await stack().settle();
  expect(ages().at(-1)).toBeLessThan(hourMs);
});
