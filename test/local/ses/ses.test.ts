import { appendFileSync } from 'node:fs';
import { GetSendQuotaCommand, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-ses';
import { describe, expect, test } from 'vitest';
import { connect, from, mail, newSes, titled } from './ses-client.ts';
import { newFile } from '../serve.ts';

describe('sending', () => {
  test('stores what was sent', async () => {
    const ses = newSes();
    const client = await connect(ses);
    const { MessageId } = await client.send(mail('Mia@Example.com', { ConfigurationSetName: 'main' }));
    expect(ses.mails()).toEqual([
      {
        id: MessageId,
        to: 'Mia@Example.com',
        from,
        subject: '招待 & <welcome>',
        text: 'a + b\r\nhttps://latchkey.test/invite/x-_1。',
        html: '<p>Hi</p>',
        at: '2026-11-20T12:00:00.000Z',
        delivery: 'delivered',
        configurationSet: 'main',
      },
    ]);
    expect(ses.find(MessageId ?? '')).toEqual(ses.mails('mia@example.com')[0]);
    expect(ses.mails('ia@example.com')).toEqual([]);
  });

  test('joins all recipients', async () => {
    const ses = newSes();
    const client = await connect(ses);
    const Destination = {
      ToAddresses: ['a@x.test', 'B <b@x.test>'],
      CcAddresses: ['c@x.test'],
      BccAddresses: [],
    };
    await client.send(mail([], { Destination }));
    expect(ses.mails('c@x.test')[0]?.to).toBe('a@x.test, b@x.test, c@x.test');
  });

  const unsendable: [string, SendEmailCommandInput, string, RegExp][] = [
    [
      'unverified sender',
      mail('a@x.test', { Source: 'me@evil.test' }).input,
      'MessageRejected',
      /is not verified.*me@evil\.test/,
    ],
    ['no destination', mail([]).input, 'InvalidParameterValue', /destination/],
    ['51 recipients', mail(Array<string>(51).fill('a@x.test')).input, 'InvalidParameterValue', /exceeds 50/],
    ['no domain', mail('nobody').input, 'InvalidParameterValue', /@domain/],
    ['no local part', mail('@x.test').input, 'InvalidParameterValue', /@domain/],
    ['a space', mail('a b@x.test').input, 'InvalidParameterValue', /local part/],
    ['two addresses in one', mail('a@x.test, b@x.test').input, 'InvalidParameterValue', /local part/],
    ['a bad domain', mail('a@x..test').input, 'InvalidParameterValue', /domain/],
    ['beyond ASCII', mail('a@例え.test').input, 'InvalidParameterValue', /ASCII/],
    [
      'a line break in an address',
      mail('a@x.test\r\nBcc: b@x.test').input,
      'InvalidParameterValue',
      /line break/,
    ],
    [
      'a line break in the reply address',
      mail('a@x.test', { ReplyToAddresses: ['r@x.test\n'] }).input,
      'InvalidParameterValue',
      /line break/,
    ],
    [
      'a line break in the subject',
      mail('a@x.test', { Message: titled('Hi\nBcc: b@x.test') }).input,
      'InvalidParameterValue',
      /line break/,
    ],
    [
      'no body',
      mail('a@x.test', { Message: { Subject: { Data: 's' }, Body: {} } }).input,
      'InvalidParameterValue',
      /neither/,
    ],
    [
      'a bad tag',
      mail('a@x.test', { Tags: [{ Name: 'to', Value: 'a@x.test' }] }).input,
      'InvalidParameterValue',
      /tag/,
    ],
  ];

  test.each(unsendable)('refuses %s', async (_, input, name, message) => {
    const ses = newSes();
    const client = await connect(ses);
    const expected = { name, message: expect.stringMatching(message), $metadata: { httpStatusCode: 400 } };
    await expect(client.send(new SendEmailCommand(input))).rejects.toMatchObject(expected);
    expect(ses.mails()).toEqual([]);
  });

  test('escapes what it repeats in an answer', async () => {
    const ses = newSes();
    const client = await connect(ses);
    const Source = '"&\'" <me&you@evil.test>';
    expect(ses.handle(new URLSearchParams({ Action: '</Message>&\0' }).toString()).body).toContain(
      '<Message>&lt;/Message&gt;&amp;\ufffd is not served here</Message>',
    );
    await expect(client.send(mail('a@x.test', { Source }))).rejects.toMatchObject({
      name: 'MessageRejected',
      message: expect.stringContaining(Source),
    });
  });

  test('reports its quota', async () => {
    const client = await connect(newSes());
    await client.send(mail(['a@x.test', 'b@x.test']));
    expect(await client.send(new GetSendQuotaCommand({}))).toMatchObject({
      Max24HourSend: 50000,
      MaxSendRate: 14,
      SentLast24Hours: 2,
    });
  });

  test('keeps the mails over a restart, and drops one that a crash cut off', async () => {
    const file = newFile('mails.jsonl');
    const before = newSes({ file });
    await (await connect(before)).send(mail('a@x.test'));
    appendFileSync(file, '{"id":"half');
    const after = newSes({ file });
    expect(after.mails()).toEqual(before.mails());
    await (await connect(after)).send(mail('b@x.test'));
    expect(newSes({ file }).mails()).toEqual(after.mails());
    expect(after.mails()).toHaveLength(2);
  });
});
