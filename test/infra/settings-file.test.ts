import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettingsFile } from '#infra/settings/settings-file.ts';
import { readSettings, stageOf } from '#infra/settings/settings.ts';
import { sentencesOf } from './sentences.ts';
import { temporaryDirectory } from './synthesize.ts';

/** The settings from a context and a settings file with this text. */
function settingsOf(text: string | object, context: Record<string, unknown> = {}) {
  const directory = temporaryDirectory();
  const stage = stageOf(context);
  const name = stage === null ? 'latchkey.json' : `latchkey.${stage}.json`;
  writeFileSync(join(directory, name), typeof text === 'string' ? text : JSON.stringify(text));
  return readSettings(context, readSettingsFile(directory, stage));
}
const sentences = (...args: Parameters<typeof settingsOf>) => sentencesOf(() => settingsOf(...args));

test('R8.1: the example is JSON of under ten lines that a deployment takes as it stands', () => {
  const text = readFileSync('latchkey.example.json', 'utf8');
  expect(text.trim().split('\n').length).toBeLessThan(10);
  expect(settingsOf(text)).toMatchObject(JSON.parse(text));
});

test('R8.1: the operator’s file is not tracked, the example is', () => {
  const ignored = (name: string) => spawnSync('git', ['check-ignore', '-q', '--no-index', name]).status === 0;
  expect(
    ['latchkey.json', 'latchkey.staging.json', 'latchkey.example.json'].filter((name) => ignored(name)),
  ).toEqual(['latchkey.json', 'latchkey.staging.json']);
});

test('R8.1: the file goes over cdk.json, and the command line over the file', () => {
  const context = { latchkey: { inviteDays: 3, keyDays: 3, locale: 'ja' }, 'latchkey:keyDays': '9' };
  expect(settingsOf({ inviteDays: 5, keyDays: 5 }, context)).toMatchObject({
    inviteDays: 5,
    keyDays: 9,
    locale: 'ja',
  });
});

test('R8.1: without a file everything is as cdk.json has it', () => {
  expect(readSettingsFile(temporaryDirectory(), null)).toBeUndefined();
});

test('R8.1: a stage has a file of its own, and one that says another stage is refused', () => {
  const staging = { 'latchkey:stage': 'staging' };
  expect(settingsOf({ inviteDays: 2 }, staging)).toMatchObject({ stage: 'staging', inviteDays: 2 });
  expect(sentences({ stage: 'production' }, staging)).toEqual([
    'latchkey.staging.json is the file of the stage staging, but says "stage": "production".',
  ]);
});

test('R8.1: mistakes of file and command line are told at once, with where they stand', () => {
  const file = {
    origin: 'join.example.com',
    region: 'eu-centrall-1',
    mailform: 'x@example.com',
    timeZone: 'Berlin',
    services: { claude: { basUrl: 'https://example.com' } },
  };
  const context = { 'latchkey:inviteDays': '0', 'latchkey:services.claude.title': '' };
  expect(sentences(file, context)).toEqual([
    'latchkey.json: origin must be an origin, https:// and a host alone, such as https://join.example.com or null; it is "join.example.com".',
    'latchkey.json: There is no setting mailform; did you mean mailFrom?',
    'latchkey.json: timeZone must be a time zone by its IANA name, such as Europe/Berlin; it is "Berlin".',
    'latchkey.json and command line: There is no setting services.claude.basUrl; did you mean services.claude.baseUrl?',
    expect.stringMatching(/^latchkey\.json and command line: services\.claude\.title must be /),
    'command line: inviteDays must be a whole number from 1 to 365; it is 0.',
    'latchkey.json: AWS has no region eu-centrall-1; did you mean eu-central-1?',
  ]);
});

test.each([
  ['{\n  "locale": "ja"\n  "inviteDays": 3\n}', 'line 3, column 3: a , is missing.'],
  [
    '{\n  "locale": "ja",\n}',
    'line 3, column 1: a name in double quotes belongs here; or there is a comma too',
  ],
  ['{ "locale": ja }', 'line 1, column 13: this is no value; text stands in double quotes.'],
  ['{\n  "locale": "ja"\n', 'line 3, column 1: a } is missing.'],
  ['', 'line 1, column 1: it is empty.'],
  ['{}\n}', 'line 2, column 1: something stands after the end.'],
])('R8.1: what is not JSON is told by line and column: %j', (text, sentence) => {
  expect(sentences(text, { 'latchkey:keyDays': '0' })).toEqual([
    expect.stringContaining(`latchkey.json is not JSON: ${sentence}`),
    'command line: keyDays must be a whole number from 1 to 365; it is 0.',
  ]);
});

test('R8.1: a file with a byte order mark is read; one that is a list, or no file, is refused', () => {
  expect(settingsOf('\uFEFF{ "inviteDays": 3 }').inviteDays).toBe(3);
  expect(sentences('[]')).toEqual([expect.stringContaining('must hold one object')]);
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'latchkey.json'));
  expect(readSettingsFile(directory, null)?.mistakes).toEqual([expect.stringContaining('cannot be read')]);
});
