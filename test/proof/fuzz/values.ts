import * as fc from 'fast-check';
import type { Schema } from './document.ts';

/** Texts that have broken programs before, and words of ours where they do not belong. `@name@` stands for a value of the world. */
const hostileTexts = [
  '',
  ' ',
  '0',
  '-1',
  'null',
  'undefined',
  'true',
  'NaN',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'a\udfffb',
  '\u202eabc',
  '\ufeff',
  '﷽',
  '💥'.repeat(20),
  'ＡＢＣ',
  'İıſK',
  'e\u0301'.repeat(30),
  '__proto__',
  'constructor',
  'hasOwnProperty',
  "'; DROP TABLE users; --",
  '{{7*7}}',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '%00',
  '%ff',
  '%2e%2e%2f',
  'a\r\nset-cookie: x=1',
  'a@b',
  'a@example.com',
  `${'a'.repeat(64)}@example.com`,
  'x'.repeat(255),
  'x'.repeat(3_000),
  '9999-12-31',
  '2026-02-30',
  '0000-00-00',
  '-271821-04-20T00:00:00.000Z',
  '9'.repeat(40),
  '1e999',
  'current',
  'others',
  '@adminId@',
  '@memberId@',
  '@memberEmail@',
  '@memberName@',
  '@inviteId@',
  '@usedInvite@',
  '@session@',
  '@accessToken@',
];

export const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 24 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 24 }) },
);

/** Numbers that JSON.stringify never writes, in the form in which they are sent. */
const rawNumbers = ['1e999', '-1e999', '123456789012345678901234567890', '0.1e-400', '-0', '1E1'];

export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: anyText },
  { weight: 2, arbitrary: fc.constantFrom(...rawNumbers.map((number) => `@raw:${number}@`)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 2 ** 53, -(2 ** 31), [], {}, [[]]),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>({ __proto__: null, toString: 1 }, { length: 1e9 }, ['a', 1, null]),
  },
);

const textLike = ({ pattern, minLength = 0, maxLength = 60, format }: Schema): fc.Arbitrary<unknown> => {
  const short = Math.max(minLength, Math.min(maxLength, 24));
  const plain = fc.string({ minLength, maxLength: short });
  if (format === 'email') return fc.emailAddress({ size: 'xsmall' });
  if (pattern === undefined)
    return fc.oneof(plain, fc.string({ unit: 'grapheme', minLength, maxLength: short }));
  try {
    return fc.stringMatching(new RegExp(pattern), { size: 'xsmall' });
  } catch {
    // fast-check cannot generate for patterns with look-around.
    return plain;
  }
};

/** Mostly small numbers: a thousand of something costs as much as a thousand requests. */
const numberLike = ({ type, minimum = 0, maximum = 2 ** 31 }: Schema): fc.Arbitrary<unknown> => {
  const low = Math.max(minimum, -(2 ** 31));
  const few = fc.integer({ min: low, max: Math.min(maximum, low + 3) });
  const any = type === 'number' ? fc.double({ min: low, max: maximum, noNaN: true }) : few;
  return fc.oneof({ weight: 30, arbitrary: few }, { weight: 1, arbitrary: any });
};

/** Values that fit a schema. */
export function valueOf(schema: Schema): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(valueOf));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => valueOf({ ...schema, type })));
  switch (schema.type) {
    case 'string':
      return textLike(schema);
    case 'integer':
    case 'number':
      return numberLike(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const { items = {}, minItems = 0, maxItems = 3 } = schema;
      return fc.array(valueOf(items), {
        minLength: minItems,
        maxLength: Math.max(minItems, Math.min(maxItems, 3)),
      });
    }
    case 'object': {
      const { properties = {}, required = [] } = schema;
      const fields = Object.fromEntries(
        Object.entries(properties).map(([name, one]) => [name, valueOf(one)]),
      );
      return fc.record(fields, { requiredKeys: required });
    }
    default:
      return anyValue;
  }
}
