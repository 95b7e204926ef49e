import type { SendEmailCommandInput } from '@aws-sdk/client-ses';
import { describe, expect, test } from 'vitest';
import type { Feedback } from '#local/ses/ses.ts';
import { connect, from, mail, newSes } from './ses-client.ts';

describe('feedback', () => {
  const feedbackTo = async (to: string[], change: Partial<SendEmailCommandInput> = {}) => {
    const ses = newSes();
    const received: Feedback[] = [];
    ses.onFeedback((feedback) => received.push(feedback));
    const { MessageId } = await (await connect(ses)).send(mail(to, change));
    await new Promise(setImmediate);
    return { received, MessageId, delivery: ses.mails()[0]?.delivery };
  };

  test('tells of a bounce, with the tags', async () => {
    const to = 'bounce+mia@simulator.amazonses.com';
    const Tags = [{ Name: 'mailId', Value: 'm1' }];
    const { received, MessageId, delivery } = await feedbackTo([to], { Tags, ConfigurationSetName: 'main' });
    expect(delivery).toBe('bounced');
    expect(received).toMatchObject([
      {
        notificationType: 'Bounce',
        mail: {
          messageId: MessageId,
          source: from,
          destination: [to],
          timestamp: '2026-11-20T12:00:00.000Z',
          tags: { mailId: ['m1'], 'ses:configuration-set': ['main'] },
        },
        bounce: {
          bounceType: 'Permanent',
          bounceSubType: 'General',
          bouncedRecipients: [{ emailAddress: to }],
        },
      },
    ]);
  });

  test.each([
    ['success', 'delivered', ['Delivery']],
    ['complaint', 'complained', ['Delivery', 'Complaint']],
    ['suppressionlist', 'bounced', ['Bounce']],
    ['constructor', 'delivered', ['Delivery']],
  ])('tells what became of a mail to %s@', async (name, state, types) => {
    const { received, delivery } = await feedbackTo([`${name}@simulator.amazonses.com`]);
    expect(delivery).toBe(state);
    expect(received.map(({ notificationType }) => notificationType)).toEqual(types);
  });

  test('names only those who bounced among several', async () => {
    const { received, delivery } = await feedbackTo(['a@x.test', 'bounce@simulator.amazonses.com']);
    expect(delivery).toBe('bounced');
    expect(received).toMatchObject([
      { delivery: { recipients: ['a@x.test'] } },
      { bounce: { bouncedRecipients: [{ emailAddress: 'bounce@simulator.amazonses.com' }] } },
    ]);
  });

  test('comes after the answer', () => {
    const ses = newSes();
    const received: Feedback[] = [];
    ses.onFeedback((feedback) => received.push(feedback));
    const body = new URLSearchParams({
      Action: 'SendEmail',
      Source: from,
      'Destination.ToAddresses.member.1': 'a@x.test',
      'Message.Subject.Data': '',
      'Message.Body.Text.Data': 'text',
    });
    expect(ses.handle(body.toString()).status).toBe(200);
    expect(received).toEqual([]);
  });
});
