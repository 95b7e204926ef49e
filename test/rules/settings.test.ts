import { expect, test } from 'vitest';
import { files, read, source } from './files.ts';

/** Ways to read settings that hide which ones are read: a computed name, all at once, the rest of a pattern. */
const unseen = [
  /\b[sS]ettings\)?!?(\?\.)?\[/,
  /\.\.\.\s*([\w.]+\.)?settings\b/,
  /\b(keys|values|entries|assign|fromEntries|stringify|getOwn\w+)\(\s*([\w.]+\.)?settings\b/,
  /\bin\s+([\w.]+\.)?settings\b/,
  /\{[^{}]*\.\.\.\w+\s*\}\s*=\s*([\w.]+\.)?settings\b/,
];

test('nobody reads a setting by a computed name, so that the names in its code are all that a function needs', () => {
  const wrong = files('{functions,shared,web}/**/*.ts').filter((file) =>
    unseen.some((way) => way.test(read(file))),
  );
  expect(wrong).toEqual([]);
});

test('the check above sees each such way', () => {
  const ways = [
    'settings[name]',
    'config.settings?.[name]',
    '{ ...config.settings }',
    'Object.entries(config.settings)',
    'JSON.stringify(settings)',
    'name in settings',
    'const { locale, ...rest } = config.settings;',
  ];
  for (const way of ways)
    expect(
      unseen.some((pattern) => pattern.test(way)),
      way,
    ).toBe(true);
  expect(unseen.some((pattern) => pattern.test('config.settings.locale; f({ settings })'))).toBe(false);
});

test('the schema of the settings, which names them all, is in no bundle', () => {
  const importers = files('{functions,shared,web}/**/*.ts').filter((file) =>
    /^import (?!type )[^;]*deployment\/settings\.ts'/m.test(read(file)),
  );
  expect(importers).toEqual([]);
});

test('where a lock or a mailed code is told of, it is by its setting and not by the default', () => {
  // The fixed times in italics are the requirements' defaults, and the changelog tells of the past.
  const told = [...files('*.md'), ...files('docs/*.md'), ...source].filter((file) => file !== 'CHANGELOG.md');
  const fixed = /\b(30 minutes(?!_)|half an hour|[Ff]ive (failures|wrong passwords))\b/;
  expect(told.filter((file) => fixed.test(read(file)))).toEqual([]);
});

test('how many invites one answer counts has one home', () => {
  const homes = files('{functions,shared,web,cli}/**/*.{ts,tsx}').filter((file) =>
    /\b50[_,]000\b/.test(read(file)),
  );
  expect(homes).toEqual(['shared/invites/limits.ts']);
});
