import * as z from 'zod/mini';
import { expect, test } from 'vitest';
import { isOperation } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { parseSettings, settingsSchema } from '#shared/deployment/settings.ts';
import { files, read } from './files.ts';

const documents = [...files('*.md'), ...files('docs/**/*.md')];

test('R3.9: every setting is in the operating guide, and nothing else is', () => {
  const rows = [...read('docs/operating.md').matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => name);
  expect(rows).toEqual(Object.keys(settingsSchema.shape));
});

test('R3.9: the operating guide says of each setting which numbers it takes', () => {
  const guide = read('docs/operating.md');
  const rowOf = (name: string): string => new RegExp(`^\\| \`${name}\` .*$`, 'm').exec(guide)![0];
  const untold = Object.entries(settingsSchema.shape).flatMap(([name, schema]) => {
    const { minimum = 0, maximum = Infinity, enum: values = [] } = z.toJSONSchema(schema, { io: 'input' });
    // The minimum of a deployment; the local stack takes less.
    const least = name === 'bcryptCost' ? 12 : minimum;
    const told =
      maximum < Number.MAX_SAFE_INTEGER
        ? `${least.toLocaleString('en')} to ${maximum.toLocaleString('en')}`
        : values.every((value) => typeof value === 'number')
          ? values.join(', ').replace(/, (\d+)$/, ' or $1')
          : '';
    return rowOf(name).includes(told) ? [] : [`${name}: ${told}`];
  });
  expect(untold).toEqual([]);
});

test.each(documents)('%s links to files that exist', (document) => {
  const links = [...read(document).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link!);
  const folder = document.includes('/') ? document.slice(0, document.lastIndexOf('/') + 1) : '';
  const missing = links.filter(
    (link) => files(new URL(link, `file:///${folder}`).pathname.slice(1)).length === 0,
  );
  expect(missing).toEqual([]);
});

/** The anchor of a heading on GitHub: its letters, digits and hyphens in lower case, with a hyphen for each blank. */
const anchorOf = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

const headingsOf = (document: string): string[] =>
  [
    ...read(document)
      .replaceAll(/```.*?```/gs, '')
      .matchAll(/^#+ (.+)$/gm),
  ].map(([, heading]) => heading!);

test.each(documents)('%s links to headings that exist', (document) => {
  const links = [...read(document).matchAll(/\]\(((?!https?:)[^)#]*)#([^)]+)\)/g)];
  const missing = links
    .map(([, to, anchor]) => [to ? new URL(to, `file:///${document}`).pathname.slice(1) : document, anchor!])
    .filter(([file, anchor]) => !headingsOf(file!).map(anchorOf).includes(anchor!));
  expect(missing).toEqual([]);
});

/** Documents about the present. Decision records are not edited, and name files that are gone. */
const present = documents.filter((document) => !document.startsWith('docs/decisions/'));

test.each(present)('%s names files and folders that exist', (document) => {
  const named = read(document).matchAll(
    /`((?:bench|cli|docs|events|functions|infra|local|shared|test|web)\/[^`\s…]*)`/g,
  );
  // Files that the guide tells its reader to write do not exist yet.
  const paths = [...named].map(([, path]) => path!).filter((path) => !path.includes('greeting'));
  expect(paths.filter((path) => files(path.replace(/\/$/, '')).length === 0)).toEqual([]);
});

test('the data page names operations that exist, or marks them as planned', () => {
  const ids = new Set(findOperations().map(({ id }) => id));
  const readers = [...read('docs/data.md').matchAll(/^\|[^|]+\|([^|]+)\|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/(?<![\w-])([a-z]+(?:-[a-z]+)+)(?![\w-]|_)/g)].map(([, id]) => id!),
  );
  const others = new Set(['signed-in', 'sign-in']);
  expect(readers.filter((id) => !ids.has(id) && !others.has(id))).toEqual([]);
});

const windows: Readonly<Record<string, string>> = { '1m': 'a minute', '1h': 'an hour' };

test('R3.9: the operating guide has each limit of requests, and nothing else', () => {
  const rows = [...read('docs/operating.md').matchAll(/^\| (\d+ in \w+ \w+) +\| (\w+) +\|([^|;]+)/gm)];
  const told = rows.flatMap(([, limit, per, ids]) =>
    [...ids!.matchAll(/`([\w-]+)`/g)].map(([, id]) => `${id}: ${limit} of one ${per}`),
  );
  const declared = findOperations()
    .filter(isOperation)
    .flatMap(({ id, declaration: { rate } }) =>
      rate.map(({ per, limit: wanted, window }) => {
        const limit = typeof wanted === 'function' ? wanted(parseSettings({})) : wanted;
        return `${id}: ${limit} in ${windows[window]} of one ${per}`;
      }),
    );
  expect(told.toSorted()).toEqual(declared.toSorted());
});

/** The actions that read a table or an index. */
const reads: ReadonlySet<string> = new Set(['GetItem', 'BatchGetItem', 'Query']);

test('the data page names, for each table and index, every operation that reads it by itself', () => {
  const rows = [...read('docs/data.md').matchAll(/^\|[^|]+\|([^|]+)\|([^|]+)\|([^|]+)\|$/gm)].map(
    ([, readers = '', tables = '', key = '']) => ({ readers, tables, key }),
  );
  const isNamed = (id: string, table: string, index = '') =>
    rows.some(
      ({ readers, tables, key }) =>
        tables.includes(table) && key.includes(index) && readers.split(/[^\w-]+/).includes(id),
    );
  const unnamed = findOperations().flatMap(({ id, declaration }) =>
    declaration.uses
      .flatMap(({ grants }) => grants)
      .flatMap((grant) => {
        if (grant.on === 'index')
          return isNamed(id, grant.table, grant.index) ? [] : [`${id}: ${grant.table}, ${grant.index}`];
        if (grant.on !== 'table' || !grant.actions.some((action) => reads.has(action))) return [];
        return isNamed(id, grant.table) ? [] : [`${id}: ${grant.table}`];
      }),
  );
  expect([...new Set(unnamed)]).toEqual([]);
});

test('R3.5: the documents’ four operations have their counterpart', () => {
  const table = read('docs/source-documents.md');
  for (const route of ['verify-invite', 'register', 'verify-session', 'generate-invite'])
    expect(table).toContain(route);
});

test('R5.1 R5.2: the packages and the folders that were asked for are there', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
    string,
    Record<string, string>
  >;
  const wanted = ['client-dynamodb', 'lib-dynamodb', 'client-ses', 'client-kms'].map(
    (name) => `@aws-sdk/${name}`,
  );
  expect(Object.keys(dependencies!)).toEqual(
    expect.arrayContaining([...wanted, '@middy/core', 'jose', 'bcryptjs']),
  );
  expect(Object.keys(devDependencies!)).toEqual(
    expect.arrayContaining(['aws-cdk-lib', 'vitest', 'typescript']),
  );
  for (const name of [
    'package.json',
    'tsconfig.json',
    'cdk.json',
    'infra/app.ts',
    'functions/**',
    'shared/**',
    'test/**',
    'events/**',
  ]) {
    expect(files(name), name).not.toHaveLength(0);
  }
});

test('dependencies are pinned', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json')) as Record<
    string,
    Record<string, string>
  >;
  const all = { ...dependencies, ...devDependencies, ...optionalDependencies };
  expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
