import { Lazy, type Stack } from 'aws-cdk-lib';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { document, explainWildcard } from './policy.ts';

/** The queue of events that failed for good, for the operator to look at. No function reads it, so its length is what to alarm on. */
export interface Failures {
  arn: string;
  name: string;
  /** Lets an EventBridge rule or an SNS topic put events into the queue that it cannot deliver. */
  admit(service: 'events.amazonaws.com' | 'sns.amazonaws.com', sourceArn: string): void;
}

/** The longest time for which SQS keeps a message. */
const retentionSeconds = 14 * 24 * 60 * 60;

/** Makes the queue. Lambda needs no permission here: it puts messages into the queue with the role of the failed function. */
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
