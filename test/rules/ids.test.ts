import { expect, test } from 'vitest';
import { files, read, source } from './files.ts';

const pages = ['docs/requirements.md', 'docs/cases.md'];
const idsIn = (text: string): string[] => text.match(/\b(?:R\d+\.\d+|C\d+)\b/g) ?? [];

const rows = pages.flatMap((page) =>
  [...read(page).matchAll(/^\| ((?:R\d+\.|C)\d+) .*\| (yes|not yet) +\|$/gm)].map(([, id, tested]) => ({
    id: id!,
    tested: tested === 'yes',
  })),
);

test('every id that is used has one row in docs/requirements.md or docs/cases.md', () => {
  const known = rows.map(({ id }) => id);
  const places = [...source, ...files('test/**/*.ts'), ...files('*.md'), ...files('docs/**/*.md')];
  const unknown = places.flatMap((file) =>
    idsIn(read(file))
      .filter((id) => !known.includes(id))
      .map((id) => `${file}: ${id}`),
  );
  expect(unknown).toEqual([]);
  expect(known.filter((id, place) => known.indexOf(id) !== place)).toEqual([]);
});

test('an id is marked as tested if and only if it stands in the name of a test', () => {
  // An id in a comment proves nothing.
  const code = files('test/**/*.test.ts').map((file) => read(file).replaceAll(/^\s*(\/\/|\/?\*).*$/gm, ''));
  const inTests = new Set(code.flatMap(idsIn));
  const wrong = rows
    .filter(({ id, tested }) => tested !== inTests.has(id))
    .map(
      ({ id, tested }) =>
        `${id} is marked "${tested ? 'yes' : 'not yet'}", and ${tested ? 'no' : 'a'} test has it`,
    );
  expect(wrong).toEqual([]);
});
