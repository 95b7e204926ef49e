import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseSettings } from '#shared/deployment/settings.ts';
import { inviteLimits } from '#shared/invites/limits.ts';
import { counted, measured } from '#shared/aws/metrics.ts';
import { findOperations } from '#infra/operations.ts';
import { ofType, synthesize, type Json, type Resource } from './synthesize.ts';

const settings = { alarmEmail: 'ops@example.com', mailFrom: 'invites@example.com' };
const { monitoring, service } = synthesize(findOperations(), settings);
const alarms = ofType(monitoring, 'AWS::CloudWatch::Alarm');
const names = alarms.map(([name]) => name);

test('R8.2: there are no alarms where nobody is to be mailed', () => {
  expect(synthesize([]).monitoring.Resources).toEqual({});
});

test('R8.2: alarms mail the address of the setting, when they ring and when it is over', () => {
  expect(ofType(monitoring, 'AWS::SNS::Topic')).toMatchObject([
    ['Alarms', { Properties: { Subscription: [{ Protocol: 'email', Endpoint: 'ops@example.com' }] } }],
  ]);
  const [[, policy]] = ofType(monitoring, 'AWS::SNS::TopicPolicy') as [[string, Resource]];
  expect((policy.Properties['PolicyDocument'] as { Statement: Json }).Statement).toMatchObject([
    {
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    },
    { Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  ]);
  expect(alarms.length).toBeGreaterThan(10);
  for (const [, { Properties }] of alarms)
    expect(Properties).toMatchObject({
      AlarmActions: [{ Ref: 'Alarms' }],
      OKActions: [{ Ref: 'Alarms' }],
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      EvaluationPeriods: 1,
    });
});

describe('R8.2: the runbook', () => {
  const sections = new Map(
    readFileSync('docs/runbook.md', 'utf8')
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')), section] as const),
  );

  test('has a section for each alarm, and none for another', () => {
    expect([...sections.keys()].toSorted()).toEqual(names.toSorted());
  });

  test.each(alarms)('R8.2: says of %s what it means, what to look at and what to do', (name, alarm) => {
    for (const part of ['**Means:**', '**Look at**', '**Do:**']) expect(sections.get(name)).toContain(part);
    expect(alarm.Properties['AlarmDescription']).toContain(`docs/runbook.md#${name.toLowerCase()}`);
  });
});

/** The metrics of an alarm, as `namespace name`. */
const metricsOf = (properties: Record<string, Json>): { Namespace: string; MetricName: string }[] =>
  properties['Metrics']
    ? (properties['Metrics'] as { MetricStat?: { Metric: never } }[]).flatMap(
        ({ MetricStat }) => MetricStat?.Metric ?? [],
      )
    : [properties as never];

test('R8.2: every metric that functions tell has its alarm, and each alarm is rung by a test', () => {
  const own = alarms
    .flatMap(([, { Properties }]) => metricsOf(Properties))
    .filter(({ Namespace }) => Namespace === 'Latchkey');
  expect(own.map(({ MetricName }) => MetricName).toSorted()).toEqual(
    [...Object.keys(counted), ...measured].toSorted(),
  );
  const tests = ['test/faults/alarms.test.ts', 'test/local/host/throttles.test.ts'].map((file) =>
    readFileSync(file, 'utf8'),
  );
  for (const name of names) expect(tests.join('\n'), name).toMatch(new RegExp(`R8\\.2: [^']*\\b${name} `));
});

test('R8.2: each alarm rings at the number, and within the minutes, that operators are told', () => {
  const rings = Object.fromEntries(
    alarms.map(([name, { Properties }]) => {
      const metrics = (Properties['Metrics'] ?? []) as { MetricStat?: { Period: number } }[];
      const seconds =
        Properties['Period'] ?? metrics.find(({ MetricStat }) => MetricStat)!.MetricStat!.Period;
      return [name, [Properties['Threshold'], (seconds as number) / 60]];
    }),
  );
  expect(rings).toEqual({
    StoreDown: [1, 5],
    KeyUnusable: [1, 15],
    ServerErrors: [5, 15],
    FunctionErrors: [3, 15],
    Throttles: [5, 5],
    Requests: [expect.any(Number), 15],
    Failures: [1, 5],
    StreamAge: [expect.any(Number), 5],
    Lockouts: [20, 15],
    PermissionsRefused: [10, 15],
    MailsUndelivered: [1, 60],
    MailsBounced: [5, 60],
    MailQuota: [80, 15],
  });
  // The throttle's requests per second, over the 15 minutes of the alarm.
  const { requestsPerSecond } = parseSettings({});
  expect(rings['Requests']![0]).toBe(requestsPerSecond * 15 * 60);
});

test.each([1, 14])(
  'R8.2: StreamAge does not ring while as many invites as one request makes go out, %d a second',
  (mailsPerSecond) => {
    const own = synthesize(findOperations(), { ...settings, mailsPerSecond }).monitoring;
    const [, alarm] = ofType(own, 'AWS::CloudWatch::Alarm').find(([name]) => name === 'StreamAge')!;
    const takesMs = (1_000 * inviteLimits.count.max) / mailsPerSecond;
    expect(alarm.Properties['Threshold']).toBeGreaterThan(takesMs + 60_000);
  },
);

test('R8.2: without a sender there are no alarms about mail', () => {
  const silent = synthesize(findOperations(), { alarmEmail: 'ops@example.com' }).monitoring;
  const left = new Set(ofType(silent, 'AWS::CloudWatch::Alarm').map(([name]) => name));
  expect(names.filter((name) => !left.has(name)).toSorted()).toEqual([
    'MailQuota',
    'MailsBounced',
    'MailsUndelivered',
  ]);
});

test('R8.2: the dashboard shows how the alarms stand, and each metric with the line at which it rings', () => {
  const [[, { Properties }]] = ofType(monitoring, 'AWS::CloudWatch::Dashboard') as [[string, Resource]];
  const parts = (Properties['DashboardBody'] as { 'Fn::Join': [string, Json[]] })['Fn::Join'][1];
  const body = JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'reference')).join('')) as {
    widgets: { type: string; properties: { title: string; alarms?: string[]; annotations?: object } }[];
  };
  const [status, latency, ...graphs] = body.widgets;
  expect(status!.properties.alarms).toHaveLength(alarms.length);
  expect(latency!.properties.title).toBe('Latency');
  expect(graphs.map(({ properties }) => properties.title).toSorted()).toEqual(names.toSorted());
  for (const { properties } of graphs) expect(properties).toHaveProperty('annotations.horizontal');
});

test('R8.2: functions know their deployment, by which CloudWatch files what they tell', () => {
  const staging = synthesize(findOperations(), { ...settings, stage: 'staging' });
  expect(JSON.stringify(ofType(staging.monitoring, 'AWS::CloudWatch::Alarm'))).toContain('latchkey-staging');
  expect(JSON.stringify(ofType(staging.service, 'AWS::Lambda::Function'))).toContain(
    '\\"stage\\":\\"staging\\"',
  );
  expect(JSON.stringify(ofType(service, 'AWS::Lambda::Function'))).toContain('\\"stage\\":null');
});
