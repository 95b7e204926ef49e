import { describe, expect, test } from 'vitest';
import { allows, withoutAction, type Statement } from '#local/gateway/policy.ts';

const table = 'arn:aws:dynamodb:eu-central-1:000000000000:table/users';
const statement = (effect: 'Allow' | 'Deny', actions: string, resources: string): Statement => ({
  effect,
  actions: actions.split(' '),
  resources: resources.split(' '),
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
