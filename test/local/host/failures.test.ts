import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { operatorOf } from '../../harness/stack/insider.ts';
import { useJobs } from './assembly.ts';

const fail = `async () => { throw new Error('each time'); }`;

/** Causes a report to the topic by sending a mail that bounces. */
const send = `async () => {
  const credential = process.env.AWS_ACCESS_KEY_ID + '/20260101/us-east-1/ses/aws4_request';
  await fetch(process.env.AWS_ENDPOINT_URL_SES, {
    method: 'POST',
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=' + credential + ', SignedHeaders=host, Signature=0' },
    body: new URLSearchParams({
      Action: 'SendEmail',
      Source: 'invites@latchkey.example',
      'Destination.ToAddresses.member.1': 'somebody@example.com',
      'Message.Subject.Data': 'Hello',
      'Message.Body.Text.Data': 'text',
      ConfigurationSetName: process.env.CONFIGURATION_SET,
    }),
  });
}`;

const { stack } = useJobs({
  'test-send': { trigger: 'invocation', handler: send },
  'test-answer': { trigger: 'invocation', handler: 'async ({ bytes }) => "x".repeat(bytes - 2)' },
  'test-feedback': { trigger: 'feedback', handler: fail },
  'test-clock': { trigger: { everyMinutes: 5 }, handler: fail },
  'test-stream': { trigger: { stream: 'mails' }, handler: fail },
});

const failedOf = (id: string) =>
  stack()
    .failed()
    .filter((event) => event.function === id);
const errorsOf = (id: string) =>
  stack()
    .metrics()
    .filter(
      ({ name, dimensions, value }) => name === 'Errors' && dimensions['FunctionName'] === id && value === 1,
    );

test('R8.2: an event of the clock that a function fails at three times is put into the queue', async () => {
  stack().clock.offsetSeconds += 301;
  await stack().settle();
  expect(failedOf('test-clock')).toMatchObject([
    { queue: 'failures', body: { requestPayload: { source: 'aws.events' } } },
  ]);
  expect(errorsOf('test-clock')).toHaveLength(3);
});

test('R8.2: so is what SES reports', async () => {
  await stack().invoke('test-send');
  await stack().settle();
  expect(failedOf('test-feedback')).toMatchObject([
    { queue: 'failures', body: { requestPayload: { Records: [{ EventSource: 'aws:sns' }] } } },
  ]);
});

test('R8.2: of rows that were given up, the queue is told where they stood and not what they hold', async () => {
  const client = new DynamoDBClient(operatorOf(stack()));
  await client.send(
    new PutItemCommand({ TableName: 'mails', Item: { id: { S: '1' }, to: { S: 'somebody@example.com' } } }),
  );
  await stack().settle();
  const [event, ...others] = failedOf('test-stream');
  expect(others).toEqual([]);
  expect(event).toMatchObject({ queue: 'failures', body: { DDBStreamBatchInfo: { batchSize: 1 } } });
  expect(JSON.stringify(event)).not.toContain('somebody');
});

test('R8.2: the length of the queue is a metric, by which the alarm goes', () => {
  const lengths = stack()
    .metrics()
    .filter(({ name }) => name === 'ApproximateNumberOfMessagesVisible');
  expect(lengths).toMatchObject(
    [1, 2, 3].map((value) => ({ namespace: 'AWS/SQS', dimensions: { QueueName: 'failures' }, value })),
  );
});

test('an answer may have the six megabytes that Lambda takes, and not a byte more', async () => {
  const most = 6_291_556;
  expect(await stack().invoke('test-answer', { bytes: most })).toHaveLength(most - 2);
  await expect(stack().invoke('test-answer', { bytes: most + 1 })).rejects.toThrow('size exceeded');
});
