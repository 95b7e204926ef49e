import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnAlarm, CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { alarmProperties } from '../monitoring/alarm-properties.ts';
import { alarmsOf, type Watched } from '../monitoring/alarms.ts';
import { dashboardBody } from '../monitoring/dashboard.ts';
import { document, explainWildcard } from '../function/policy.ts';

interface Properties extends StackProps {
  settings: DeploymentSettings;
  watched: Watched;
  /** The address that the alarms mail. */
  alarmEmail: string;
}

/** Alarms that mail the operator, and a dashboard. The stack can be deleted and created anew at any time. */
export class MonitoringStack extends Stack {
  constructor(scope: Construct, id: string, { settings, watched, alarmEmail, ...properties }: Properties) {
    super(scope, id, { description: 'Latchkey: alarms and a dashboard', ...properties });
    const topic = this.#createTopic(alarmEmail);
    const alarms = alarmsOf(watched, settings);
    const arns = Object.entries(alarms).map(
      ([name, alarm]) => new CfnAlarm(this, name, alarmProperties(name, alarm, topic.ref)).attrArn,
    );
    const dashboard = new CfnDashboard(this, 'Dashboard', {
      dashboardBody: this.toJsonString(dashboardBody(this, alarms, arns, watched)),
    });
    new CfnOutput(this, 'DashboardName', { value: dashboard.ref, description: 'CloudWatch, Dashboards' });
  }

  /**
   * The topic that mails. AWS first asks the address to confirm. The topic has no KMS key: CloudWatch could publish only if the key's
   * policy were open to it. The messages hold only an alarm's name and numbers.
   */
  #createTopic(endpoint: string): CfnTopic {
    const topic = new CfnTopic(this, 'Alarms', {
      subscription: [{ protocol: 'email', endpoint }],
    });
    const policy = new CfnTopicPolicy(this, 'AlarmsPolicy', {
      topics: [topic.ref],
      policyDocument: document(
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: topic.ref,
          Condition: { StringEquals: { 'aws:SourceAccount': this.account } },
        },
        {
          Sid: 'OverTls',
          Effect: 'Deny',
          Principal: '*',
          Action: 'sns:Publish',
          Resource: topic.ref,
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ),
    });
    explainWildcard(policy, 'OverTls', 'It only denies: whoever publishes does so by TLS.');
    return topic;
  }
}
