import { describe, expect, test } from 'vitest';
import { tableNames } from '#shared/deployment/tables.ts';
import { keyNames } from '#shared/deployment/keys.ts';
import type { BoundTo, Grant } from '#shared/deployment/capability.ts';
import { capabilitiesOf } from '#shared/operation/chain-needs.ts';
import type { Entry } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { jobs } from './fixtures.ts';
import { functionsOf, ofType, readable, synthesize, type Json } from './synthesize.ts';

type Policy = {
  PolicyDocument: { Statement: { Effect: string; Action: string[]; Resource: Json[]; Condition?: Json }[] };
};

const entries = [...findOperations(), ...jobs];
const mailFrom = 'invites@example.com';
const templates = synthesize(entries, { mailFrom });
const functions = functionsOf(templates.service);

const logical = (name: string, kind: string) => `${name[0]!.toUpperCase()}${name.slice(1)}${kind}`;

/** The condition that a request to KMS must fulfil, in the words of `allowed`. */
function asksOf(boundTo: BoundTo | undefined): string {
  if (boundTo === undefined) return '';
  const named = (pairs: [string, string][]) =>
    Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value]));
  const condition = boundTo.equals
    ? { StringEquals: named(Object.entries(boundTo.equals)) }
    : { Null: named(boundTo.has!.map((name) => [name, 'false'])) };
  return ` if ${JSON.stringify(condition)}`;
}

/** The meaning of a grant as `action resource`, written here independently of `infra`. */
function meaning(grant: Grant): string[] {
  const on = (service: string, ...resources: string[]) =>
    resources.flatMap((resource) => grant.actions.map((action) => `${service}:${action} ${resource}`));
  if (grant.on === 'key')
    return on('kms', `\${${logical(grant.key, 'Key')}.Arn}`).map((words) => words + asksOf(grant.boundTo));
  if (grant.on === 'sender') {
    const arn = 'arn:${AWS::Partition}:ses:us-east-1:${AWS::AccountId}';
    return [
      ...on('ses', `${arn}:identity/*`).map(
        (words) => `${words} if {"StringEquals":{"ses:FromAddress":"${mailFrom}"}}`,
      ),
      ...on('ses', `${arn}:configuration-set/\${Mails}`),
    ];
  }
  if (grant.on === 'mail account') return on('ses', '*');
  if (grant.on === 'relay') return [];
  const table = `\${${logical(grant.table, 'Table')}.Arn}`;
  return on('dynamodb', grant.on === 'index' ? `${table}/index/${grant.index}` : table);
}

/** What every function may do besides, and what the reader of a stream may. */
function always({ id, declaration }: Entry): string[] {
  const name = id.replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
  const logs = `arn:\${AWS::Partition}:logs:us-east-1:\${AWS::AccountId}:log-group:\${${name}Logs}:log-stream:*`;
  const trigger = declaration.kind === 'job' ? declaration.trigger : 'invocation';
  const streaming = typeof trigger === 'object' && 'stream' in trigger;
  return [
    ...(trigger === 'invocation' ? [] : ['sqs:SendMessage ${Failures.Arn}']),
    `logs:CreateLogStream ${logs}`,
    `logs:PutLogEvents ${logs}`,
    ...(streaming
      ? ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
          (action) => `dynamodb:${action} \${MailsTable.StreamArn}`,
        )
      : []),
  ];
}

/** Everything that the role of an operation's function allows, as `action resource`, with its condition. */
function allowed(id: string, within = templates): string[] {
  const role = functionsOf(within.service).get(id)!.Properties['Role'] as { 'Fn::GetAtt': [string, string] };
  const { Policies } = within.service.Resources[role['Fn::GetAtt'][0]]!.Properties;
  return (Policies as Policy[]).flatMap(({ PolicyDocument: { Statement } }) =>
    Statement.flatMap(({ Effect, Action, Resource, Condition }) =>
      Resource.flatMap((resource) =>
        Action.map(
          (action) =>
            `${Effect === 'Allow' ? '' : Effect}${action} ${readable(resource, within)}${Condition ? ` if ${JSON.stringify(Condition)}` : ''}`,
        ),
      ),
    ),
  );
}

describe.each(entries)('$id', (entry) => {
  const grants = capabilitiesOf(entry.declaration).flatMap((capability) => capability.grants);

  test('C64: the role allows what the capabilities grant, and nothing else', () => {
    const wanted = new Set([...grants.flatMap(meaning), ...always(entry)]);
    expect(new Set(allowed(entry.id))).toEqual(wanted);
  });

  test('the environment names exactly what the capabilities grant', () => {
    const { Variables } = functions.get(entry.id)!.Properties['Environment'] as {
      Variables: Record<string, Json>;
    };
    const named = grants.flatMap((grant) => {
      if (grant.on === 'key') return [`KEY_${grant.key.toUpperCase()}`];
      if (grant.on === 'sender') return ['CONFIGURATION_SET'];
      if (grant.on === 'relay') return ['RELAY'];
      return grant.on === 'mail account' ? [] : [`TABLE_${grant.table.toUpperCase()}`];
    });
    expect(new Set(Object.keys(Variables))).toEqual(new Set(['ORIGIN', 'SETTINGS', ...named]));
    for (const table of tableNames)
      if (Variables[`TABLE_${table.toUpperCase()}`])
        expect(readable(Variables[`TABLE_${table.toUpperCase()}`]!, templates)).toBe(
          `\${${logical(table, 'Table')}}`,
        );
    for (const key of keyNames)
      if (Variables[`KEY_${key.toUpperCase()}`])
        expect(readable(Variables[`KEY_${key.toUpperCase()}`]!, templates)).toBe(
          `\${${logical(key, 'Key')}.Arn}`,
        );
  });
});

test('C64: who reads API keys reads no key that signs tokens, and who signs reads no API key', () => {
  const key = '${SecretsKey.Arn}';
  const readers = entries.flatMap(({ id }) =>
    allowed(id).flatMap((words) => (/^kms:(De|En)crypt /.test(words) ? [`${id} ${words}`] : [])),
  );
  const ofApiKeys =
    ' if {"Null":{"kms:EncryptionContext:userId":"false","kms:EncryptionContext:service":"false"}}';
  const ofSigners = ' if {"StringEquals":{"kms:EncryptionContext:purpose":"access tokens"}}';
  const wanted = {
    [`kms:Decrypt ${key}${ofApiKeys}`]: ['key-check', 'relay'],
    [`kms:Encrypt ${key}${ofApiKeys}`]: ['key-put'],
    [`kms:Decrypt ${key}${ofSigners}`]: ['oauth-token', 'token-create'],
    [`kms:Encrypt ${key}${ofSigners}`]: ['key-rotate', 'oauth-token', 'token-create'],
  };
  expect(readers.toSorted()).toEqual(
    Object.entries(wanted)
      .flatMap(([words, ids]) => ids.map((id) => `${id} ${words}`))
      .toSorted(),
  );
});

test('C64: no two functions share a role', () => {
  const roles = [...functions.values()].map(({ Properties }) => JSON.stringify(Properties['Role']));
  expect(new Set(roles).size).toBe(entries.length);
  // And one role for the API itself.
  expect(ofType(templates.service, 'AWS::IAM::Role')).toHaveLength(entries.length + 1);
});

test('C64: a role has no policy but the one inside it, and only Lambda may take it, or API Gateway its own', () => {
  for (const template of Object.values(templates))
    for (const type of ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::User'])
      expect(ofType(template, type)).toEqual([]);
  for (const [id, { Properties }] of ofType(templates.service, 'AWS::IAM::Role')) {
    const service = id === 'ApiRole' ? 'apigateway' : 'lambda';
    expect(Object.keys(Properties).toSorted()).toEqual(['AssumeRolePolicyDocument', 'Path', 'Policies']);
    expect(Properties['AssumeRolePolicyDocument']).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' },
      ],
    });
  }
});

test('C64: in copy-link mode nobody may send mail', () => {
  const silent = synthesize(entries);
  for (const { id } of entries)
    expect(allowed(id, silent).filter((words) => words.startsWith('ses:'))).toEqual([]);
  expect(JSON.stringify(silent.service)).not.toContain('CONFIGURATION_SET');
});
