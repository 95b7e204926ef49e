import { bodyTargets, type BodyTarget, type FieldSchema } from './bodies.ts';

const repeated = (text: string, length: number): string =>
  text.repeat(Math.ceil(length / text.length)).slice(0, length);

/** Patterns that cost careless code more than their length suggests, by name. */
const patterns = {
  'two combining marks in turn, which NFKC sorts': '\u0316\u0301',
  'ligatures that NFKC makes eighteen letters of': '\ufdfa',
  'white space': ' ',
  'emoji joined by U+200D': '👩\u200d',
  'labels of a domain': 'a.',
  'hyphens of a label': 'a-',
  'at signs': '@',
  'brackets, which JSON opens': '[',
  'percent signs': '%',
  'half characters': '\ud800',
  zeros: '\0',
} as const;

/** Each pattern as a text of `length` UTF-16 units. */
export const longTexts = (length: number): [name: string, text: string][] =>
  Object.entries(patterns).map(([name, pattern]) => [name, `a${repeated(pattern, length - 1)}`]);

/** A text field somewhere in a body. */
export interface TextField {
  target: BodyTarget;
  /** For example `email`, `deviceKey.x` or `emails.0`. */
  path: string;
  maxLength: number;
  /** The sample's body with another text in this field. */
  bodyWith(text: string): object;
}

type Put = (text: string) => unknown;

function textsIn(
  { type, maxLength, properties = {}, items }: FieldSchema,
  sample: unknown,
): [string[], number, Put][] {
  if (type === 'string' && maxLength !== undefined) return [[[], maxLength, (text) => text]];
  if (type === 'array' && items)
    return textsIn(items, undefined).map(([path, most, put]) => [
      ['0', ...path],
      most,
      (text) => [put(text)],
    ]);
  if (type !== 'object') return [];
  const values = (sample ?? {}) as Record<string, unknown>;
  return Object.entries(properties).flatMap(([name, field]) =>
    textsIn(field, values[name]).map(([path, most, put]): [string[], number, Put] => [
      [name, ...path],
      most,
      (text) => ({ ...values, [name]: put(text) }),
    ]),
  );
}

/** Every text field of every operation that takes a body. */
export const textFields = (): TextField[] =>
  bodyTargets().flatMap((target) =>
    textsIn({ type: 'object', properties: target.fields }, target.sample).map(([path, maxLength, put]) => ({
      target,
      path: path.join('.'),
      maxLength,
      bodyWith: (text) => put(text) as object,
    })),
  );

/** Names of the fields that a form of ours reads. */
export const formFields = [
  'token',
  'login',
  'email',
  'username',
  'password',
  'passphrase',
  'code',
  'captcha',
  'flow',
  'proof',
  'next',
  'deviceKey',
  'deviceId',
] as const;
