import { expect, test } from 'vitest';
import { readSettings } from '#infra/settings/settings.ts';
import { findOperations } from '#infra/operations.ts';
import { sentencesOf } from './sentences.ts';
import { ofType, synthesize, type Template } from './synthesize.ts';

const streamArn = 'arn:aws:dynamodb:us-east-1:123456789012:table/mails-then/stream/2026-11-28T10:00:00.000';
const restoredTables = { users: { name: 'users-then' }, mails: { name: 'mails-then', streamArn } };

const entries = findOperations();
const before = synthesize(entries);
const after = synthesize(entries, { restoredTables });
const textOf = (template: Template) => JSON.stringify(template);

test('R8.3: a restored table is what functions are told, granted and started by, and no longer the stack’s own', () => {
  expect(textOf(before.service)).toContain('"OutputName":"UsersTableName"');
  expect(textOf(after.service)).not.toMatch(/"OutputName":"(Users|Mails)Table/);
  const environments = ofType(after.service, 'AWS::Lambda::Function').map(([, { Properties }]) =>
    JSON.stringify(Properties['Environment']),
  );
  expect(environments.join('')).toContain('"TABLE_USERS":"users-then"');
  const arn = (resource: string) =>
    expect.stringContaining(`:dynamodb:us-east-1:",{"Ref":"AWS::AccountId"},":table/${resource}"`);
  expect(textOf(after.service)).toEqual(arn('users-then'));
  expect(textOf(after.service)).toEqual(arn('users-then/index/byEmail'));
  const sources = ofType(after.service, 'AWS::Lambda::EventSourceMapping').map(
    ([, { Properties }]) => Properties['EventSourceArn'],
  );
  expect(new Set(sources)).toEqual(new Set([streamArn]));
  expect(JSON.parse(String(after.service.Outputs['RestoredTables']?.Value))).toEqual(restoredTables);
});

test('R8.3: the stack’s own tables and outputs stay, and the API with its address too', () => {
  expect(after.stateful).toEqual(before.stateful);
  const apart = ({ Resources }: Template) =>
    Object.entries(Resources).filter(([, { Type }]) => /^AWS::(ApiGatewayV2|Lambda::Url)/.test(Type));
  expect(apart(after.service)).toEqual(apart(before.service));
  expect(Object.keys(after.service.Resources).toSorted()).toEqual(
    Object.keys(before.service.Resources).toSorted(),
  );
});

test('R3.9: what is wrong with restored tables is told in words', () => {
  const latchkey = {
    restoredTables: { people: { name: 'people-then' }, users: { name: 'a b' }, keys: 'keys-then' },
  };
  expect(sentencesOf(() => readSettings({ latchkey })).toSorted()).toEqual([
    'restoredTables.keys must be an object of what “latchkey restore” printed.',
    expect.stringMatching(/^restoredTables\.people is not a name that it can have: one of users, /),
    expect.stringMatching(/^restoredTables\.users\.name must be text that matches /),
  ]);
  const withoutStream = { restoredTables: { mails: { name: 'mails-then' } } };
  expect(sentencesOf(() => readSettings({ latchkey: withoutStream }))).toEqual([
    'restoredTables.mails.streamArn is missing.',
  ]);
  expect(readSettings({ 'latchkey:restoredTables.users.name': 'users-then' }).restoredTables).toEqual({
    users: { name: 'users-then' },
  });
});

const replica = 'arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab';

test('R8.3: replicas of another region’s keys are what functions are told and granted, and the stack’s own keys stay', () => {
  const moved = synthesize(entries, { keyReplicas: { pepper: replica } });
  expect(moved.stateful).toEqual(before.stateful);
  expect(textOf(moved.service)).toContain(`"KEY_PEPPER":"${replica}"`);
  expect(textOf(moved.service)).not.toContain('"OutputName":"PepperKeyArn"');
  expect(textOf(moved.service)).toContain('"OutputName":"TokensKeyArn"');
  const latchkey = { keyReplicas: { pepper: 'arn:aws:kms:us-east-1:123456789012:key/of-one-region' } };
  expect(sentencesOf(() => readSettings({ latchkey }))).toEqual([
    expect.stringMatching(/^keyReplicas must be ARNs of replicas /),
  ]);
});
