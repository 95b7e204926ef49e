import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { files, read, source } from './files.ts';
import { importsOf, reachOf, sourcesOf } from './imports.ts';

/** The folders of shared/, from the top. Each imports only from folders below it, types included (docs/architecture.md). */
const order = [
  'registration',
  'account',
  'relay',
  'chain',
  'operation',
  'codes',
  'apps',
  'inviting',
  'invites',
  'sessions',
  'vault',
  'mail',
  'passwords',
  'audit',
  'guards',
  'quotas',
  'users',
  'aws',
  'http',
  'errors',
  'deployment',
  'table',
];

test('the architecture page has the folders in the same order', () => {
  const rows = [...read('docs/architecture.md').matchAll(/^\| *\d+ *\| `(\w+)\/` /gm)];
  expect(rows.map(([, folder]) => folder)).toEqual(order);
});

/** Basic helpers that belong to no subject: the only files directly in shared/. */
const loose = [
  'base64url',
  'batches',
  'calendar',
  'clock',
  'duration',
  'email',
  'locale',
  'others-words',
  'random',
  'record-of',
  'show-time',
].map((name) => `shared/${name}.ts`);

const folderOf = (file: string): string => (/^shared\/(.+?)\//.exec(file) ?? [])[1] ?? '';

test('shared/ has the folders of the one order, and no other loose files', () => {
  expect([...new Set(files('shared/*/*.ts').map(folderOf))].toSorted()).toEqual(order.toSorted());
  expect(files('shared/*.ts')).toEqual(loose);
});

test('a folder of shared/ imports only folders that stand below it', () => {
  const place = (file: string) => (folderOf(file) === '' ? order.length : order.indexOf(folderOf(file)));
  const wrong = sourcesOf('shared').flatMap((file) =>
    importsOf(file)
      .filter(({ to }) => to.startsWith('shared/') && place(to) < place(file))
      .map(({ to }) => `${file} → ${to}`),
  );
  expect(wrong).toEqual([]);
});

test('no folder of shared/ holds more than 32 files', () => {
  const full = order.filter((folder) => files(`shared/${folder}/**/*.ts`).length > 32);
  expect(full).toEqual([]);
});

test('no other folder of the source holds more than 32 files itself', () => {
  const counts = new Map<string, number>();
  for (const file of source) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  expect([...counts].filter(([, count]) => count > 32)).toEqual([]);
});

test('files that import no other file in a circle are linted, types included', () => {
  const { rules } = JSON.parse(read('.oxlintrc.json')) as { rules: Record<string, unknown> };
  expect(rules['import/no-cycle']).toEqual(['error', { ignoreTypes: false }]);
});

/** The folders that each folder may import from by the design: dependencies point one way. */
const allowed: Record<string, readonly string[]> = {
  functions: ['shared', 'web', 'docs'],
  shared: ['shared'],
  web: ['web', 'shared'],
  infra: ['infra', 'shared', 'functions'],
  local: ['local', 'shared', 'examples'],
  cli: ['cli', 'shared'],
  examples: ['examples'],
  bench: ['bench', 'local', 'infra', 'shared'],
};
/** Folders that may import types of operations' declarations for their calls. */
const callers = /^(cli|web\/browser|web\/desk)\//;

test.each(Object.entries(allowed))('%s imports only from %s', (folder, others) => {
  const wrong = sourcesOf(folder).flatMap((file) =>
    importsOf(file)
      .filter(({ to }) => /^[a-z]+\/.*\.\w+$/.test(to) && !others.includes(to.slice(0, to.indexOf('/'))))
      .filter(({ to, isType }) => !(isType && to.startsWith('functions/') && callers.test(file)))
      .map(({ to }) => `${file} → ${to}`),
  );
  expect(wrong).toEqual([]);
});

test('relative imports stay in their top-level folder', () => {
  const wrong = source.filter((file) => {
    const depth = file.split('/').length - 2;
    return [...read(file).matchAll(/from '((?:\.\.\/)+)/g)].some(([, up]) => up!.length / 3 > depth);
  });
  expect(wrong).toEqual([]);
});

test('operations do not import each other', () => {
  const wrong = sourcesOf('functions').filter((file) =>
    importsOf(file).some(({ to }) => to.startsWith('functions/')),
  );
  expect(wrong).toEqual([]);
});

/** Files that call AWS with the operator's own credentials, each with the only file that loads it, on demand. */
const callsAws = {
  'cli/server/lambda.ts': 'cli/server/invoke-job.ts',
  'cli/restore/restore-table.ts': 'cli/commands/restore.ts',
};
const isInside = (file: string): boolean => file.startsWith('cli/restore/') || file in callsAws;

/** Both are loaded anew for each command and each page, so they load no AWS client. */
test.each(['cli', 'web'])('%s loads no AWS client', (folder) => {
  const ways = sourcesOf(folder).flatMap((file) =>
    [...reachOf(file)]
      .filter(([to, way]) => to.startsWith('@aws-sdk/') && !way.some(isInside))
      .map(([, way]) => way.join(' → ')),
  );
  expect(ways).toEqual([]);
});

test.each(Object.entries(callsAws))('%s, which calls AWS, is loaded by %s, when it does', (file, loader) => {
  const loads = sourcesOf('cli').flatMap((from) =>
    importsOf(from)
      .filter(({ to }) => !isInside(from) && isInside(to) && (to === file || from === loader))
      .map(({ to, isType, isDynamic }) => ({ from, to, isType, isDynamic })),
  );
  expect(loads).toEqual([{ from: loader, to: file, isType: false, isDynamic: true }]);
});

test('there are no barrel files and no utils', () => {
  const barrels = source.filter((file) => /(^|\/)(index|utils?|helpers?|common|misc)(\.ts|\/)/.test(file));
  expect(barrels).toEqual([]);
});
