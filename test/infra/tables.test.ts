import { existsSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { tableNames, tables, type Table } from '#shared/deployment/tables.ts';
import { readSettings } from '#infra/settings/settings.ts';
import { createStacks } from '#infra/stacks/stacks.ts';
import { ofType, synthesize, temporaryDirectory } from './synthesize.ts';

const { stateful } = synthesize([]);
/** Whether CloudFormation protects the stack from deletion. */
function isProtected(settings: Record<string, unknown> = {}): boolean | undefined {
  const app = new App({ outdir: temporaryDirectory(), analyticsReporting: false });
  const { stateful } = createStacks(app, readSettings({ latchkey: settings }), [], String);
  return app.synth().getStackByName(stateful.stackName).terminationProtection;
}

const found = ofType(stateful, 'AWS::DynamoDB::Table');

test('R5.2: the top level is as the card asks', () => {
  const wanted = [
    'package.json',
    'tsconfig.json',
    'cdk.json',
    'infra',
    'functions',
    'shared',
    'test',
    'events',
  ];
  expect(wanted.filter((name) => !existsSync(name))).toEqual([]);
});

test('R5.4: each declared table is in the stateful stack, and no other', () => {
  const lower = (text: string) => text.toLowerCase();
  expect(found.map(([id]) => lower(id)).toSorted()).toEqual(
    tableNames.map((name) => `${name}table`).toSorted(),
  );
});

test.each(found)(
  'R5.4: %s deletes what has expired, restores, is encrypted and is paid by use',
  (_, { Properties }) => {
    expect(Properties).toMatchObject({
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
      BillingMode: 'PAY_PER_REQUEST',
    });
    expect(Properties).not.toHaveProperty('TableName');
  },
);

test.each(tableNames)('R5.4: %s has the declared keys, indexes and stream', (name) => {
  const { partition, sort = {}, indexes, stream }: Table = tables[name];
  const [, { Properties }] = found.find(([id]) => id.toLowerCase() === `${name}table`)!;
  const names = (keys: unknown) => (keys as { AttributeName: string }[]).map((key) => key.AttributeName);
  expect(names(Properties['KeySchema'])).toEqual([...Object.keys(partition), ...Object.keys(sort)]);

  const built = (Properties['GlobalSecondaryIndexes'] ?? []) as {
    IndexName: string;
    KeySchema: unknown;
    Projection: unknown;
  }[];
  expect(built.map((index) => index.IndexName)).toEqual(Object.keys(indexes));
  for (const { IndexName, KeySchema, Projection } of built) {
    const index = indexes[IndexName]!;
    expect(names(KeySchema)).toEqual([...Object.keys(index.partition), ...Object.keys(index.sort)]);
    expect(Projection).toEqual({ ProjectionType: 'ALL' });
  }
  // CloudFormation refuses attributes that no key or index uses.
  const used = new Set([
    ...names(Properties['KeySchema']),
    ...built.flatMap(({ KeySchema }) => names(KeySchema)),
  ]);
  expect(new Set(names(Properties['AttributeDefinitions']))).toEqual(used);
  expect(Properties['StreamSpecification']).toEqual(stream ? { StreamViewType: 'NEW_IMAGE' } : undefined);
});

test('R8.3: with `protect`, tables and keys outlive their stack and refuse deletion, and so does the stack', () => {
  for (const [, resource] of Object.entries(stateful.Resources))
    expect(resource).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  for (const [, { Properties }] of found) expect(Properties['DeletionProtectionEnabled']).toBe(true);
  // The longest that KMS waits, in which the deletion of a key can be taken back.
  for (const [, { Properties }] of ofType(stateful, 'AWS::KMS::Key'))
    expect(Properties['PendingWindowInDays']).toBe(30);
  expect(isProtected()).toBe(true);
});

test('R8.1: nothing in the stateful stack has a name that could be taken, so that a first deployment fails for none', () => {
  expect(new Set(Object.values(stateful.Resources).map(({ Type }) => Type))).toEqual(
    new Set(['AWS::DynamoDB::Table', 'AWS::KMS::Key']),
  );
  for (const [, { Properties }] of found) expect(Object.keys(Properties)).not.toContain('TableName');
});

test('R8.1: tables wait for all keys, so that a key which KMS refuses leaves no table behind', () => {
  const keys = ofType(stateful, 'AWS::KMS::Key').map(([id]) => id);
  for (const [id, { DependsOn }] of found) expect(DependsOn?.toSorted(), id).toEqual(keys.toSorted());
});

test('without `protect`, everything goes with its stack', () => {
  const { stateful: open, service } = synthesize([], { protect: false });
  for (const resource of Object.values(open.Resources)) expect(resource.DeletionPolicy).toBe('Delete');
  for (const [, { Properties }] of ofType(open, 'AWS::DynamoDB::Table'))
    expect(Properties['DeletionProtectionEnabled']).toBe(false);
  expect(isProtected({ protect: false })).toBe(false);
  for (const [, logs] of ofType(service, 'AWS::Logs::LogGroup')) expect(logs.DeletionPolicy).toBe('Delete');
});

test('outputs stand whether or not an operation reads them, and none is an export that its readers would hold', () => {
  const outputs = Object.values(stateful.Outputs);
  const values = outputs.map(({ Value }) => JSON.stringify(Value));
  for (const [id] of found) {
    expect(values).toContain(JSON.stringify({ Ref: id }));
    expect(values).toContain(JSON.stringify({ 'Fn::GetAtt': [id, 'Arn'] }));
  }
  for (const [id] of ofType(stateful, 'AWS::KMS::Key'))
    expect(values).toContain(JSON.stringify({ 'Fn::GetAtt': [id, 'Arn'] }));
  expect(outputs.filter(({ Export }) => Export !== undefined)).toEqual([]);
});
