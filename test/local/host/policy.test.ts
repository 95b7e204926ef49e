import { describe, expect, test } from 'vitest';
import { conditionSchema, type Condition } from '#local/gateway/condition.ts';
import { allows, withoutAction, type Statement } from '#local/gateway/policy.ts';

const table = 'arn:aws:dynamodb:eu-central-1:000000000000:table/users';
const statement = (effect: 'Allow' | 'Deny', actions: string, resources: string): Statement => ({
  effect,
  actions: actions.split(' '),
  resources: resources.split(' '),
});

describe('a condition', () => {
  const roles = 'arn:aws:iam::1:role/latchkey-service/*';
  const wanted: Condition = { StringEquals: { 'ses:FromAddress': ['a@example.com', 'b@example.com'] } };
  const ofRoles: Condition = { ArnLike: { 'aws:PrincipalArn': [roles] } };
  const there: Condition = { Null: { 'kms:EncryptionContext:userId': ['false'] } };
  const missing: Condition = { Null: { 'kms:EncryptionContext:userId': ['true'] } };
  test.each([
    [there, { 'kms:EncryptionContext:userId': '' }, true],
    [there, { 'kms:EncryptionContext:purpose': 'access tokens' }, false],
    [there, {}, false],
    [missing, {}, true],
    [missing, { 'kms:EncryptionContext:userId': 'somebody' }, false],
    [wanted, { 'ses:FromAddress': 'b@example.com' }, true],
    [wanted, { 'ses:FromAddress': 'B@example.com' }, false],
    [wanted, {}, false],
    [ofRoles, { 'aws:PrincipalArn': roles.replace('*', 'One') }, true],
    [ofRoles, { 'aws:PrincipalArn': roles.replace('*', 'path/One') }, true],
    [ofRoles, { 'aws:PrincipalArn': 'arn:aws:iam::1:role/latchkey-service' }, false],
    [ofRoles, { 'aws:PrincipalArn': roles.replace('::1:', '::2:') }, false],
    [{ ...wanted, ...ofRoles }, { 'ses:FromAddress': 'a@example.com' }, false],
  ])('%j of a request with %j: %s', (condition, context, expected) => {
    const allowing = { ...statement('Allow', '*', '*'), condition };
    expect(allows([allowing], { action: 'ses:SendEmail', resource: 'x' }, context)).toBe(expected);
  });

  test('of an operator that is not served is an error', () => {
    expect(() => conditionSchema.parse({ StringLike: { 'ses:FromAddress': 'a*' } })).toThrow('StringLike');
  });
});

describe('a policy', () => {
  test.each([
    ['dynamodb:GetItem', table, true],
    ['dynamodb:getitem', table, true],
    ['dynamodb:PutItem dynamodb:GetItem', `x ${table}`, true],
    ['dynamodb:*', table, true],
    ['dynamodb:Get????', '*', true],
    ['*', table.replace('users', '*'), true],
    ['dynamodb:GetIte', table, false],
    ['dynamodb:GetItem', `${table}2`, false],
    ['dynamodb:GetItem', table.slice(0, -1), false],
    ['dynamodb:GetItem', table.toUpperCase(), false],
    ['dynamodb:GetItem', `${table}/*`, false],
    ['dynamodb:Get.tem', table, false],
  ])('that allows %s on %s: %s', (actions, resources, expected) => {
    const need = { action: 'dynamodb:GetItem', resource: table };
    expect(allows([statement('Allow', actions, resources)], need)).toBe(expected);
  });

  test('denies what nothing allows, and what anything denies', () => {
    const need = { action: 'kms:Decrypt', resource: 'key' };
    expect(allows([], need)).toBe(false);
    expect(allows([statement('Allow', '*', '*'), statement('Deny', 'kms:De*', '*')], need)).toBe(false);
    expect(allows([statement('Allow', '*', '*'), statement('Deny', 'kms:De*', 'other')], need)).toBe(true);
  });

  test('without an action keeps the others', () => {
    const left = withoutAction(
      [statement('Allow', 'kms:Decrypt kms:Encrypt', '*'), statement('Deny', 'kms:Decrypt', 'x')],
      'kms:Decrypt',
    );
    expect(left).toEqual([statement('Allow', 'kms:Encrypt', '*'), statement('Deny', 'kms:Decrypt', 'x')]);
  });
});
