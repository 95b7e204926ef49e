import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import type { SynthesizedStack } from '../deploy/deployment.ts';
import { fine, lookedAt, trouble, type Finding } from './finding.ts';
import { emailsIn } from './needs.ts';

/** Whether alarm mails reach anyone: SNS sends none to an unconfirmed subscription. */
export async function lookAtAlarms(stacks: readonly SynthesizedStack[]): Promise<Finding[]> {
  const told = stacks.filter(({ template }) => emailsIn(template).length > 0);
  if (told.length === 0)
    return [
      trouble(
        'alarms',
        'warning',
        'Nobody is told when something breaks, as alarmEmail is not set.',
        'Set alarmEmail, deploy, and confirm the mail that SNS sends.',
      ),
    ];
  return (await Promise.all(told.map((stack) => lookedAt('alarms', () => lookAtTopics(stack))))).flat();
}

/** The addresses that have confirmed a stack's alarms, and the topics that mail them. */
async function confirmedBy({ name, region }: SynthesizedStack) {
  const confirmed = new Set<string>();
  const topics: string[] = [];
  const client = new CloudFormationClient({ region });
  for await (const page of paginateListStackResources({ client }, { StackName: name }))
    for (const { ResourceType, PhysicalResourceId: TopicArn } of page.StackResourceSummaries ?? [])
      if (ResourceType === 'AWS::SNS::Topic') {
        topics.push(TopicArn!);
        for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
          { client: new SNSClient({ region }) },
          { TopicArn },
        ))
          for (const { Endpoint = '', SubscriptionArn = '' } of Subscriptions)
            // An unconfirmed subscription has `PendingConfirmation` instead of an ARN.
            if (SubscriptionArn.startsWith('arn:')) confirmed.add(Endpoint);
      }
  return { confirmed, topics };
}

async function lookAtTopics(stack: SynthesizedStack): Promise<Finding[]> {
  const { confirmed, topics } = await confirmedBy(stack);
  const subscribe = (email: string): string =>
    `aws sns subscribe --region ${stack.region} --protocol email --topic-arn ${topics[0] ?? 'TOPIC'} --notification-endpoint ${email}`;
  return emailsIn(stack.template).map((email) =>
    confirmed.has(email)
      ? fine('alarms', `${email} is mailed by the alarms.`)
      : trouble(
          'alarms',
          'broken',
          `${email} has not confirmed the alarms: nobody is told there when something breaks.`,
          `Open the mail “AWS Notification - Subscription Confirmation” there, and follow its link. Where it is older than two days, ask for another: ${subscribe(email)}`,
        ),
  );
}
