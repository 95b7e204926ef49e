import { beforeEach, expect, test } from 'vitest';
import type { SNSEvent } from 'aws-lambda';
import type { Feedback } from '#local/ses/ses.ts';
import { useJobs } from './assembly.ts';

/** Sends a mail by SES's own protocol. `fail` becomes a tag that tells the other job how often to fail. */
const send = `async ({ to, fail = '0', set = process.env.CONFIGURATION_SET }) => {
  const form = {
    Action: 'SendEmail',
    Source: 'invites@latchkey.example',
    'Destination.ToAddresses.member.1': to,
    'Message.Subject.Data': 'Hello',
    'Message.Body.Text.Data': 'text',
    'Tags.member.1.Name': 'fail',
    'Tags.member.1.Value': fail,
    ...(set && { ConfigurationSetName: set }),
  };
  const credential = process.env.AWS_ACCESS_KEY_ID + '/20260101/us-east-1/ses/aws4_request';
  const answer = await fetch(process.env.AWS_ENDPOINT_URL_SES, {
    method: 'POST',
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=' + credential + ', SignedHeaders=host, Signature=0' },
    body: new URLSearchParams(form),
  });
  if (answer.status !== 200) throw new Error(await answer.text());
}`;

/** Logs the event, and fails as often for a mail as its tag says. */
const receive = `async (event) => {
  console.log(JSON.stringify({ event }));
  const { mail } = JSON.parse(event.Records[0].Sns.Message);
  // Counted in a file, as the next try may be another instance's.
  const { appendFileSync, statSync } = require('node:fs');
  const file = __dirname + '/' + mail.messageId;
  appendFileSync(file, '.');
  if (statSync(file).size <= Number(mail.tags.fail[0])) throw new Error('as told');
}`;

const { stack } = useJobs({
  'test-send': { trigger: 'invocation', handler: send },
  'test-receive': { trigger: 'feedback', handler: receive },
});

let seen = 0;
beforeEach(() => {
  seen = stack().logs().length;
});

const lines = () =>
  stack()
    .logs()
    .slice(seen)
    .filter((line) => line.function === 'test-receive');

/** The events with which the job was started during this test. */
const events = (): SNSEvent[] =>
  lines().flatMap(({ text }) =>
    text.startsWith('{"event":') ? [(JSON.parse(text) as { event: SNSEvent }).event] : [],
  );

test('what SES reports reaches the job, in the form that SNS gives Lambda', async () => {
  stack().clock.offsetSeconds = 3600;
  await stack().invoke('test-send', { to: 'bounce@simulator.amazonses.com' });
  await stack().settle();
  stack().clock.offsetSeconds = 0;
  const topic = 'arn:aws:sns:us-east-1:000000000000:feedback';
  expect(events()).toEqual([
    {
      Records: [
        {
          EventSource: 'aws:sns',
          EventVersion: '1.0',
          EventSubscriptionArn: expect.stringMatching(new RegExp(`^${topic}:[0-9a-f-]{36}$`)),
          Sns: {
            Type: 'Notification',
            MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
            TopicArn: topic,
            Subject: 'Amazon SES Email Event Notification',
            Message: expect.any(String),
            Timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
            SignatureVersion: '1',
            Signature: expect.any(String),
            SigningCertUrl: expect.any(String),
            UnsubscribeUrl: expect.any(String),
            MessageAttributes: {},
          },
        },
      ],
    },
  ]);
  const { Timestamp, Message } = events()[0]!.Records[0]!.Sns;
  expect(Date.parse(Timestamp)).toBeGreaterThan(Date.now() + 3_500_000);
  const message = JSON.parse(Message) as Feedback;
  expect(message).toMatchObject({ eventType: 'Bounce', bounce: { bounceType: 'Permanent' } });
  expect(message.mail.messageId).toBe(stack().mails().at(-1)?.id);
});

test('each event of a mail is a message of its own', async () => {
  await stack().invoke('test-send', { to: 'complaint@simulator.amazonses.com' });
  await stack().settle();
  const messages = events().flatMap(({ Records }) => Records.map(({ Sns }) => Sns));
  const types = messages.map(({ Message }) => (JSON.parse(Message) as Feedback).eventType);
  expect(types.toSorted()).toEqual(['Complaint', 'Delivery']);
  expect(new Set(messages.map(({ MessageId }) => MessageId)).size).toBe(2);
});

test('a job that fails gets the same message twice more', async () => {
  await stack().invoke('test-send', { to: 'a@x.test', fail: '2' });
  await stack().settle();
  expect(events()).toHaveLength(3);
  expect(new Set(events().map((event) => JSON.stringify(event))).size).toBe(1);
  expect(lines().filter(({ text }) => text.includes('given up'))).toEqual([]);
});

test('then the message is given up, and the log says so', async () => {
  await stack().invoke('test-send', { to: 'a@x.test', fail: '9' });
  await stack().settle();
  expect(events()).toHaveLength(3);
  expect(lines().filter(({ text }) => text.includes('given up'))).toHaveLength(1);
});

test('a mail without the configuration set starts nothing', async () => {
  await stack().invoke('test-send', { to: 'bounce@simulator.amazonses.com', set: '' });
  await stack().settle();
  expect(stack().mails().at(-1)?.delivery).toBe('bounced');
  expect(events()).toEqual([]);
});
