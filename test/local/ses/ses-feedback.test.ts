import type { SendEmailCommandInput } from '@aws-sdk/client-ses';
import { describe, expect, test } from 'vitest';
import type { Feedback } from '#local/ses/ses.ts';
import { connect, from, mail, newSes } from './ses-client.ts';

const inMain = { ConfigurationSetName: 'main' };

describe('feedback', () => {
  const feedbackTo = async (to: string[], change: Partial<SendEmailCommandInput> = {}) => {
    const ses = newSes();
    const received: Feedback[] = [];
    ses.onFeedback((feedback) => received.push(feedback));
    const { MessageId } = await (await connect(ses)).send(mail(to, change));
    await new Promise(setImmediate);
    return { received, MessageId, delivery: ses.mails()[0]?.delivery };
  };

  test('tells of a bounce as event publishing does, with the tags', async () => {
    const to = 'bounce+mia@simulator.amazonses.com';
    const Tags = [{ Name: 'mailId', Value: 'm1' }];
    const { received, MessageId, delivery } = await feedbackTo([to], { Tags, ConfigurationSetName: 'main' });
    expect(delivery).toBe('bounced');
    expect(received).toMatchObject([
      {
        eventType: 'Bounce',
        mail: {
          messageId: MessageId,
          source: from,
          destination: [to],
          timestamp: '2026-11-20T12:00:00.000Z',
          tags: {
            mailId: ['m1'],
            'ses:configuration-set': ['main'],
            'ses:from-domain': ['latchkey.test'],
          },
        },
        bounce: {
          bounceType: 'Permanent',
          bounceSubType: 'General',
          bouncedRecipients: [{ emailAddress: to }],
        },
      },
    ]);
    expect(received[0]).not.toHaveProperty('notificationType');
  });

  test('tells nobody of a mail without a configuration set', async () => {
    const { received, delivery } = await feedbackTo(['bounce@simulator.amazonses.com']);
    expect(delivery).toBe('bounced');
    expect(received).toEqual([]);
  });

  test.each([
    ['success', 'delivered', ['Delivery']],
    ['complaint', 'complained', ['Delivery', 'Complaint']],
    ['suppressionlist', 'bounced', ['Bounce']],
    ['ooto', 'delivered', ['Delivery', 'Bounce']],
    ['constructor', 'delivered', ['Delivery']],
  ])('tells what became of a mail to %s@', async (name, state, types) => {
    const { received, delivery } = await feedbackTo([`${name}@simulator.amazonses.com`], inMain);
    expect(delivery).toBe(state);
    expect(received.map(({ eventType }) => eventType)).toEqual(types);
    // Besides the mail, each event holds one object with the name of its type.
    for (const event of received)
      expect(Object.keys(event)).toEqual(['eventType', 'mail', event.eventType.toLowerCase()]);
  });

  test('names only those who bounced among several', async () => {
    const { received, delivery } = await feedbackTo(['a@x.test', 'bounce@simulator.amazonses.com'], inMain);
    expect(delivery).toBe('bounced');
    expect(received).toMatchObject([
      { delivery: { recipients: ['a@x.test'] } },
      { bounce: { bouncedRecipients: [{ emailAddress: 'bounce@simulator.amazonses.com' }] } },
    ]);
  });

  test('comes after the answer', async () => {
    const ses = newSes();
    const received: Feedback[] = [];
    ses.onFeedback((feedback) => received.push(feedback));
    const body = new URLSearchParams({
      Action: 'SendEmail',
      Source: from,
      ConfigurationSetName: 'main',
      'Destination.ToAddresses.member.1': 'a@x.test',
      'Message.Subject.Data': '',
      'Message.Body.Text.Data': 'text',
    });
    expect(ses.handle(body.toString()).status).toBe(200);
    expect(received).toEqual([]);
    await new Promise(setImmediate);
    expect(received).toHaveLength(1);
  });
});
