import { Lazy, type Stack } from 'aws-cdk-lib';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { document, explainWildcard } from './policy.ts';

/** The queue of what failed for good, for somebody to look at: it has no reader, so that its length is what to be told of. */
export interface Failures {
  arn: string;
  name: string;
  /** Lets a rule of EventBridge or a topic of SNS put into it what they cannot deliver. */
  admit(service: 'events.amazonaws.com' | 'sns.amazonaws.com', sourceArn: string): void;
}

/** As long as SQS keeps a message. */
const retentionSeconds = 14 * 24 * 60 * 60;

/** Lambda puts messages into it by the role of the function that failed. */
export function createFailures(stack: Stack): Failures {
  const queue = new CfnQueue(stack, 'Failures', {
    // SQS's own key: a key of ours would have to be opened to EventBridge and SNS.
    sqsManagedSseEnabled: true,
    messageRetentionPeriod: retentionSeconds,
  });
  const statements: object[] = [
    {
      Sid: 'OverTls',
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:*',
      Resource: queue.attrArn,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ];
  const policy = new CfnQueuePolicy(stack, 'FailuresPolicy', {
    queues: [queue.ref],
    policyDocument: Lazy.any({ produce: () => document(...statements) }),
  });
  explainWildcard(policy, 'OverTls', 'It only denies: whoever comes, and for what, comes by TLS.');
  return {
    arn: queue.attrArn,
    name: queue.attrQueueName,
    admit: (service, sourceArn) =>
      void statements.push({
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sqs:SendMessage',
        Resource: queue.attrArn,
        Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
      }),
  };
}
