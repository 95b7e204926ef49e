import { bareAddress } from './address.ts';
import { deliveryTo, isOutOfOffice, suppressed } from './delivery.ts';
import type { Feedback, ReportedMail } from './feedback-event.ts';
import type { Message } from './send-email.ts';

const domainOf = (from: string): string => bareAddress(from).replace(/^.*@/, '');

const bouncedRecipient = (emailAddress: string) => ({
  emailAddress,
  action: 'failed' as const,
  status: '5.1.1',
  diagnosticCode: suppressed(emailAddress)
    ? 'Amazon SES did not send the message to this address because it is on the suppression list.'
    : 'smtp; 550 5.1.1 user unknown',
});

const reportedMail = (
  id: string,
  { from, recipients, tags }: Message,
  set: string,
  timestamp: string,
): ReportedMail => {
  const own = {
    'ses:operation': 'SendEmail',
    'ses:configuration-set': set,
    'ses:from-domain': domainOf(from),
  };
  const all = Object.entries({ ...own, ...tags }).map(([name, value]) => [name, [value]]);
  return { timestamp, source: from, messageId: id, destination: recipients, tags: Object.fromEntries(all) };
};

/**
 * The events of one sent mail, in order. A mail with a complaint or an automatic reply was delivered first. A mail without a
 * configuration set has no events.
 */
export function feedbackOf(id: string, message: Message, timestamp: string): Feedback[] {
  const { recipients, configurationSet } = message;
  if (configurationSet === undefined) return [];
  const mail = reportedMail(id, message, configurationSet, timestamp);
  const bounced = recipients.filter((address) => deliveryTo(address) === 'bounced');
  const complained = recipients.filter((address) => deliveryTo(address) === 'complained');
  const delivered = recipients.filter((address) => deliveryTo(address) !== 'bounced');

  const feedback: Feedback[] = [];
  if (delivered.length > 0) {
    const delivery = {
      timestamp,
      processingTimeMillis: 1,
      recipients: delivered,
      smtpResponse: '250 2.6.0 Message received',
      reportingMTA: 'mta.example.com',
    };
    feedback.push({ eventType: 'Delivery', mail, delivery });
  }
  if (bounced.length > 0) {
    const bounce = {
      bounceType: 'Permanent',
      bounceSubType: bounced.every(suppressed) ? 'OnAccountSuppressionList' : 'General',
      bouncedRecipients: bounced.map(bouncedRecipient),
      timestamp,
      feedbackId: `${id}-b`,
      reportingMTA: 'dsn; mta.example.com',
    } as const;
    feedback.push({ eventType: 'Bounce', mail, bounce });
  }
  const away = recipients.filter(isOutOfOffice);
  if (away.length > 0) {
    const bounce = {
      bounceType: 'Transient',
      bounceSubType: 'General',
      bouncedRecipients: away.map((emailAddress) => ({ emailAddress })),
      timestamp,
      feedbackId: `${id}-r`,
      reportingMTA: 'dsn; mta.example.com',
    } as const;
    feedback.push({ eventType: 'Bounce', mail, bounce });
  }
  if (complained.length > 0) {
    const complaint = {
      complainedRecipients: complained.map((emailAddress) => ({ emailAddress })),
      complaintSubType: null,
      complaintFeedbackType: 'abuse',
      userAgent: 'Amazon SES Mailbox Simulator',
      arrivalDate: timestamp,
      timestamp,
      feedbackId: `${id}-c`,
    } as const;
    feedback.push({ eventType: 'Complaint', mail, complaint });
  }
  return feedback;
}
