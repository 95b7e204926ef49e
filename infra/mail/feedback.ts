import type { Stack } from 'aws-cdk-lib';
import {
  CfnConfigurationSetEventDestination,
  EmailSendingEvent,
  type CfnConfigurationSet,
} from 'aws-cdk-lib/aws-ses';
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { document } from '../function/policy.ts';

/** The configuration set's ARN, which it has no attribute for. */
export const arnOfSet = (stack: Stack, configurationSet: CfnConfigurationSet): string =>
  stack.formatArn({
    service: 'ses',
    resource: 'configuration-set',
    resourceName: configurationSet.ref,
  });

/**
 * The topic to which SES reports what became of the mails of this configuration set. No KMS key encrypts it beyond the disks that
 * SNS encrypts anyway: SES cannot publish under the AWS-managed key, whose policy is fixed, and the policy of a
 * key of our own would have to allow on `*`; what passes here are a mail's headers and ids, never its body with the link.
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
  // SES tries the topic when it is given it.
  destination.addResourceDependency(policy);
  return topic;
}
