import { deliveryTo, suppressed } from './delivery.ts';
import type { Message } from './send-email.ts';

/** The mail that a notification is about. Times are ISO 8601 UTC. */
interface NotifiedMail {
  messageId: string;
  /** As the sender wrote it. */
  source: string;
  destination: readonly string[];
  timestamp: string;
  /** The message's tags, and the configuration set as `ses:configuration-set`, as SES gives them: lists. */
  tags: Readonly<Record<string, readonly string[]>>;
}

/** What SES publishes to the topic; SNS carries it as JSON text in its `Message`. */
export type Feedback =
  | {
      notificationType: 'Delivery';
      mail: NotifiedMail;
      delivery: { timestamp: string; recipients: readonly string[] };
    }
  | {
      notificationType: 'Bounce';
      mail: NotifiedMail;
      bounce: {
        bounceType: 'Permanent';
        bounceSubType: 'General' | 'OnAccountSuppressionList';
        bouncedRecipients: readonly {
          emailAddress: string;
          action: 'failed';
          status: string;
          diagnosticCode: string;
        }[];
        timestamp: string;
        feedbackId: string;
      };
    }
  | {
      notificationType: 'Complaint';
      mail: NotifiedMail;
      complaint: {
        complainedRecipients: readonly { emailAddress: string }[];
        complaintFeedbackType: 'abuse';
        timestamp: string;
        feedbackId: string;
      };
    };

const bouncedRecipient = (emailAddress: string) => ({
  emailAddress,
  action: 'failed' as const,
  status: '5.1.1',
  diagnosticCode: suppressed(emailAddress)
    ? 'Amazon SES did not send the message to this address because it is on the suppression list.'
    : 'smtp; 550 5.1.1 user unknown',
});

/** The notifications about one sent mail, in order: a mail that is complained of was delivered before. */
export function feedbackOf(id: string, message: Message, timestamp: string): Feedback[] {
  const { recipients, configurationSet } = message;
  const bounced = recipients.filter((address) => deliveryTo(address) === 'bounced');
  const complained = recipients.filter((address) => deliveryTo(address) === 'complained');
  const delivered = recipients.filter((address) => deliveryTo(address) !== 'bounced');
  const tags = { ...message.tags, ...(configurationSet && { 'ses:configuration-set': configurationSet }) };
  const mail: NotifiedMail = {
    messageId: id,
    source: message.from,
    destination: recipients,
    timestamp,
    tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
  };

  const feedback: Feedback[] = [];
  if (delivered.length > 0) {
    feedback.push({ notificationType: 'Delivery', mail, delivery: { timestamp, recipients: delivered } });
  }
  if (bounced.length > 0) {
    const bounceSubType = bounced.every(suppressed) ? 'OnAccountSuppressionList' : 'General';
    const bouncedRecipients = bounced.map(bouncedRecipient);
    const bounce = {
      bounceType: 'Permanent',
      bounceSubType,
      bouncedRecipients,
      timestamp,
      feedbackId: `${id}-b`,
    } as const;
    feedback.push({ notificationType: 'Bounce', mail, bounce });
  }
  if (complained.length > 0) {
    const complainedRecipients = complained.map((emailAddress) => ({ emailAddress }));
    const complaint = {
      complainedRecipients,
      complaintFeedbackType: 'abuse',
      timestamp,
      feedbackId: `${id}-c`,
    } as const;
    feedback.push({ notificationType: 'Complaint', mail, complaint });
  }
  return feedback;
}
