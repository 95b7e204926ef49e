import { describe, expect, test } from 'vitest';
import { resolve, type Scope } from '#local/template/intrinsics.ts';
import { shortName } from '#local/template/names.ts';
import { readTemplate } from '#local/template/template.ts';
import { assembly } from './fixture.ts';

const scope: Scope = {
  ref: (name) => ({ One: 'one', Two: 'two' })[name],
  attribute: (logicalId, attribute) => `${logicalId}/${attribute}`,
  stackOutput: (stack, output) => `${output} of ${stack}`,
};

describe('intrinsic functions', () => {
  test.each([
    [{ Ref: 'One' }, 'one'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table/Arn'],
    [{ 'Fn::GetAtt': 'Table.Stream.Arn' }, 'Table/Stream.Arn'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'One' }, { Ref: 'AWS::NoValue' }, 'b']] }, 'a-one-b'],
    [{ 'Fn::Sub': 'x ${One} ${Table.Arn} ${!Two}' }, 'x one Table/Arn ${Two}'],
    [{ 'Fn::Sub': ['${Own} ${Two}', { Own: { Ref: 'One' } }] }, 'one two'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    [{ 'Fn::GetStackOutput': { StackName: 'stack', OutputName: 'Arn' } }, 'Arn of stack'],
    [
      { a: [{ Ref: 'Two' }], b: { Ref: 'AWS::NoValue' }, c: 1, d: false },
      { a: ['two'], c: 1, d: false },
    ],
  ])('%j', (value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  test('what it does not know is an error', () => {
    expect(() => resolve({ 'Fn::FindInMap': ['a', 'b', 'c'] }, scope)).toThrow(
      'Fn::FindInMap is not supported',
    );
    expect(() => resolve({ 'Fn::ImportValue': 'x' }, scope)).toThrow('Fn::ImportValue is not supported');
    expect(() => resolve({ Ref: 'One', more: 1 }, scope)).toThrow('Ref is not supported');
    expect(() => resolve({ Ref: 'Three' }, scope)).toThrow('Ref to Three');
    const elsewhere = { StackName: 'stack', OutputName: 'Arn', Region: 'us-west-2' };
    expect(() => resolve({ 'Fn::GetStackOutput': elsewhere }, scope)).toThrow('us-west-2');
  });
});

test.each([
  ['AWS::DynamoDB::GlobalTable', 'UsersTable', 'users'],
  ['AWS::Lambda::Function', 'AdminInviteCreateFunction', 'admin-invite-create'],
  ['AWS::SES::ConfigurationSet', 'Mails', 'mails'],
  ['AWS::DynamoDB::Table', 'Table', 'table'],
])('%s %s is called %s', (type, logicalId, name) => {
  expect(shortName(type, logicalId)).toBe(name);
});

describe('a template', () => {
  const template = readTemplate(assembly, {
    apiUrl: 'http://localhost:1',
    relayUrl: 'http://localhost:2',
    prefix: 'x-',
  });
  const one = (type: string, logicalId: string) =>
    template.resources(type).find((resource) => resource.logicalId === logicalId);

  test('has references resolved across stacks', () => {
    expect(one('AWS::Lambda::Function', 'ProbeFunction')?.properties).toMatchObject({
      Role: 'arn:aws:iam::000000000000:role/x-probe',
      Environment: {
        Variables: {
          ORIGIN: 'http://localhost:1',
          SPLIT: 'x-things',
          SUB: 'eu-central-1 aws arn:aws:iam::000000000000:role/x-probe ${Literal}',
        },
      },
    });
    expect(one('AWS::Lambda::EventSourceMapping', 'StoreStream')?.properties).toMatchObject({
      FunctionName: 'x-store',
      EventSourceArn: 'arn:aws:dynamodb:eu-central-1:000000000000:table/x-events/stream/local',
    });
  });

  test('gives names in the words of the code and physical names with the prefix', () => {
    expect(one('AWS::DynamoDB::Table', 'ThingsTable')).toMatchObject({
      name: 'things',
      physicalId: 'x-things',
      arn: 'arn:aws:dynamodb:eu-central-1:000000000000:table/x-things',
    });
    expect(one('AWS::SES::EmailIdentity', 'Sender')?.physicalId).toBe('hello@latchkey.example');
  });

  test('may hold what is not supported, as long as nobody reads it', () => {
    const alarm = one('AWS::CloudWatch::Alarm', 'Unsupported');
    expect(() => alarm?.properties).toThrow('Fn::FindInMap');
  });
});
