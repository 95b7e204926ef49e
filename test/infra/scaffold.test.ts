import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOperations } from '#infra/operations.ts';
import { checkName } from '#infra/scaffold/name.ts';
import { root } from '../rules/files.ts';
import { copyRepository } from './copy.ts';
import { sentencesOf } from './sentences.ts';

const { directory, remove } = copyRepository();
afterAll(remove);

const made = [
  'functions/greeting/archive.ts',
  'events/greeting-archive.json',
  'test/operations/greeting-archive.test.ts',
];

/** Runs a script of the copy. If it fails, the thrown error contains its output. */
const run = (...args: string[]): string =>
  execFileSync(process.execPath, args, { cwd: directory, encoding: 'utf8', stdio: 'pipe' });
const runNew = (...args: string[]): string => run('infra/scaffold/new-operation.ts', ...args);

let output: string;
beforeAll(() => {
  output = runNew('greeting/archive');
});

test('npm run new says which files it has written', () => {
  for (const file of made) {
    expect(output).toContain(file);
    expect(existsSync(join(directory, file)), file).toBe(true);
  }
});

test('what it writes compiles, is formatted and lints clean', () => {
  const include = [...made.filter((file) => file.endsWith('.ts')), 'test/global-setup.ts', 'web/*.d.ts'];
  const config = { extends: './tsconfig.json', include };
  writeFileSync(join(directory, 'tsconfig.made.json'), JSON.stringify(config));
  run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.made.json');
  run('node_modules/prettier/bin/prettier.cjs', '--check', ...made);
  run('node_modules/oxlint/bin/oxlint', ...made);
});

test('the document has it already', () => {
  run('infra/openapi/openapi.ts', '--check');
  const document = readFileSync(join(directory, 'docs/openapi.json'), 'utf8');
  expect(document).toContain('"operationId": "greeting-archive"');
});

// Only in a proof: this run bundles and synthesizes everything again, and takes a gigabyte of memory.
if (process.env['LATCHKEY_PROVE'])
  test('the rule for operations and the test that it writes are green', { timeout: 900_000 }, () => {
    const [report, filters] = ['made.json', ['test/rules/operations', 'test/operations/greeting-archive']];
    run('node_modules/vitest/vitest.mjs', 'run', '--reporter=json', `--outputFile=${report}`, ...filters);
    const { testResults } = JSON.parse(readFileSync(join(directory, report), 'utf8')) as {
      testResults: { name: string; assertionResults: { status: string }[] }[];
    };
    const passed = testResults
      .filter(({ name }) => name.includes('greeting-archive'))
      .flatMap(({ assertionResults }) => assertionResults.filter(({ status }) => status === 'passed'));
    expect(passed.length).toBeGreaterThanOrEqual(2);
  });

test('it takes route and caller from the operations of the same resource', () => {
  expect(runNew('key/archive')).toContain('POST /v1/keys/archive (auth: session)');
  expect(runNew('admin-user/archive')).toContain('POST /v1/admin/users/archive (auth: admin)');
});

test('an operation that is there is not written again, and the script says so without a stack', () => {
  const before = readFileSync(join(directory, made[0]!), 'utf8');
  expect(() => runNew('greeting/archive')).toThrow(
    /greeting-archive exists already: functions\/greeting\/archive\.ts\.\n$/,
  );
  expect(readFileSync(join(directory, made[0]!), 'utf8')).toBe(before);
});

const entries = findOperations();
const mistakes = (name: string) =>
  sentencesOf(() => checkName(name, entries, `${root}functions`, false)).join('\n');

test.each([
  ['invite-archive', /did you mean invite\/archive\?/],
  ['functions/Greeting/sendAgain.ts', /did you mean greeting\/send-again\?/],
  ['a/b/c', /such as invite\/archive/],
  [`greeting/${'a'.repeat(40)}`, /is longer than 40 characters/],
  ['invte/archive', /did you mean invite\/archive\?[^]*npm run new invte\/archive -- --new-resource/],
  ['invite/verify', /^invite-verify exists already: functions\/invite\/verify\.ts\.$/],
  ['admin/invite-read', /^admin-invite-read exists already: functions\/admin-invite\/read\.ts\.$/],
])('%s is refused with what to do', (name, sentences) => {
  expect(mistakes(name)).toMatch(sentences);
});

test('a resource that is like another is taken where it is meant', () => {
  expect(() => checkName('invte/archive', entries, `${root}functions`, true)).not.toThrow();
});
