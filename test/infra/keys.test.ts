import { expect, test } from 'vitest';
import { keyNames, keys as declared } from '#shared/deployment/keys.ts';
import { findOperations } from '#infra/operations.ts';
import { allows, readStatement, statementSchema } from '#local/gateway/policy.ts';
import { grantsOf } from '#infra/function/grants.ts';
import { ofType, readable, synthesize, type Json, type Templates } from './synthesize.ts';

const templates = synthesize(findOperations());
const keys = ofType(templates.stateful, 'AWS::KMS::Key');

test('R8.3: keys can be replicated to another region, HMAC keys too, and what encrypts is rotated', () => {
  const [mac, encryption] = [
    { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC', MultiRegion: true, EnableKeyRotation: undefined },
    { KeySpec: 'SYMMETRIC_DEFAULT', KeyUsage: 'ENCRYPT_DECRYPT', MultiRegion: true, EnableKeyRotation: true },
  ];
  const expected = Object.values(declared).map(({ spec }) => (spec === 'HMAC_256' ? mac : encryption));
  expect(
    keys.map(([, { Properties }]) => ({
      KeySpec: Properties['KeySpec'],
      KeyUsage: Properties['KeyUsage'],
      MultiRegion: Properties['MultiRegion'],
      EnableKeyRotation: Properties['EnableKeyRotation'],
    })),
  ).toEqual(expected);
});

/** The keys whose policies allow an action to a role in AWS account 1 that has every permission of IAM. */
function allowedTo(role: string, { stateful }: Templates = templates) {
  const filled = (value: Json): Json =>
    JSON.parse(
      JSON.stringify(value, (_, part: Json) =>
        part !== null && typeof part === 'object' && 'Fn::Join' in part ? readable(part, templates) : part,
      )
        .replaceAll('${AWS::Partition}', 'aws')
        .replaceAll('${AWS::AccountId}', '1'),
    ) as Json;
  return (action: string) =>
    ofType(stateful, 'AWS::KMS::Key')
      .filter(([, { Properties }]) => {
        const { Statement } = filled(Properties['KeyPolicy']!) as unknown as {
          Statement: ({ Principal: object } & object)[];
        };
        const statements = Statement.map(({ Principal, ...statement }) => {
          expect(Principal).toEqual({ AWS: 'arn:aws:iam::1:root' });
          return readStatement(statementSchema.parse(statement));
        });
        const context = { 'aws:PrincipalArn': `arn:aws:iam::1:role/${role}` };
        return allows(statements, { action, resource: 'this key' }, context);
      })
      .map(([id]) => id);
}

const uses = ['GenerateMac', 'VerifyMac', 'Encrypt', 'Decrypt', 'ReEncryptFrom', 'GenerateDataKey'].map(
  (action) => `kms:${action}`,
);

test('R8.1: every role of the service stack can use the keys that its function is granted', () => {
  const may = allowedTo('latchkey-service/InviteVerifyRole-1');
  const ids = new Map(keyNames.map((name, index) => [name, keys[index]![0]]));
  for (const { declaration } of findOperations())
    for (const grant of grantsOf(declaration))
      if (grant.on === 'key')
        for (const action of grant.actions) expect(may(`kms:${action}`)).toContain(ids.get(grant.key));
  for (const [id, { Properties }] of ofType(templates.service, 'AWS::IAM::Role'))
    expect(Properties['Path'], id).toBe('/latchkey-service/');
});

test.each([
  'Administrator',
  'aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_1',
  'latchkey-staging-service/InviteVerifyRole-1',
  'latchkey-service-2/InviteVerifyRole-1',
  'x/latchkey-service/InviteVerifyRole-1',
])('R8.1: %s of the same account can administer the keys and use none, nor give their use away', (role) => {
  const may = allowedTo(role);
  for (const action of [...uses, 'kms:CreateGrant', 'kms:Sign', 'kms:DeriveSharedSecret'])
    expect(may(action), action).toEqual([]);
  for (const action of ['PutKeyPolicy', 'DescribeKey', 'EnableKeyRotation', 'ReplicateKey', 'TagResource'])
    expect(may(`kms:${action}`)).toHaveLength(keyNames.length);
});

test('R8.1: the keys of a stage are used by the roles of that stage alone', () => {
  const staging = synthesize([], { stage: 'staging' });
  expect(allowedTo('latchkey-service/X', staging)('kms:GenerateMac')).toEqual([]);
  expect(allowedTo('latchkey-staging-service/X', staging)('kms:GenerateMac')).not.toEqual([]);
});
