import { expect, test } from 'vitest';
import type { Command } from '#cli/command.ts';
import { commands } from '#cli/commands.ts';
import { commonOptions } from '#cli/common-options.ts';
import { originOf } from '#cli/server/connect.ts';
import { languageOf } from '#cli/server/language.ts';
import { nearest } from '#shared/errors/nearest.ts';
import { programOf, type Given } from '#cli/program.ts';
import { Output } from '#cli/terminal/output.ts';
import { read } from '../rules/files.ts';
import { latchkey } from './latchkey.ts';

test('every command is in the guide, with all its options', () => {
  const guide = read('docs/cli.md');
  for (const { name, options } of commands) {
    expect(guide).toContain(`latchkey ${name}`);
    for (const option of Object.keys({ ...options, ...commonOptions }))
      expect(guide).toContain(`--${option}`);
  }
});

test('--help of each command lists its options, on standard output', async () => {
  const [general, group, one] = await Promise.all([
    latchkey(['--help']),
    latchkey(['invites', '--help']),
    latchkey(['invites', 'create', '-h']),
  ]);
  for (const { code, prose } of [general, group, one])
    expect({ code, prose }).toEqual({ code: 0, prose: '' });
  for (const { name } of commands) expect(general.data).toContain(`  ${name}`);
  expect(group.data).not.toContain('login ');
  expect(one.data).toContain('--passphrase-file FILE');
});

test('--version says which Latchkey it is of', async () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  for (const flag of ['--version', '-v'])
    expect(await latchkey([flag])).toEqual({ code: 0, data: `latchkey ${version}\n`, prose: '' });
});

test('with --json an error is one JSON value on standard output, and is told as before', async () => {
  const ran = await latchkey(['aply', 'people.csv', '--json']);
  expect(JSON.parse(ran.data)).toEqual({
    error: {
      code: 'usage',
      message: 'There is no command aply. Did you mean apply?',
      details: ['latchkey --help lists them.'],
      exit: 2,
      mayBeDone: false,
    },
  });
  expect(ran.prose).toContain('Did you mean apply?');
});

test('an unknown command is one line with the nearest, and exit code 2', async () => {
  const unknown = await latchkey(['aply', 'people.csv']);
  expect(unknown).toMatchObject({ code: 2, data: '', prose: expect.stringContaining('Did you mean apply?') });
  expect((await latchkey(['invites', 'lst'])).prose).toContain('Did you mean invites list?');
  expect((await latchkey([])).code).toBe(2);
});

/** The options that a command's program reads from its arguments. */
function readOptions(command: Omit<Command, 'run'>, args: readonly string[]): Given {
  const read: Given[] = [];
  const program = programOf([command], (_, given) => void read.push(given));
  program.parse([...command.name.split(' '), ...args], { from: 'user' });
  return read[0]!;
}

const declaration = {
  name: 'try',
  summary: '',
  operands: '<ID> [ID]',
  options: { note: { value: 'TEXT', text: 'a note' }, yes: { text: 'do not ask' } },
};

test('ids may begin with a hyphen', () => {
  const id = '-abcdefghijklmnopqrst_';
  const { operands, options, json } = readOptions(declaration, ['x', id, '--note=-5', '--yes']);
  expect(operands).toEqual(['x', id]);
  expect([options['note'], options['yes'], json]).toEqual(['-5', true, false]);
});

test.each([
  [['x', '--nota', 'y'], '--note'],
  [['x', '--note'], 'wants TEXT'],
  [['x', '--note', '--yes'], 'wants TEXT'],
  [['x', '--yes=no'], 'no value'],
  [['x', '--yes', '--yes'], 'twice'],
  [['x', '-y'], 'no option -y'],
  [[], 'wants ID'],
  [['x', 'y', 'z'], 'z'],
])('wrong usage is told: %j', (args, hint) => {
  expect(() => readOptions(declaration, args)).toThrow(hint);
});

test('a word is near when few letters differ', () => {
  expect(nearest('revok', ['invites revoke', 'revoke', 'reissue'])).toBe('revoke');
  expect(nearest('quantum', ['login', 'plan'])).toBeUndefined();
});

test.each([
  [{ LANG: 'ja_JP.UTF-8' }, 'ja-JP'],
  [{ LC_ALL: 'zh_CN', LANG: 'en_US' }, 'zh-CN'],
  [{ LANG: 'de' }, 'de'],
  [{ LANG: 'C.UTF-8' }, undefined],
  [{}, undefined],
])('the language of %j is %s', (env, language) => {
  expect(languageOf(env)).toBe(language);
});

/** Runs a command without a session: one that asks for its server has understood its options. */
const run = async (name: string, args: readonly string[]) => {
  const found = commands.find((one) => one.name === name)!;
  const server = () => Promise.reject(new Error('understood'));
  return await found.run({ ...readOptions(found, args), out: new Output(), server } as never);
};

test.each([
  [['--cuont', '3'], '--count'],
  [['--count'], 'how many'],
  [['--count', '0'], 'whole number'],
  [['--count', '1', '--count', '2'], 'twice'],
  [['--count', '1', '--emails', 'x.csv'], 'exclude'],
  [['--kind', 'devise'], 'device'],
  [['--days', '400'], 'never'],
  [['--no-send=1'], 'no value'],
  [['--emails', 'missing.csv'], 'no such file or folder'],
  [['surplus'], 'surplus'],
  [['--passphrase-file', 'missing'], 'no such file'],
  [['--run-key', 'a b'], '--run-key'],
])('invites create says what it cannot do: %j', async (args, hint) => {
  await expect(run('invites create', args)).rejects.toMatchObject({
    code: 2,
    message: expect.stringContaining(hint),
  });
});

test('what is understood goes on to the server', async () => {
  const args = ['--count', '3', '--days', 'never', '--kind', 'device', '--uses', '2', '--no-send'];
  await expect(run('invites create', args)).rejects.toThrow('understood');
});

test.each([
  ['http://join.example.com', 'https'],
  ['join.example.com', 'no address'],
  ['ftp://join.example.com', 'no address'],
  ['https://join.example.com/admin', 'no address'],
])('%s is no address for a password', (url, why) => {
  expect(() => originOf(url, '--url')).toThrow(why);
});

test('plain http stays on this machine', () => {
  for (const url of ['http://localhost:4800/', 'http://127.0.0.1:1', 'http://[::1]:1', 'https://a.example'])
    expect(originOf(url, '--url')).toBe(url.replace(/\/$/, ''));
});
