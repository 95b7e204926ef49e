import { afterEach, expect, test, vi } from 'vitest';
import { isBounded, maxBodyKibibytes } from '#infra/api/body-limit.ts';
import { isOperation } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { formFields, longTexts, textFields } from '../harness/stack/long-texts.ts';
import * as z from 'zod/mini';

const operations = findOperations().filter(isOperation);
const fields = textFields();
const named = fields.map((field) => [`${field.target.id}: ${field.path}`, field] as const);

/** Far longer than any field accepts. */
const veryLong = 50_000;

/** The pattern by which zod decides whether it must count a text's characters one by one. */
const countsCharacters = String.raw`[\uD800-\uDBFF]`;

/** Methods that process a text, and so read all of it. */
const methods = [
  'normalize',
  'toLowerCase',
  'toUpperCase',
  'trim',
  'replace',
  'replaceAll',
  'split',
  'match',
  'isWellFormed',
  'toWellFormed',
] as const;

afterEach(() => vi.restoreAllMocks());

/** Records the length of every text that is processed. */
function noteLengths(): number[] {
  const lengths: number[] = [];
  for (const name of methods) {
    const own = String.prototype[name] as (this: string, ...rest: unknown[]) => unknown;
    vi.spyOn(String.prototype, name).mockImplementation(function (this: string, ...rest: unknown[]) {
      lengths.push(this.length);
      return own.apply(this, rest) as never;
    });
  }
  const exec = RegExp.prototype.exec;
  vi.spyOn(RegExp.prototype, 'exec').mockImplementation(function (this: RegExp, text: string) {
    if (this.source !== countsCharacters) lengths.push(text.length);
    return exec.call(this, text);
  });
  const iterate = String.prototype[Symbol.iterator];
  vi.spyOn(String.prototype, Symbol.iterator).mockImplementation(function (this: string) {
    lengths.push(this.length);
    return iterate.call(this);
  });
  return lengths;
}

test('C90: what is worked on is noted', () => {
  const lengths = noteLengths();
  expect([/a/.test('abc'), 'ab'.normalize('NFKC'), [...'abcd']].length).toBe(3);
  vi.restoreAllMocks();
  expect(lengths).toEqual([3, 2, 4]);
});

test('C90: every text and list of every body has a greatest length, and so has every body', () => {
  expect(fields.length).toBeGreaterThan(40);
  expect(operations.filter(({ declaration }) => !isBounded(declaration))).toEqual([]);
  const longest = operations
    .filter(({ declaration }) => maxBodyKibibytes(declaration) > 320)
    .map(({ id }) => id);
  // Bodies with a thousand addresses, or with passwords, whose field refuses 1 MiB (C23).
  expect(longest).toEqual([
    'admin-invite-create',
    'admin-invite-preview',
    'email-update',
    'me-delete',
    'password-reset',
    'password-update',
    'registration-create',
    'session-create',
  ]);
});

test.each([
  ['text', z.strictObject({ name: z.string() })],
  ['list', z.strictObject({ names: z.array(z.string().check(z.maxLength(2))) })],
  ['text of a list', z.strictObject({ names: z.array(z.string()).check(z.maxLength(2)) })],
])('C90: a %s without one is a mistake of its declaration', (_, body) => {
  expect(isBounded({ body })).toBe(false);
});

test.each(named)('C90: nothing is done with a longer text: %s', (_, { target, maxLength, bodyWith }) => {
  const { body } = target.declaration;
  for (const [name, text] of longTexts(veryLong)) {
    const input = bodyWith(text);
    const lengths = noteLengths();
    const { success } = body!.safeParse(input);
    vi.restoreAllMocks();
    expect(success, name).toBe(false);
    // The limit counts characters, each of which takes at most two units.
    expect(Math.max(0, ...lengths), name).toBeLessThanOrEqual(2 * maxLength);
  }
});

const forms = operations.flatMap(({ declaration }) => declaration.forms ?? []);
test.each(forms.map((form) => [form.path, form] as const))('C90: nor while a form is read: %s', (_, form) => {
  for (const [name, text] of longTexts(veryLong)) {
    const lengths = noteLengths();
    form.read(Object.fromEntries(formFields.map((field) => [field, text])));
    vi.restoreAllMocks();
    expect(Math.max(0, ...lengths), name).toBeLessThanOrEqual(1_000);
  }
});
