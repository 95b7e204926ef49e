import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnConfigurationSet } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import type { Settings } from '#shared/deployment/settings.ts';
import { arnOfSet, createFeedback } from '../mail/feedback.ts';
import { createIdentity } from '../mail/identity.ts';
import { publish } from './publish.ts';

interface Properties extends StackProps {
  settings: Settings;
}

/** Who mail comes from, the configuration set that it is sent under, and where SES tells what became of it. */
export interface Sender {
  address: string;
  configurationSet: string;
  configurationSetArn: string;
  feedbackTopicArn: string;
}

/**
 * Mail: its sender and what SES does with it. A stack of its own, as SES may know the sender already: a deployment that fails by
 * it has neither made tables and keys nor lost any. Without a sender (copy-link mode) there is none.
 */
export class MailStack extends Stack {
  /** For other stacks, which read it from this one's outputs. */
  readonly sender: Sender;

  constructor(scope: Construct, id: string, { settings, ...properties }: Properties) {
    super(scope, id, { description: 'Latchkey: the sender of mail, and reports of SES', ...properties });
    createIdentity(this, settings);
    // Encrypted on its way, and never again to addresses that bounce.
    const configurationSet = new CfnConfigurationSet(this, 'Mails', {
      deliveryOptions: { tlsPolicy: 'REQUIRE' },
      reputationOptions: { reputationMetricsEnabled: true },
      // Which mailboxes get no mail is kept by the outbox alone, where an administrator can lift it.
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
