import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseSettings, type Settings } from '#shared/deployment/settings.ts';
import { findOperations } from '#infra/operations.ts';
import { functionsOf, temporaryDirectory, type Json, type Template } from './synthesize.ts';

/** Runs the app as the CDK's command line does, in an environment without credentials and without PATH. */
function runApp(context: Record<string, unknown>, more = {}) {
  const outdir = temporaryDirectory();
  const env = { CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context), ...more };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['infra/app.ts'], { env, encoding: 'utf8' });
  return { outdir, status, stdout, stderr };
}

const entries = findOperations();
const deployed = runApp({ 'latchkey:inviteDays': '14' });
if (deployed.status !== 0) throw new Error(deployed.stderr);
const functions = functionsOf(
  JSON.parse(readFileSync(join(deployed.outdir, 'latchkey-service.template.json'), 'utf8')) as Template,
);
/** A file of a function's code. */
function fileOf(id: string, name: string): string {
  const { S3Key } = functions.get(id)!.Properties['Code'] as { S3Key: string };
  return join(deployed.outdir, `asset.${S3Key.replace('.zip', '')}`, name);
}
const codeOf = (id: string, name = 'index.cjs') => readFileSync(fileOf(id, name), 'utf8');
const ids = entries.map(({ id }) => id);

test('R5.10: `cdk deploy` has its templates and code without network, credentials, Docker or another program', () => {
  expect(deployed.stderr).toBe('');
  expect([...functions.keys()].toSorted()).toEqual(ids);
  for (const [id, { Properties }] of functions) {
    expect(existsSync(fileOf(id, 'index.cjs'))).toBe(true);
    const { Variables } = Properties['Environment'] as { Variables: Record<string, Json> };
    const { inviteDays = 14 } = JSON.parse(Variables['SETTINGS'] as string) as Partial<Settings>;
    expect(inviteDays).toBe(14);
  }
  expect(JSON.stringify(functions.get('invite-create'))).toContain('inviteDays');
});

test('R3.9: mistakes in the settings end the app with their sentences and no stack', () => {
  const wrong = { 'latchkey:inviteDays': '0', 'latchkey:rates': 'off' };
  // The missing bundler shows that nothing is bundled first.
  const { status, stderr, stdout, outdir } = runApp(wrong, { ESBUILD_BINARY_PATH: '/nonexistent' });
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr.trim().split('\n')).toEqual([
    'command line: inviteDays must be a whole number from 1 to 365; it is 0.',
    'command line: rates must be "on" in a deployment; "off" is for the local stack.',
  ]);
  expect(readdirSync(outdir)).toEqual([]);
});

test('R5.3: each bundle loads alone, with the settings that it reads, and hands Lambda its handler', () => {
  // Lambda's runtime sets this global before it loads a bundle.
  const loads = `globalThis.awslambda = { streamifyResponse: (handler) => handler };
  const all = JSON.parse(process.env.ALL);
  for (const directory of process.argv.slice(1)) {
    const reads = require(directory + '/settings.json');
    process.env.SETTINGS = JSON.stringify(Object.fromEntries(reads.map((name) => [name, all[name]])));
    const { handler } = require(directory + '/index.cjs');
    if (typeof handler !== 'function') throw new Error(directory);
  }`;
  const env = {
    ORIGIN: 'https://join.example.com',
    ALL: JSON.stringify(parseSettings({})),
    AWS_REGION: 'us-east-1',
  };
  const { status, stderr } = spawnSync(process.execPath, ['-e', loads, ...ids.map((id) => fileOf(id, ''))], {
    env,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test('bundles hold no source of credentials but the environment', () => {
  for (const id of ids)
    expect(codeOf(id), id).not.toMatch(/fromSSO|fromIni|fromTokenFile|fromContainerMetadata/);
});

/** Packages that an operation needs only in some of its requests, each with words that only its code contains. */
const laterPackages = {
  'bcryptjs.cjs': 'Illegal number of rounds',
  'bowser.cjs': 'PhantomJS',
  'zxcvbn-ts-language-common.cjs': 'trustno1Ahunter',
};

test.each(Object.entries(laterPackages))(
  '%s stands beside the bundles that name it, and in none of them',
  (file, words) => {
    const naming = ids.filter((id) => codeOf(id).includes(`require("./${file}")`));
    expect(naming).toContain('registration-create');
    expect(ids.filter((id) => existsSync(fileOf(id, file)))).toEqual(naming);
    expect(codeOf('registration-create', file)).toContain(words);
    expect(ids.filter((id) => codeOf(id).includes(words))).toEqual([]);
  },
);

test('C22: only functions in which a password is chosen carry the list of common ones', () => {
  const carriers = ids.filter((id) => existsSync(fileOf(id, 'zxcvbn-ts-language-common.cjs')));
  const choosers = entries.filter(
    ({ declaration }) => declaration.kind !== 'job' && declaration.errors.includes('weak_password'),
  );
  expect(choosers.map(({ id }) => id)).toContain('registration-create');
  expect(carriers).toEqual(choosers.map(({ id }) => id));
  // Every cold start loads this code.
  for (const { id } of choosers) expect(statSync(fileOf(id, 'index.cjs')).size, id).toBeLessThan(800_000);
});
