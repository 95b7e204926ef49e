import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tableNames, tables, type Table } from '#shared/deployment/tables.ts';
import { keyNames, keys as keySpecs } from '#shared/deployment/keys.ts';
import { ofType, synthesize } from './synthesize.ts';

const { stateful } = synthesize([]);
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
  // CloudFormation refuses attributes that no key uses.
  const used = new Set([
    ...names(Properties['KeySchema']),
    ...built.flatMap(({ KeySchema }) => names(KeySchema)),
  ]);
  expect(new Set(names(Properties['AttributeDefinitions']))).toEqual(used);
  expect(Properties['StreamSpecification']).toEqual(stream ? { StreamViewType: 'NEW_IMAGE' } : undefined);
});

test('keys: one each, which never leaves KMS; what encrypts is rotated, an HMAC key never', () => {
  const keys = ofType(stateful, 'AWS::KMS::Key');
  expect(keys).toHaveLength(keyNames.length);
  const [mac, encryption] = [
    { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC', EnableKeyRotation: undefined },
    { KeySpec: 'SYMMETRIC_DEFAULT', KeyUsage: 'ENCRYPT_DECRYPT', EnableKeyRotation: true },
  ];
  const expected = Object.values(keySpecs).map(({ spec }) => (spec === 'HMAC_256' ? mac : encryption));
  expect(
    keys.map(([, { Properties }]) => ({
      KeySpec: Properties['KeySpec'],
      KeyUsage: Properties['KeyUsage'],
      EnableKeyRotation: Properties['EnableKeyRotation'],
    })),
  ).toEqual(expected);
});

test('with `protect`, tables and keys outlive their stack and refuse deletion', () => {
  for (const [, resource] of Object.entries(stateful.Resources))
    expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  for (const [, { Properties }] of found) expect(Properties['DeletionProtectionEnabled']).toBe(true);
});

test('without `protect`, everything goes with its stack', () => {
  const { stateful: open, service } = synthesize([], { protect: false });
  for (const resource of Object.values(open.Resources)) expect(resource.DeletionPolicy).toBe('Delete');
  for (const [, { Properties }] of ofType(open, 'AWS::DynamoDB::Table'))
    expect(Properties['DeletionProtectionEnabled']).toBe(false);
  for (const [, logs] of ofType(service, 'AWS::Logs::LogGroup')) expect(logs.DeletionPolicy).toBe('Delete');
});

test('R5.5: a sender makes an SES identity, a configuration set and its reports; without one there is none', () => {
  const ses = ({ Resources }: { Resources: Record<string, { Type: string }> }) =>
    Object.values(Resources).filter(({ Type }) => Type.startsWith('AWS::SES::'));
  const sending = synthesize([], { mailFrom: 'invites@example.com' });
  expect(ses(sending.stateful)).toMatchObject([{ Properties: { EmailIdentity: 'invites@example.com' } }]);
  expect(ses(sending.service)).toMatchObject([
    { Type: 'AWS::SES::ConfigurationSet' },
    { Type: 'AWS::SES::ConfigurationSetEventDestination' },
  ]);
  expect([...ses(stateful), ...ses(synthesize([]).service)]).toEqual([]);
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
