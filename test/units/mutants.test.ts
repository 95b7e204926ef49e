import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { stripTypeScriptTypes } from 'node:module';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { mutateCondition, mutateUpdate } from '../proof/mutants/expressions.ts';
import { explained } from '../proof/mutants/explained.ts';
import { testsOf } from '../proof/mutants/folders.ts';
import { instrument } from '../proof/mutants/instrument.ts';
import { none, openSwitch, recording, switchSource } from '../proof/mutants/switch.ts';

const directory = mkdtempSync(join(tmpdir(), 'latchkey-switch-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** The exports of a mutated source, and the switch that its mutants use. */
async function load<Exports>(name: string, source: string) {
  const { code, mutants } = instrument(`${name}.ts`, source, 1);
  const file = join(directory, `${name}.switch`);
  const asked = openSwitch(file, mutants.length);
  writeFileSync(join(directory, `${name}-switch.mjs`), switchSource(file));
  const module = join(directory, `${name}.mjs`);
  writeFileSync(module, stripTypeScriptTypes(code.replace('#shared/mutant.mjs', `./${name}-switch.mjs`)));
  return { exports: (await import(pathToFileURL(module).href)) as Exports, mutants, asked };
}

const source = `
export const isOver = (at: number, now: number): boolean => at <= now;
export function list(names: string[]): object {
  const found = names.filter((name) => name !== 'x' && !name.startsWith('y'));
  if (found.length === 0) throw new Error('none');
  return { found, ...noteWrites(found), parts: [{ when: 'a = :b AND c < :d', set: 'e = e + :one' }, ...found] };
}
const noteWrites = (found: string[]) => ({ note: found[0] });
`;

interface Exports {
  isOver(at: number, now: number): boolean;
  list(names: string[]): Record<string, unknown>;
}

test('a mutated source behaves as it is while no mutant is active, and otherwise by each of them', async () => {
  const { exports, mutants, asked } = await load<Exports>('behaves', source);
  const behave = (): string => {
    try {
      return JSON.stringify([exports.isOver(1, 1), exports.list(['x', 'y', 'z'])]);
    } catch (error) {
      return String(error);
    }
  };
  const plain = (await import(
    `data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(source))}`
  )) as Exports;
  asked.activate(none);
  const before = behave();
  expect(before).toBe(JSON.stringify([plain.isOver(1, 1), plain.list(['x', 'y', 'z'])]));
  const unnoticed = mutants.filter(({ number }) => {
    asked.activate(number);
    return behave() === before;
  });
  asked.close();
  // The test's list is not empty, so it cannot notice a change to the code for an empty list.
  expect(unnoticed.map(({ from, to }) => [from, to])).toEqual([
    ['found.length === 0', 'false'],
    ["throw new Error('none');", ''],
  ]);
});

test('an `else` stays with its `if` where that has no braces', async () => {
  const either = `export function either(isFirst) { let said = ''; if (isFirst) said = 'one'; else said = 'other'; return said; }`;
  const { exports, asked } = await load<{ either(isFirst: boolean): string }>('either', either);
  asked.activate(none);
  expect([exports.either(true), exports.either(false)]).toEqual(['one', 'other']);
  asked.close();
});

test('what was reached is noted of each mutant, while that is recorded', async () => {
  const { exports, mutants, asked } = await load<Exports>('reached', source);
  exports.isOver(1, 1);
  expect(asked.takeReached()).toEqual([]);
  asked.activate(recording);
  exports.isOver(1, 1);
  const reached = asked.takeReached();
  asked.close();
  expect(mutants.filter(({ number }) => reached.includes(number)).map(({ to }) => to)).toEqual(['at < now']);
});

test('a test that looks at too little lets a mutant live, and one that looks at the border kills it', async () => {
  const { exports, mutants, asked } = await load<Exports>('weak', source);
  asked.activate(mutants.find(({ from }) => from === 'at <= now')!.number);
  expect([exports.isOver(1, 2), exports.isOver(2, 1)]).toEqual([true, false]);
  expect(exports.isOver(1, 1)).toBe(false);
  asked.close();
});

test('conditions hold without one of their parts, with all their names and values', () => {
  expect(mutateCondition('#a = :a AND attribute_not_exists(b)')).toEqual([
    '(#a = :a OR NOT #a = :a) AND attribute_not_exists(b)',
    '#a = :a AND (attribute_not_exists(b) OR NOT attribute_not_exists(b))',
    '#a <> :a AND attribute_not_exists(b)',
    '#a = :a AND attribute_exists(b)',
  ]);
  expect(mutateCondition('size(c) < :n')).toContain('size(c) <= :n');
});

test('updates leave one of their changes out, or count the other way', () => {
  expect(mutateUpdate('SET uses = uses + :one, #state = :used')).toEqual([
    'SET mutantLeftOut = uses + :one, #state = :used',
    'SET uses = uses + :one, mutantLeftOut = if_not_exists(#state, :used)',
    'SET uses = uses - :one, #state = :used',
  ]);
  expect(mutateUpdate("SET #ttl = :ttl${first ? ', #hash = :hash' : ''}")).toEqual([
    "SET mutantLeftOut = if_not_exists(#ttl, :ttl)${first ? ', #hash = :hash' : ''}",
  ]);
  expect(mutateUpdate('underWay.#id')).toEqual(['#id']);
  expect(mutateUpdate("REMOVE ${names.join(', ')}")).toEqual([]);
});

test('of the fields that a write sets or removes, each is left out', () => {
  const fields = `const write = (row, isLast) => setFields({ uses: row.uses, note: undefined, ...(isLast && { state: 'used' }), ttl });`;
  const { mutants } = instrument('fields.ts', fields, 1);
  expect(mutants.filter(({ to }) => to === '').map(({ from }) => from)).toEqual([
    'uses: row.uses',
    'note: undefined',
    "state: 'used'",
    'ttl',
  ]);
});

test('what runs once is left as it is, since a warm function would not run it again', () => {
  const once = `const limit = 3 * 4; export const use = capability('x', [], (config) => { const a = 1 < 2; return { f: () => 1 < 2 }; });`;
  expect(instrument('once.ts', once, 1).mutants).toHaveLength(1);
});

test('each mutant whose survival is explained still exists in its file', () => {
  const gone = explained.filter(({ id, file }) => {
    const { mutants } = instrument(file, readFileSync(file, 'utf8'), 1);
    return !mutants.some((mutant) => mutant.id === id);
  });
  expect(gone).toEqual([]);
});

test('each test file that mutants meet exists, and has no client of AWS in its own process', () => {
  for (const pattern of Object.values(testsOf).flat()) {
    const files = globSync(pattern);
    expect(files, pattern).not.toEqual([]);
    expect(files.filter((file) => /process\.env\b/.test(readFileSync(file, 'utf8')))).toEqual([]);
  }
});
