import { expect, test } from 'vitest';
import { ofType, readable, synthesize, type Json } from './synthesize.ts';

const templates = synthesize([], { mailFrom: 'invites@example.com' });
const { mail } = templates;

type Statement = {
  Effect: string;
  Principal: Json;
  Action: string;
  Resource: Json;
  Condition: { StringEquals: Record<string, Json> };
};

test('SES reports bounces, complaints and deliveries of the configuration set to one topic', () => {
  expect(ofType(mail, 'AWS::SNS::Topic')).toMatchObject([['FeedbackTopic', {}]]);
  const destinations = ofType(mail, 'AWS::SES::ConfigurationSetEventDestination');
  expect(destinations.map(([, { Properties }]) => Properties)).toEqual([
    {
      ConfigurationSetName: { Ref: 'Mails' },
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ['bounce', 'complaint', 'delivery'],
        SnsDestination: { TopicARN: { Ref: 'FeedbackTopic' } },
      },
    },
  ]);
});

test('C64: only SES may publish to it, for this account and this configuration set', () => {
  const policies = ofType(mail, 'AWS::SNS::TopicPolicy');
  expect(policies).toHaveLength(1);
  const [policy, { Properties }] = policies[0]!;
  expect(Properties['Topics']).toEqual([{ Ref: 'FeedbackTopic' }]);
  const { Statement: statements } = Properties['PolicyDocument'] as { Statement: Statement[] };
  expect(statements).toHaveLength(1);
  const { Condition, ...statement } = statements[0]!;
  expect(statement).toEqual({
    Effect: 'Allow',
    Principal: { Service: 'ses.amazonaws.com' },
    Action: 'sns:Publish',
    Resource: { Ref: 'FeedbackTopic' },
  });
  const conditions = Object.entries(Condition.StringEquals).map(([key, value]) => [
    key,
    readable(value, templates),
  ]);
  expect(Condition).toEqual({ StringEquals: expect.anything() });
  expect(Object.fromEntries(conditions)).toEqual({
    'AWS:SourceAccount': '${AWS::AccountId}',
    'AWS:SourceArn': 'arn:${AWS::Partition}:ses:us-east-1:${AWS::AccountId}:configuration-set/${Mails}',
  });
  // SES publishes a first message when it gets the topic. If it may not, the deployment fails.
  expect(ofType(mail, 'AWS::SES::ConfigurationSetEventDestination')[0]![1]).toMatchObject({
    DependsOn: [policy],
  });
});

test('the topic has no name of its own, and no key that SES could not use', () => {
  expect(ofType(mail, 'AWS::SNS::Topic')[0]![1].Properties ?? {}).toEqual({});
});
