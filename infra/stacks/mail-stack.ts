import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnConfigurationSet } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { arnOfSet, createFeedback } from '../mail/feedback.ts';
import { createIdentity } from '../mail/identity.ts';
import { publish } from './publish.ts';

interface Properties extends StackProps {
  settings: DeploymentSettings;
}

/** The address that mail comes from, the configuration set that it is sent under, and the topic to which SES reports its delivery. */
export interface Sender {
  address: string;
  configurationSet: string;
  configurationSetArn: string;
  feedbackTopicArn: string;
}

/**
 * The sender of mail, and what SES does with mail. It is a stack of its own, as SES may know the sender already: a deployment that
 * fails for that reason neither makes nor loses tables and keys. Without a sender (copy-link mode) there is no such stack.
 */
export class MailStack extends Stack {
  /** For other stacks, which read it from this one's outputs. */
  readonly sender: Sender;

  constructor(scope: Construct, id: string, { settings, ...properties }: Properties) {
    super(scope, id, { description: 'Latchkey: the sender of mail, and reports of SES', ...properties });
    createIdentity(this, settings);
    // Mail is sent only over TLS.
    const configurationSet = new CfnConfigurationSet(this, 'Mails', {
      deliveryOptions: { tlsPolicy: 'REQUIRE' },
      reputationOptions: { reputationMetricsEnabled: true },
      // Only the outbox keeps the list of mailboxes that get no mail; there an administrator can lift an entry.
      suppressionOptions: { suppressedReasons: [] },
    });
    const topic = createFeedback(this, configurationSet);
    this.sender = {
      address: settings.mailFrom!,
      configurationSet: publish(this, 'ConfigurationSet', configurationSet.ref),
      configurationSetArn: publish(this, 'ConfigurationSetArn', arnOfSet(this, configurationSet)),
      feedbackTopicArn: publish(this, 'FeedbackTopicArn', topic.ref),
    };
  }
}
