import { describe, expect, test } from 'vitest';
import { findOperations } from '#infra/operations.ts';
import { files, read, source } from './files.ts';

const entries = await findOperations();

describe.each(entries.map(({ id }) => id))('%s', (id) => {
  test('R5.3: has a sample event, and a test named by its id that starts from it', () => {
    expect(files(`events/${id}.json`), `write events/${id}.json`).toHaveLength(1);
    const tests = files(`test/operations/${id}*.test.ts`);
    expect(tests, `write test/operations/${id}.test.ts`).not.toHaveLength(0);
    const inFull = tests.map(read).join('\n');
    expect(inFull).toMatch(new RegExp(`(sendEvent|readEvent)(<[^>]*>)?\\([^']*'${id}'`));
  });
});

test('there is no event of an operation that is gone', () => {
  const ids = entries.map(({ id }) => id).toSorted();
  const found = files('events/*.json').map((file) => file.slice('events/'.length, -'.json'.length));
  expect(found.toSorted()).toEqual(ids);
});

/** What a folder may import, by the design: arrows point one way. */
const allowed: Record<string, readonly string[]> = {
  functions: ['shared', 'web', 'docs'],
  shared: ['shared'],
  web: ['web', 'shared'],
  infra: ['infra', 'shared', 'functions'],
  local: ['local', 'shared'],
  cli: ['cli', 'shared'],
  bench: ['bench', 'local', 'shared'],
};

const imports = (file: string): string[] =>
  [...read(file).matchAll(/^[^*/]*(?:from|import) '#(\w+)\//gm)].map(([, folder]) => folder!);

test.each(Object.entries(allowed))('%s imports only from %s', (folder, others) => {
  const wrong = source
    .filter((file) => file.startsWith(`${folder}/`))
    .flatMap((file) =>
      imports(file)
        .filter((to) => !others.includes(to))
        .map((to) => `${file} → ${to}`),
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
  const wrong = files('functions/**/*.ts').filter((file) => /from '(\.|#functions)/.test(read(file)));
  expect(wrong).toEqual([]);
});

test('pages reach no store and no keys', () => {
  const wrong = files('web/**/*.ts').filter((file) =>
    /from '#shared\/(aws|data|keys|mail)\//.test(read(file)),
  );
  expect(wrong).toEqual([]);
});

test('rules import no AWS client, no clock and no randomness', () => {
  const wrong = files('shared/domain/*.ts').filter((file) =>
    /@aws-sdk|node:crypto|random\.ts|Date\.now|new Date\(\)|Math\.random/.test(read(file)),
  );
  expect(wrong).toEqual([]);
});

test('config.ts is the only reader of the environment', () => {
  const readers = files('{functions,shared,web}/**/*.ts').filter((file) =>
    read(file).includes('process.env'),
  );
  expect(readers).toEqual(['shared/deployment/config.ts']);
});

test('no source file is longer than 200 lines, and the median is at most 60', () => {
  const lengths = source.map((file) => ({ file, lines: read(file).split('\n').length - 1 }));
  expect(lengths.filter(({ lines }) => lines > 200)).toEqual([]);
  const sorted = lengths.map(({ lines }) => lines).toSorted((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(60);
});

test('there are no barrel files and no utils', () => {
  const barrels = source.filter((file) => /(^|\/)(index|utils?|helpers?|common|misc)(\.ts|\/)/.test(file));
  expect(barrels).toEqual([]);
});
