import { randomUUID } from 'node:crypto';
import type { SNSEvent } from 'aws-lambda';

export interface Publication {
  topicArn: string;
  subscriptionArn: string;
  region: string;
  subject: string;
  message: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** The event that a topic's subscription sends to Lambda for one message. The signature is a placeholder: Lambda needs none. */
export function snsEvent({ topicArn, subscriptionArn, region, subject, message, at }: Publication): SNSEvent {
  const service = `https://sns.${region}.amazonaws.com`;
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscriptionArn,
        Sns: {
          Type: 'Notification',
          MessageId: randomUUID(),
          TopicArn: topicArn,
          Subject: subject,
          Message: message,
          Timestamp: new Date(at).toISOString(),
          SignatureVersion: '1',
          Signature: 'local',
          SigningCertUrl: `${service}/SimpleNotificationService-local.pem`,
          UnsubscribeUrl: `${service}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
          MessageAttributes: {},
        },
      },
    ],
  };
}
