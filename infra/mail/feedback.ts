import type { Stack } from 'aws-cdk-lib';
import {
  CfnConfigurationSetEventDestination,
  EmailSendingEvent,
  type CfnConfigurationSet,
} from 'aws-cdk-lib/aws-ses';
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { document } from '../function/policy.ts';

/** The ARN of a configuration set. CloudFormation has no attribute for it. */
export const arnOfSet = (stack: Stack, configurationSet: CfnConfigurationSet): string =>
  stack.formatArn({
    service: 'ses',
    resource: 'configuration-set',
    resourceName: configurationSet.ref,
  });

/**
 * The topic to which SES reports the delivery of this configuration set's mails. It has no KMS key; SNS encrypts its disks anyway. SES
 * cannot publish under the AWS-managed key, whose policy is fixed, and a key of our own would need a policy that allows on `*`. The
 * reports hold a mail's headers and ids, never its body with the link.
 */
export function createFeedback(stack: Stack, configurationSet: CfnConfigurationSet): CfnTopic {
  const topic = new CfnTopic(stack, 'FeedbackTopic');
  const policy = new CfnTopicPolicy(stack, 'FeedbackTopicPolicy', {
    topics: [topic.ref],
    policyDocument: document({
      Effect: 'Allow',
      Principal: { Service: 'ses.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: topic.ref,
      Condition: {
        StringEquals: {
          'AWS:SourceAccount': stack.account,
          'AWS:SourceArn': arnOfSet(stack, configurationSet),
        },
      },
    }),
  });
  const destination = new CfnConfigurationSetEventDestination(stack, 'FeedbackDestination', {
    configurationSetName: configurationSet.ref,
    eventDestination: {
      enabled: true,
      matchingEventTypes: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT, EmailSendingEvent.DELIVERY],
      snsDestination: { topicArn: topic.ref },
    },
  });
  // SES tries to publish to the topic when the destination is made.
  destination.addResourceDependency(policy);
  return topic;
}
