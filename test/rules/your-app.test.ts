import { expect, test } from 'vitest';
import { commands } from '#cli/commands.ts';
import { readSettings } from '#infra/settings/settings.ts';
import { files, read } from './files.ts';

/** The recipes for apps. Each one quotes a file that tests run. */
const guide = read('docs/your-app.md');

/** Blocks of code, without the indentation of the list around them. */
const blocks = [...guide.matchAll(/^( *)```(\w+) ?(\S*)\n([^]*?)^ *```$/gm)].map(
  ([, indent = '', language = '', file = '', code = '']) => ({
    language,
    file,
    code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }),
);

const recipes = blocks.filter(({ language }) => language !== 'json' && language !== 'sh');

test.each(recipes)('R6.6: the recipe of $file is that file, or a part of it', ({ file, code }) => {
  expect(files(file)).toEqual([file]);
  expect(read(file)).toContain(code);
});

test('R6.6: each example stands in the guide', () => {
  const shown = new Set(recipes.map(({ file }) => file.split('/')[1]));
  expect(files('examples/*').map((folder) => folder.split('/')[1])).toEqual([...shown].toSorted());
});

test('R6.4 R6.6: its settings are ones that a deployment takes', () => {
  const settings = blocks.filter(({ language }) => language === 'json').map(({ code }) => JSON.parse(code));
  expect(settings).toHaveLength(1);
  for (const latchkey of settings) expect(readSettings({ latchkey }).apps).toHaveProperty('portal');
});

test('R6.6: its commands are ones of the command line', () => {
  const typed = blocks.filter(({ language }) => language === 'sh').map(({ code }) => code.trim());
  expect(typed).toHaveLength(1);
  const known = commands.map(({ name }) => `npm run -s latchkey -- ${name} `);
  for (const line of typed)
    expect(
      known.some((name) => line.startsWith(name)),
      line,
    ).toBe(true);
});

test('R6.1: each test that the table of the standards names is there, and each of its rows names one', () => {
  const rows = read('docs/openid.md')
    .split('\n')
    .filter((line) => /^\| (?!section|standard|-)/.test(line));
  expect(rows.length).toBeGreaterThan(30);
  const missing = rows.flatMap((row) => {
    const cell = row.split('|').at(-2)!;
    const names = [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    if (names.length === 0) return cell.trim() === '–' ? [] : [row];
    return names.filter((name) => files(`test/{operations/,}${name}.test.ts`).length === 0);
  });
  expect(missing).toEqual([]);
});
