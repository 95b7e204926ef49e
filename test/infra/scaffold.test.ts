import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyRepository } from './copy.ts';

const { directory, remove } = copyRepository();
afterAll(remove);

const made = [
  'functions/greeting/archive.ts',
  'events/greeting-archive.json',
  'test/operations/greeting-archive.test.ts',
];

/** Runs a script of the copy; its output is part of what is thrown when it fails. */
const run = (...args: string[]): string =>
  execFileSync(process.execPath, args, { cwd: directory, encoding: 'utf8', stdio: 'pipe' });

/** `npm run new` in the copy. */
function runNew(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['infra/scaffold/new-operation.ts', ...args],
    {
      cwd: directory,
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr };
}

let output: string;
beforeAll(() => {
  const { stdout, stderr } = runNew('greeting/archive');
  output = stdout + stderr;
});

test('says which files it has written', () => {
  for (const file of made) {
    expect(output).toContain(file);
    expect(existsSync(join(directory, file)), output).toBe(true);
  }
});

test('what it writes compiles, is formatted and lints clean', () => {
  const config = {
    extends: './tsconfig.json',
    include: [...made.filter((file) => file.endsWith('.ts')), 'test/global-setup.ts', 'web/*.d.ts'],
  };
  writeFileSync(join(directory, 'tsconfig.made.json'), JSON.stringify(config));
  run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.made.json');
  run('node_modules/prettier/bin/prettier.cjs', '--check', ...made);
  run('node_modules/oxlint/bin/oxlint', ...made);
});

test('the document has it already', () => {
  run('infra/openapi.ts', '--check');
  expect(readFileSync(join(directory, 'docs/openapi.json'), 'utf8')).toContain(
    '"operationId": "greeting-archive"',
  );
});

test('the rules of the repository and the test that it writes are green', () => {
  const report = run(
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=json',
    'test/rules/operations',
    'test/operations/greeting-archive',
  );
  const { testResults } = JSON.parse(report.slice(report.indexOf('{'))) as {
    testResults: { name: string; assertionResults: { status: string }[] }[];
  };
  const ours = testResults.filter(({ name }) => name.includes('greeting-archive'));
  const passed = ours
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed');
  expect(passed.length).toBeGreaterThanOrEqual(2);
});

test('an operation that is there is not written again', () => {
  expect(runNew('greeting/archive')).toMatchObject({
    status: 1,
    stderr: 'greeting-archive exists already: functions/greeting/archive.ts.\n',
  });
});

test.each([
  [[], /^Usage: npm run new RESOURCE\/VERB/],
  [['greeting-archive'], /did you mean greeting\/archive\?/],
  [['functions/Greeting/sendAgain.ts'], /did you mean greeting\/send-again\?/],
  [['a/b/c'], /such as invite\/archive/],
  [[`greeting/${'a'.repeat(40)}`], /is longer than 40 characters/],
  [['invte/archive'], /did you mean invite\/archive\?[^]*npm run new invte\/archive -- --new-resource/],
  [['admin/invite-read'], /^admin-invite-read exists already: functions\/admin-invite\/read\.ts/],
])('%j is refused with what to do, and writes nothing', (args, expected) => {
  const before = run('-p', "require('fs').readdirSync('functions', { recursive: true }).length");
  const { status, stderr } = runNew(...args);
  expect(status).toBe(1);
  expect(stderr).toMatch(expected);
  expect(stderr).not.toMatch(/\n {4}at /);
  expect(run('-p', "require('fs').readdirSync('functions', { recursive: true }).length")).toBe(before);
});

test('a resource of its own is taken at its word, with its neighbours’ path where it has some', () => {
  expect(runNew('invte/archive', '--new-resource').stdout).toContain(
    'POST /v1/invtes/archive (auth: session)',
  );
  expect(runNew('key/archive').stdout).toContain('POST /v1/keys/archive (auth: session)');
  expect(runNew('admin-user/archive').stdout).toContain('POST /v1/admin/users/archive (auth: admin)');
});
