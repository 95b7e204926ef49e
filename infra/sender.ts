import { Stack } from 'aws-cdk-lib';
import {
  CfnConfigurationSet,
  CfnConfigurationSetEventDestination,
  EmailSendingEvent,
} from 'aws-cdk-lib/aws-ses';
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import type { Settings } from '#shared/deployment/settings.ts';
import { document } from './policy.ts';

/** Who mail comes from, the configuration set that it is sent under, and where it is told what became of it. */
export interface Sender {
  address: string;
  configurationSet: CfnConfigurationSet;
  feedback: CfnTopic;
}

/**
 * Mail goes out under a configuration set: encrypted on its way, and never again to addresses that bounce.
 * Without a sender (copy-link mode) there is no mail, hence nothing to report.
 */
export function createSender(stack: Stack, { mailFrom }: Settings): Sender | undefined {
  if (mailFrom === null) return undefined;
  const configurationSet = new CfnConfigurationSet(stack, 'Mails', {
    deliveryOptions: { tlsPolicy: 'REQUIRE' },
    reputationOptions: { reputationMetricsEnabled: true },
    // Which mailboxes get no mail is kept by the outbox alone, where an administrator can lift it.
    suppressionOptions: { suppressedReasons: [] },
  });
  return { address: mailFrom, configurationSet, feedback: createFeedback(stack, configurationSet) };
}

/** The configuration set's ARN, which it has no attribute for. */
export const arnOfSet = (configurationSet: CfnConfigurationSet): string =>
  Stack.of(configurationSet).formatArn({
    service: 'ses',
    resource: 'configuration-set',
    resourceName: configurationSet.ref,
  });

/**
 * The topic to which SES reports what became of the mails of this configuration set. It stands in this stack as its
 * policy names the configuration set, and as it keeps nothing. No KMS key encrypts it beyond the disks that SNS
 * encrypts anyway: SES cannot publish under the AWS-managed key, whose policy is fixed, and the policy of a
 * key of our own would have to allow on `*`; what passes here are a mail's headers and ids, never its body with the link.
 */
function createFeedback(stack: Stack, configurationSet: CfnConfigurationSet): CfnTopic {
  const topic = new CfnTopic(stack, 'FeedbackTopic');
  const policy = new CfnTopicPolicy(stack, 'FeedbackTopicPolicy', {
    topics: [topic.ref],
    policyDocument: document({
      Effect: 'Allow',
      Principal: { Service: 'ses.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: topic.ref,
      Condition: {
        StringEquals: { 'AWS:SourceAccount': stack.account, 'AWS:SourceArn': arnOfSet(configurationSet) },
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
