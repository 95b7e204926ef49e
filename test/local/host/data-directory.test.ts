import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { makeAssemblyDirectory } from '#local/stack/assembly-directory.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { newFile } from '../serve.ts';
import { callAws, startFixture } from './fixture.ts';

const macOf = (stack: Stack) =>
  callAws(stack, 'kms', 'generateMac', {
    KeyId: 'tokens',
    MacAlgorithm: 'HMAC_SHA_256',
    Message: 'message',
  });

/** A data directory as a stopped stack leaves it. No test changes it. */
const kept = mkdtempSync(join(tmpdir(), 'latchkey-kept-'));
let mac: unknown;
beforeAll(async () => {
  const stack = await startFixture({ dataDir: kept });
  mac = await macOf(stack);
  await stack.stop();
});
afterAll(() => rmSync(kept, { recursive: true }));

function copyOfKept(): string {
  const dir = newFile('data');
  cpSync(kept, dir, { recursive: true });
  return dir;
}

/** The files of a directory except its lock. */
const contents = (dir: string) =>
  readdirSync(dir)
    .filter((name) => name !== 'lock')
    .map((name) => [name, readFileSync(join(dir, name), 'base64')]);

async function start(dataDir: string, options = {}): Promise<Stack> {
  const stack = await startFixture({ dataDir, ...options });
  onTestFinished(() => stack.stop());
  return stack;
}

const write = (name: string, text: string) => (dir: string) => writeFileSync(join(dir, name), text);
const remove = (name: string) => (dir: string) => rmSync(join(dir, name));
const both =
  (...damages: ((dir: string) => void)[]) =>
  (dir: string) =>
    damages.forEach((damage) => damage(dir));
const aKey = { material: Buffer.alloc(32).toString('base64'), createdAt: 1, enabled: true };
const otherKeys = (dir: string) => {
  const names = Object.keys(JSON.parse(readFileSync(join(dir, 'kms.json'), 'utf8')) as object);
  const keys = Object.fromEntries(names.map((name) => [name, aKey]));
  write('kms.json', JSON.stringify(keys))(dir);
};

const restore = /no password[^]*copy \S+kms\.copy\.json over \S+kms\.json and start again/;
const hopeless = /no password[^]*If you have a backup[^]*give another one: --data DIR/;
const tables = /dynoxide\.db cannot be used[^]*all people[^]*If you have a backup/;

test.each<[string, (dir: string) => void, RegExp]>([
  ['keys that are no JSON', write('kms.json', '{"arn'), restore],
  ['keys that are empty', write('kms.json', ''), restore],
  ['keys that are another JSON', write('kms.json', '[]'), restore],
  ['a key cut short', write('kms.json', JSON.stringify({ arn: { ...aKey, material: 'AAAA' } })), restore],
  ['keys without those that were there', write('kms.json', '{}'), restore],
  ['keys of somewhere else', otherKeys, restore],
  ['no keys', remove('kms.json'), restore],
  ['neither keys nor copy', both(remove('kms.json'), remove('kms.copy.json')), hopeless],
  ['broken keys without a copy', both(write('kms.json', '{'), remove('kms.copy.json')), hopeless],
  ['no keys and a broken copy', both(remove('kms.json'), write('kms.copy.json', '{')), hopeless],
  [
    'no keys, of a version without copy and record',
    both(remove('kms.json'), remove('kms.copy.json'), remove('latchkey-data.json')),
    hopeless,
  ],
  ['no tables', remove('dynoxide.db'), tables],
  ['empty tables', write('dynoxide.db', ''), tables],
  ['tables that are something else', write('dynoxide.db', 'something else '.repeat(1_000)), tables],
  ['mails that are no JSON', write('mails.jsonl', '{}}\n'), /line 1[^]*Move it away[^]*nothing but those/],
  ['mails that are something else', write('mails.jsonl', '{"a":1}\n'), /holds something else in line 1/],
  ['mails that end in something else', write('mails.jsonl', '\0\0\0'), /it ends with something else/],
  ['positions that are no JSON', write('streams.json', '{'), /streams\.json cannot be used[^]*Remove it/],
  [
    'a record that is no JSON',
    write('latchkey-data.json', ''),
    /latchkey-data\.json cannot be used[^]*Remove it/,
  ],
  [
    'what a newer version wrote',
    write('latchkey-data.json', '{"format":2,"stores":[]}'),
    /written by a newer Latchkey/,
  ],
])(
  'C112: a data directory with %s is left as it is, and the error says what is lost and what to do',
  async (_, damage, message) => {
    const dir = copyOfKept();
    damage(dir);
    const before = contents(dir);
    await expect(startFixture({ dataDir: dir, store: 'dynoxide' })).rejects.toThrow(message);
    expect(contents(dir)).toEqual(before);
  },
);

test('C112: a directory of something else, and a file, are refused and left as they are', async () => {
  const dir = newFile('home');
  cpSync(fileURLToPath(new URL('./fixtures/assembly', import.meta.url)), dir, { recursive: true });
  const before = readdirSync(dir);
  await expect(startFixture({ dataDir: dir })).rejects.toThrow(/holds files of something else/);
  expect(readdirSync(dir)).toEqual(before);
  const locked = copyOfKept();
  rmSync(join(locked, 'lock'));
  mkdirSync(join(locked, 'lock'));
  await expect(startFixture({ dataDir: locked })).rejects.toThrow(/cannot be locked .*--data DIR/);
  const file = newFile('a-file');
  writeFileSync(file, '');
  await expect(startFixture({ dataDir: file })).rejects.toThrow(/No data can be kept in .*a-file/);
});

test('C112: the copy, put where the keys were, gives back what they protect', async () => {
  const dir = copyOfKept();
  rmSync(join(dir, 'kms.json'));
  cpSync(join(dir, 'kms.copy.json'), join(dir, 'kms.json'));
  expect(await macOf(await start(dir))).toEqual(mac);
});

test('C112: data of a version that kept no copy and no record are taken over, its lock was no lock', async () => {
  const dir = copyOfKept();
  for (const name of ['kms.copy.json', 'latchkey-data.json', 'lock']) rmSync(join(dir, name));
  // The id of a running process, as in a container: there, a new start can have the id of the killed process.
  writeFileSync(join(dir, 'pid'), String(process.pid));
  expect(await macOf(await start(dir))).toEqual(mac);
  expect(readFileSync(join(dir, 'kms.copy.json'))).toEqual(readFileSync(join(kept, 'kms.copy.json')));
});

test('C112: a stack that was killed holds no lock, whoever has its process id now; one that runs does', async () => {
  const dir = copyOfKept();
  const module = fileURLToPath(new URL('../../../local/stack/data-lock.ts', import.meta.url));
  const script = `import { lockData } from ${JSON.stringify(module)};
    lockData(${JSON.stringify(dir)}); console.log('locked'); setInterval(() => {}, 60_000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  await expect(startFixture({ dataDir: dir })).rejects.toThrow(`is in use by process ${holder.pid}: stop it`);
  const ended = once(holder, 'exit');
  holder.kill('SIGKILL');
  await ended;
  writeFileSync(join(dir, 'pid'), String(process.pid));
  expect(await macOf(await start(dir))).toEqual(mac);
});

test('C112: kept data are served by the engine that keeps them unless another is named', async () => {
  const dir = copyOfKept();
  writeFileSync(join(dir, 'latchkey-data.json'), '{"format":1,"stores":["other"]}');
  await expect(startFixture({ dataDir: dir })).rejects.toThrow(/unknown store other/);
  expect((await start(dir, { store: 'dynoxide' })).engine).toBe('dynoxide');
  expect(JSON.parse(readFileSync(join(dir, 'latchkey-data.json'), 'utf8'))).toEqual({
    format: 1,
    stores: ['other', 'dynoxide'],
  });
});

test('C112: bundles that killed starts have left are removed, those of a start that runs stay', () => {
  const parent = newFile('temporary');
  mkdirSync(join(parent, 'latchkey-start-killed'), { recursive: true });
  writeFileSync(join(parent, 'latchkey-start-killed', 'lock'), '');
  const running = makeAssemblyDirectory(parent);
  const next = makeAssemblyDirectory(parent);
  expect(readdirSync(parent).toSorted()).toEqual(
    [running, next].map(({ path }) => basename(path)).toSorted(),
  );
  for (const one of [running, next]) one.remove();
  expect(readdirSync(parent)).toEqual([]);
});
