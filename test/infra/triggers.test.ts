import { describe, expect, test } from 'vitest';
import { isJob } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { jobs } from './fixtures.ts';
import { functionsOf, ofType, readable, synthesize, type Json } from './synthesize.ts';

const entries = [...findOperations(), ...jobs].filter(isJob);
const templates = synthesize(entries, { mailFrom: 'invites@example.com' });
const { service } = templates;
const handlers = functionsOf(service);

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
    ({ Value }) => readable(Value, templates) === `\${${logicalId}}`,
  );

  test('starts as it declares, and in no other way', () => {
    const isStream = typeof trigger === 'object' && 'stream' in trigger;
    const isSchedule = typeof trigger === 'object' && 'everyMinutes' in trigger;
    expect(mappings).toHaveLength(isStream ? 1 : 0);
    expect(rules).toHaveLength(isSchedule ? 1 : 0);
    const isFeedback = trigger === 'feedback';
    expect(subscriptions).toHaveLength(isFeedback ? 1 : 0);
    expect(permissions).toHaveLength(isSchedule || isFeedback ? 1 : 0);
    expect(outputs).toHaveLength(trigger === 'invocation' ? 1 : 0);
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
        TopicArn: { Ref: 'FeedbackTopic' },
      });
      expect(permissions[0]![1].Properties).toMatchObject({
        Principal: 'sns.amazonaws.com',
        SourceArn: { Ref: 'FeedbackTopic' },
      });
    });
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
