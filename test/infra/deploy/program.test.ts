import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settingsOf } from '#infra/deploy/deployment.ts';
import type { Options } from '#infra/deploy/options.ts';
import { runOperator } from '#infra/deploy/program.ts';
import { sentencesOf } from '../sentences.ts';
import { temporaryDirectory } from '../synthesize.ts';
import { fakeMachine } from './fake-machine.ts';

async function run(...args: string[]) {
  const { machine, said, printed } = fakeMachine();
  const code = await runOperator(args, machine, temporaryDirectory());
  return { code, said: said.join('\n'), printed };
}

/** Reads the settings for a command's options in a directory with these files. */
function settingsAmong(files: Record<string, object>) {
  const directory = temporaryDirectory();
  for (const [name, values] of Object.entries(files))
    writeFileSync(join(directory, name), JSON.stringify(values));
  return (options: Options) => settingsOf(options, directory);
}

test.each([
  [['synth', '--stge', 'x'], "unknown option '--stge'"],
  [['synth', 'latchkey-service'], 'too many arguments'],
  [['deploy', '--yess'], '(Did you mean --yes?)'],
  [['diff', '--yes'], "unknown option '--yes'"],
  [['deploy', '--stage'], "option '--stage <name>' argument missing"],
])('R8.1: what a command does not know is refused with a word: %j', async (args, word) => {
  expect(await run(...args)).toMatchObject({ code: 2, said: expect.stringContaining(word) });
});

test('R8.1: -c is honoured or refused, and told together with the mistakes of the settings', async () => {
  const { code, said } = await run(
    'synth',
    ...['inviteDays=3', 'latchkey:local=true', 'x', 'latchkey:keyDays=0'].flatMap((pair) => ['-c', pair]),
  );
  expect(code).toBe(1);
  expect(said.split('\n').slice(0, 3)).toEqual([
    '-c inviteDays is read by nothing; a setting is written -c latchkey:inviteDays=3',
    'latchkey:local is for the local stack: npm start.',
    '-c x has no value: -c latchkey:SETTING=VALUE',
  ]);
  expect(said).toContain('command line: keyDays must be a whole number from 1 to 365; it is 0.');
});

test('R8.5: doctor says at once what it does, before its templates are made, and nothing of it where scripts read', async () => {
  const { code, said, printed } = await run('doctor', '--json', '-c', 'latchkey:keyDays=0');
  expect(code).toBe(1);
  expect(said.split('\n')[0]).toBe('Makes the templates of the settings …');
  expect(printed).toEqual([]);
});

test('R8.1: --stage takes the file of its stage, and wants it to be there', () => {
  const among = settingsAmong({
    'latchkey.json': { inviteDays: 1 },
    'latchkey.staging.json': { inviteDays: 2 },
  });
  const read = (options: Options) => among(options).settings;
  expect(read({})).toMatchObject({ stage: null, inviteDays: 1 });
  expect(read({ stage: 'staging' })).toMatchObject({ stage: 'staging', inviteDays: 2 });
  expect(read({ stage: 'staging', context: ['latchkey:inviteDays=3'] })).toMatchObject({ inviteDays: 3 });
  expect(sentencesOf(() => read({ stage: 'stagging' }))).toEqual([
    expect.stringContaining('There is no latchkey.stagging.json'),
  ]);
  expect(sentencesOf(() => read({ stage: 'staging', context: ['latchkey:stage=other'] }))).toEqual([
    '--stage and -c latchkey:stage name two stages.',
  ]);
});

test.each(['bootstrap', 'diff', 'deploy', 'destroy'])(
  'R8.1: %s refuses to go by the defaults alone, where the file of the deployment is not here',
  async (command) => {
    expect(await run(command)).toMatchObject({
      code: 1,
      said: 'There is no latchkey.json here: bring the file of the deployment; for a first one copy latchkey.example.json to it.',
    });
  },
);

test('R8.1: a setting on the command line will do without a file; a stage alone is none, and who only looks is told', () => {
  const read = settingsAmong({});
  const purpose = 'deploy';
  expect(read({ purpose, context: ['latchkey:inviteDays=3'] }).doubts).toEqual([]);
  expect(sentencesOf(() => read({ purpose, context: ['latchkey:stage=staging'] }))).toEqual([
    expect.stringContaining('There is no latchkey.staging.json here'),
  ]);
  expect(read({}).doubts).toEqual([expect.stringContaining('There is no latchkey.json here')]);
});

test('R8.1: names of the example are refused in a deployment, each at its setting; to look and to delete they will do', () => {
  const read = settingsAmong({
    'latchkey.json': {
      mailFrom: 'invites@example.com',
      mailDomain: 'example.com',
      alarmEmail: 'you@mine.test',
      appUrl: 'https://app.example.org/start',
      domain: { name: 'join.example.net' },
    },
  });
  const names = ['mailFrom', 'mailDomain', 'domain.name', 'appUrl'];
  const told = names.map((name) => expect.stringMatching(new RegExp(`^${name} is .*, as in the example: `)));
  expect(sentencesOf(() => read({ purpose: 'deploy' }))).toEqual(told);
  expect(read({}).doubts).toEqual(told);
  expect(sentencesOf(() => read({ purpose: 'destroy' }))).toEqual([]);
});

const production = { mailFrom: 'a@mine.test', domain: { name: 'join.mine.test' } };

test('R8.1: a stage with the address or the sender of the other deployment is refused', () => {
  const read = (staging: object) => {
    const among = settingsAmong({ 'latchkey.json': production, 'latchkey.staging.json': staging });
    return sentencesOf(() => among({ purpose: 'deploy', stage: 'staging' }));
  };
  expect(read(production)).toEqual([
    'domain.name is that of latchkey.json too: an address leads to one deployment alone. Take it out, or name another.',
    'a@mine.test is the sender of latchkey.json too, and SES takes a sender once in a region: set "mailIdentity": "existing".',
  ]);
  expect(read({ origin: 'https://join.mine.test' })).toEqual([expect.stringMatching(/^origin is that of/)]);
  const { mailFrom } = production;
  expect(read({ mailFrom, mailIdentity: 'existing', domain: { name: 'staging.mine.test' } })).toEqual([]);
  expect(read({ mailFrom, region: 'eu-central-1' })).toEqual([]);
  expect(read({ mailFrom: 'b@mine.test' })).toEqual([]);
});

test('R8.1: a stage in another region with the other deployment’s mail domain is refused, whose returned mail it would take', () => {
  const mail = { mailFrom: 'a@mine.test', mailDomain: 'mine.test' };
  const read = (staging: object) => {
    const among = settingsAmong({ 'latchkey.json': mail, 'latchkey.staging.json': staging });
    return sentencesOf(() => among({ purpose: 'deploy', stage: 'staging' }));
  };
  expect(read({ ...mail, region: 'eu-central-1' })).toEqual([
    'mailDomain is that of latchkey.json too, and SES wants one MX record at bounces.mine.test, which names one region: name another domain, such as one below it.',
  ]);
  expect(read({ ...mail, region: 'eu-central-1', mailIdentity: 'existing' })).toEqual([]);
  const below = { mailFrom: 'a@staging.mine.test', mailDomain: 'staging.mine.test' };
  expect(read({ ...below, region: 'eu-central-1' })).toEqual([]);
});

test('R8.1: a deployment is not held against itself, nor against a file that is wrong', () => {
  const files = { 'latchkey.json': { ...production, stage: 'live' } };
  expect(settingsAmong(files)({ purpose: 'deploy' }).settings.stage).toBe('live');
  const broken = settingsAmong({ 'latchkey.json': { nonsense: 1 }, 'latchkey.staging.json': production });
  expect(broken({ purpose: 'deploy', stage: 'staging' }).doubts).toEqual([]);
});
