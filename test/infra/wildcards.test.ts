import { expect, test } from 'vitest';
import { findOperations } from '#infra/operations.ts';
import { allow } from '#infra/function/policy.ts';
import { variable } from '#shared/deployment/config.ts';
import { synthesize, type Json, type Resource } from './synthesize.ts';

const templates = synthesize(findOperations(), {
  mailFrom: 'invites@example.com',
  alarmEmail: 'ops@example.com',
});
const resources: [string, Resource][] = Object.values(templates).flatMap(({ Resources }) =>
  Object.entries(Resources),
);

/**
 * The places of wildcards within `value`: the Sid of the statement around each, else the property. Settings are skipped, as
 * they permit nothing.
 */
function wildcards(value: Json, place: string, isNamed = false): string[] {
  if (typeof value === 'string') return value.includes('*') ? [place] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => wildcards(item, place, isNamed));
  const sid = value['Sid'] as string | undefined;
  const isFunction = Object.keys(value).some((key) => key.startsWith('Fn::'));
  const { [variable.settings]: _, ...others } = value;
  return Object.entries(others).flatMap(([key, item]) =>
    wildcards(
      item,
      sid ?? (isNamed || isFunction || ['Action', 'Resource', 'Statement'].includes(key) ? place : key),
      isNamed || sid !== undefined,
    ),
  );
}

test('C64: every wildcard in a template has a written reason', () => {
  for (const [id, { Properties, Metadata }] of resources) {
    const reasons = Metadata?.['latchkey:wildcards'] ?? {};
    for (const place of wildcards(Properties, 'Properties'))
      expect(reasons[place]?.length, `${id} has * at ${place}`).toBeGreaterThan(20);
  }
});

test('C64: no reason stands without its wildcard', () => {
  const explained = resources.filter(([, { Metadata }]) => Metadata?.['latchkey:wildcards']);
  expect(explained.length).toBeGreaterThan(0);
  for (const [, { Properties, Metadata }] of explained) {
    const places = new Set(wildcards(Properties, 'Properties'));
    expect(new Set(Object.keys(Metadata!['latchkey:wildcards']!))).toEqual(places);
  }
});

test('C64: the check above finds wildcards wherever they stand', () => {
  const policy = {
    Statement: [{ Effect: 'Allow', Action: ['kms:*'], Resource: [{ 'Fn::Join': ['', ['arn:', '*']] }] }],
  };
  expect(wildcards({ PolicyDocument: policy }, 'Properties')).toEqual(['PolicyDocument', 'PolicyDocument']);
  expect(wildcards({ SourceArn: { 'Fn::Sub': 'arn:*' } }, 'Properties')).toEqual(['SourceArn']);
});

test('C64: a statement without a reason takes no wildcard', () => {
  expect(() => allow(['dynamodb:*'], ['arn:aws:dynamodb:us-east-1:1:table/users'])).toThrow('reason');
  expect(() => allow(['dynamodb:GetItem'], ['*'])).toThrow('reason');
});

test('C64: no policy allows by exception', () => {
  expect(JSON.stringify(templates)).not.toMatch(/NotAction|NotResource|NotPrincipal/);
});

test('C64: no statement names the ARN of a log group, which ends in a wildcard that nobody sees', () => {
  for (const [id, { Type, Properties }] of resources)
    if (Type === 'AWS::IAM::Role')
      expect(JSON.stringify(Properties), id).not.toMatch(/"Fn::GetAtt":\["\w+Logs","Arn"\]/);
});
