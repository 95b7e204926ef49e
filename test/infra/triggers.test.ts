import { describe, expect, test } from 'vitest';
import { isJob } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { jobs } from './fixtures.ts';
import { functionsOf, ofType, readable, synthesize, type Json, type Resource } from './synthesize.ts';

const entries = [...findOperations(), ...jobs].filter(isJob);
const templates = synthesize(entries, { mailFrom: 'invites@example.com' });
const { service } = templates;
const handlers = functionsOf(service);

/** The topic is in the mail stack. */
const feedbackTopic = {
  'Fn::GetStackOutput': { StackName: 'latchkey-mail', OutputName: 'FeedbackTopicArn' },
};

describe.each(entries)('$id', ({ id, declaration: { trigger } }) => {
  const { logicalId } = handlers.get(id)!;
  const mappings = ofType(service, 'AWS::Lambda::EventSourceMapping').filter(
    ([, { Properties }]) => readable(Properties['FunctionName']!, templates) === `\${${logicalId}}`,
  );
  const rules = ofType(service, 'AWS::Events::Rule').filter(([, { Properties }]) =>
    (Properties['Targets'] as { Arn: Json }[]).some(
      ({ Arn }) => readable(Arn, templates) === `\${${logicalId}.Arn}`,
    ),
  );
  const permissions = ofType(service, 'AWS::Lambda::Permission').filter(
    ([, { Properties }]) => readable(Properties['FunctionName']!, templates) === `\${${logicalId}.Arn}`,
  );
  const subscriptions = ofType(service, 'AWS::SNS::Subscription').filter(
    ([, { Properties }]) => readable(Properties['Endpoint']!, templates) === `\${${logicalId}.Arn}`,
  );
  const outputs = Object.values(service.Outputs).filter(
    ({ Value }) => JSON.stringify(Value) === JSON.stringify({ Ref: logicalId }),
  );

  const queue = { 'Fn::GetAtt': ['Failures', 'Arn'] };
  const kept = ofType(service, 'AWS::Lambda::EventInvokeConfig').filter(
    ([, { Properties }]) => readable(Properties['FunctionName']!, templates) === `\${${logicalId}}`,
  );

  test('R8.2: whatever it fails at for good, by Lambda or before it, is put into the one queue', () => {
    const onFailure = { DestinationConfig: { OnFailure: { Destination: queue } } };
    for (const [, { Properties }] of mappings) expect(Properties).toMatchObject(onFailure);
    for (const [, { Properties }] of rules)
      expect(Properties['Targets']).toMatchObject([{ DeadLetterConfig: { Arn: queue } }]);
    for (const [, { Properties }] of subscriptions)
      expect(Properties['RedrivePolicy']).toEqual({ deadLetterTargetArn: queue });
    expect(kept).toHaveLength(rules.length + subscriptions.length);
    for (const [, { Properties }] of kept)
      expect(Properties).toMatchObject({ ...onFailure, Qualifier: '$LATEST', MaximumRetryAttempts: 2 });
  });

  test('starts as it declares, and in no other way', () => {
    const isStream = typeof trigger === 'object' && 'stream' in trigger;
    const isSchedule = typeof trigger === 'object' && 'everyMinutes' in trigger;
    expect(mappings).toHaveLength(isStream ? 1 : 0);
    expect(rules).toHaveLength(isSchedule ? 1 : 0);
    const isFeedback = trigger === 'feedback';
    expect(subscriptions).toHaveLength(isFeedback ? 1 : 0);
    expect(permissions).toHaveLength(isSchedule || isFeedback ? 1 : 0);
    // Alarms need the name of a stream's function, and people the name of one that they invoke.
    expect(outputs).toHaveLength(trigger === 'invocation' || isStream ? 1 : 0);
  });

  if (typeof trigger === 'object' && 'stream' in trigger)
    test('reads new rows of its table, and a bad one blocks no others', () => {
      const [, { Properties }] = mappings[0]!;
      const table = `${trigger.stream[0]!.toUpperCase()}${trigger.stream.slice(1)}Table`;
      expect(readable(Properties['EventSourceArn']!, templates)).toBe(`\${${table}.StreamArn}`);
      expect(Properties).toMatchObject({
        BatchSize: 10,
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 5,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        FilterCriteria: { Filters: [{ Pattern: expect.any(String) as string }] },
      });
      const { Filters } = Properties['FilterCriteria'] as { Filters: { Pattern: string }[] };
      const attributes = Object.entries(trigger.only ?? {});
      const NewImage = Object.fromEntries(attributes.map(([name, value]) => [name, { S: [value] }]));
      expect(JSON.parse(Filters[0]!.Pattern)).toEqual({
        eventName: ['INSERT'],
        ...(trigger.only && { dynamodb: { NewImage } }),
      });
    });

  if (typeof trigger === 'object' && 'everyMinutes' in trigger)
    test('is started by its own rule alone', () => {
      const [rule, { Properties }] = rules[0]!;
      const { everyMinutes } = trigger;
      expect(Properties['ScheduleExpression']).toBe(
        `rate(${everyMinutes} minute${everyMinutes === 1 ? '' : 's'})`,
      );
      const permission = permissions[0]![1].Properties;
      expect(permission['Principal']).toBe('events.amazonaws.com');
      expect(readable(permission['SourceArn']!, templates)).toBe(`\${${rule}.Arn}`);
    });

  if (trigger === 'feedback')
    test('is started by the topic of the sender alone', () => {
      expect(subscriptions[0]![1].Properties).toMatchObject({
        Protocol: 'lambda',
        TopicArn: feedbackTopic,
      });
      expect(permissions[0]![1].Properties).toMatchObject({
        Principal: 'sns.amazonaws.com',
        SourceArn: feedbackTopic,
      });
    });
});

test('R8.2: the queue keeps what failed as long as SQS can, encrypted, and takes it of our own rules and topic alone', () => {
  expect(ofType(service, 'AWS::SQS::Queue')).toMatchObject([
    ['Failures', { Properties: { SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 } }],
  ]);
  const [[, policy]] = ofType(service, 'AWS::SQS::QueuePolicy') as [[string, Resource]];
  const { Statement } = policy.Properties['PolicyDocument'] as unknown as {
    Statement: { Effect: string; Action: string; Principal: Json; Condition: Record<string, Json> }[];
  };
  const [deny, ...admitted] = Statement;
  expect(deny).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  const sources = [
    ...ofType(service, 'AWS::Events::Rule').map(([id]) => ['events.amazonaws.com', `\${${id}.Arn}`]),
    ...ofType(service, 'AWS::SNS::Subscription').map(() => ['sns.amazonaws.com', '${FeedbackTopic}']),
  ];
  for (const { Effect, Action } of admitted) expect([Effect, Action]).toEqual(['Allow', 'sqs:SendMessage']);
  expect(
    admitted
      .map(({ Principal, Condition: { ArnEquals, ...others } }) => {
        expect(others).toEqual({});
        const arn = (ArnEquals as Record<string, Json>)['aws:SourceArn']!;
        return [(Principal as { Service: string }).Service, readable(arn, templates)];
      })
      .toSorted(),
  ).toEqual(sources.toSorted());
});

test('in copy-link mode, jobs for what SES reports have their function, and nothing starts it', () => {
  const silent = synthesize(entries);
  const feedback = entries.filter(({ declaration }) => declaration.trigger === 'feedback');
  expect(feedback).not.toHaveLength(0);
  for (const { id } of feedback) {
    const { logicalId } = functionsOf(silent.service).get(id)!;
    const permitted = ofType(silent.service, 'AWS::Lambda::Permission').map(([, { Properties }]) =>
      readable(Properties['FunctionName']!, silent),
    );
    expect(permitted).not.toContain(`\${${logicalId}.Arn}`);
  }
  expect(Object.values(silent.service.Resources).filter(({ Type }) => /::SNS::|::SES::/.test(Type))).toEqual(
    [],
  );
});

test('no job has a route', () => {
  const { Properties } = ofType(service, 'AWS::ApiGatewayV2::Api')[0]![1];
  expect(Properties['Body']).toMatchObject({ paths: {} });
});
