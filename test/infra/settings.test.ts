import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readSettings } from '#infra/settings/settings.ts';
import { parseSettings } from '#shared/deployment/settings.ts';
import { sentencesOf } from './sentences.ts';

const defaults = parseSettings({});

const sentences = (context: Record<string, unknown>) => sentencesOf(() => readSettings(context));

test('R3.9: cdk.json as it stands is accepted for a deployment', () => {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };
  expect(readSettings(context)).toEqual(defaults);
});

test('R3.9: a deployment without settings has every default', () => {
  expect(readSettings({})).toEqual(defaults);
});

test('R3.9: all mistakes are told at once, each in a sentence that says what is wanted', () => {
  const latchkey = {
    region: 'Ohio',
    mailform: 'invites@example.com',
    inviteDays: 400,
    sessionIdleDays: 1.5,
    logDays: 31,
    protect: 'yes',
    locale: 'de',
    mailFrom: 'nobody',
    appUrl: 3,
    relayConcurrency: 0,
    appName: '',
  };
  expect(sentences({ latchkey, 'latchkey:auditdays': '7' })).toEqual([
    'region must be an AWS region, such as eu-central-1; it is "Ohio".',
    'There is no setting mailform; did you mean mailFrom?',
    'inviteDays must be a whole number from 1 to 365; it is 400.',
    'sessionIdleDays must be a whole number from 1 to 3650; it is 1.5.',
    'logDays must be one of 1, 3, 7, 14, 30, 60, 90, 180, 365; it is 31.',
    'protect must be true or false; it is "yes".',
    'locale must be one of "ja", "zh", "en"; it is "de".',
    'mailFrom must be an email address or null; it is "nobody".',
    'appUrl must be a URL with its scheme or null; it is 3.',
    'relayConcurrency must be a whole number of 1 or more or null; it is 0.',
    'appName must be a name of 1 to 60 characters without <, > and double quotes; it is "".',
    'command line: There is no setting auditdays; did you mean auditDays?',
  ]);
});

test('a colour and a logo that no page could have are refused in words', () => {
  const colour = 'appColor must be a colour of # and six hexadecimal digits, such as #0a7d4b or null; it is ';
  const logo =
    'appLogo must be the address of an image in 200 characters at most, such as https://www.example.com/logo.svg or null; it is ';
  for (const appColor of ['green', '#0a7', '0a7d4b', '#0a7d4b;'])
    expect(sentences({ latchkey: { appColor } })).toEqual([`${colour}"${appColor}".`]);
  for (const appLogo of [
    'http://www.example.com/logo.svg',
    '//www.example.com/logo.svg',
    'https://www.example.com',
    'https://name:secret@www.example.com/logo.svg',
    "https://a;script-src'self'/logo.svg",
    'https://*/logo.svg',
    'https://www.example.com:99999/logo.svg',
    'https://www.example.com/my logo.svg',
    'data:image/png;base64,AA',
    `https://www.example.com/${'a'.repeat(180)}`,
  ])
    expect(sentences({ latchkey: { appLogo } })).toEqual([`${logo}"${appLogo}".`]);
  const good = { appColor: '#0A7d4b', appLogo: 'https://www.example.com:8443/logo.svg?v=1' };
  expect(readSettings({ latchkey: good })).toMatchObject(good);
  expect(readSettings({ 'latchkey:appColor': '#000000', 'latchkey:appLogo': 'null' })).toMatchObject({
    appColor: '#000000',
    appLogo: null,
  });
});

test('R3.9: a word that is near no setting is refused without a guess', () => {
  expect(sentences({ 'latchkey:zzzzzzzzzzzz': '1' })).toEqual([
    'command line: There is no setting zzzzzzzzzzzz.',
  ]);
});

test('R3.9: settings that are no object are refused', () => {
  expect(sentences({ latchkey: 'inviteDays=14' })).toHaveLength(1);
  expect(sentences({ latchkey: [] })).toHaveLength(1);
});

const weakened = {
  'latchkey:rates': 'off',
  'latchkey:bcryptCost': '4',
  'latchkey:origin': 'http://localhost:3000',
};

test('a deployment refuses rates off, a cheap hash and an origin without TLS, in one go', () => {
  expect(sentences(weakened)).toEqual([
    'command line: rates must be "on" in a deployment; "off" is for the local stack.',
    'command line: bcryptCost must be 12 or more in a deployment; less is for the local stack.',
    'command line: origin must begin with https:// in a deployment.',
  ]);
  expect(sentences({ latchkey: { bcryptCost: 11 } })).toHaveLength(1);
});

test('refusals are told together with other mistakes', () => {
  expect(sentences({ ...weakened, 'latchkey:inviteDays': '0' })).toHaveLength(4);
});

test('the local stack may have what a deployment may not, and nothing else', () => {
  const local = { ...weakened, 'latchkey:local': 'true' };
  expect(readSettings(local)).toEqual({
    ...defaults,
    rates: 'off',
    bcryptCost: 4,
    origin: 'http://localhost:3000',
  });
  expect(sentences({ ...local, 'latchkey:bcryptCost': '3' })).toEqual([
    'bcryptCost must be a whole number from 4 to 15; it is 3.',
  ]);
  expect(sentences({ ...weakened, 'latchkey:local': 'false' })).toHaveLength(3);
});

test('values of the command line become numbers, booleans and null where the setting wants them', () => {
  const values = {
    inviteDays: '14',
    protect: 'false',
    mailFrom: 'null',
    logDays: '7',
    appName: '42',
    locale: 'ja',
  };
  const context = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [`latchkey:${key}`, value]),
  );
  expect(readSettings({ latchkey: { mailFrom: 'invites@example.com' }, ...context })).toEqual({
    ...defaults,
    inviteDays: 14,
    protect: false,
    mailFrom: null,
    logDays: 7,
    appName: '42',
    locale: 'ja',
  });
});

test('values of the command line go before those of cdk.json', () => {
  expect(readSettings({ latchkey: { inviteDays: 3 }, 'latchkey:inviteDays': '14' }).inviteDays).toBe(14);
});

test('text in cdk.json is not taken for a number', () => {
  expect(sentences({ latchkey: { inviteDays: '14' } })).toHaveLength(1);
});

test('R3.9: a whole setting of the command line that is no JSON is told with its place, also where a part of it follows', () => {
  const context = {
    'latchkey:apps': '{"portal":{…}}',
    'latchkey:apps.example.redirectUris': '["http://127.0.0.1:4803/callback"]',
    'latchkey:domain': 'join.example.org',
    'latchkey:domain.edge': 'true',
    'latchkey:services.claude': 'none',
    'latchkey:services.claude.baseUrl': 'https://example.org',
    'latchkey:formerOrigins': '["https://a.example.org"',
  };
  const place = 'command line: ';
  expect(sentences(context)).toEqual([
    `${place}apps is not JSON: line 1, column 12: this is no value; text stands in double quotes. It is {"portal":{…}}`,
    `${place}domain must be an object in JSON or null; it is "join.example.org".`,
    `${place}formerOrigins is not JSON: line 1, column 25: a ] is missing. It is ["https://a.example.org"`,
    `${place}services.claude must be an object of the service’s settings or null.`,
  ]);
  expect(sentences({ 'latchkey:apps': '', 'latchkey:services.x.keyPattern': '[A-' })).toEqual([
    `${place}apps must be an object in JSON; it is "".`,
    expect.stringContaining(`${place}services.x.keyPattern must be `),
    `${place}services.x.baseUrl is missing.`,
  ]);
});

test('R3.9: what is missing of an app is told beside an app whose name none can have, and how many a list takes', () => {
  const eleven = Array.from({ length: 11 }, (_, at) => `https://${at}.example.org`);
  expect(sentences({ latchkey: { apps: { Big: {}, spa: { origins: eleven } } } })).toEqual([
    expect.stringMatching(/^apps\.spa\.origins must be a list in JSON of 10 at most, each of it an origin /),
    expect.stringMatching(/^apps\.Big is not a name that it can have: /),
    'apps.spa.redirectUris is missing.',
  ]);
});

test('every setting of several parts can be written whole on the command line', () => {
  const arn = 'arn:aws:kms:eu-central-1:123456789012:key/mrk-0123456789abcdef0123456789abcdef';
  const context = { 'latchkey:keyReplicas': JSON.stringify({ pepper: arn }) };
  expect(readSettings(context).keyReplicas).toEqual({ pepper: arn });
});
