import * as z from 'zod/mini';
import { parseJson } from './parse-json.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What is wrong with a setting's value, in a sentence. If command-line text was meant to be JSON, the sentence names the place in it. */
export function mistaken(setting: string, field: z.ZodMiniType, value: unknown): string {
  const schema = z.toJSONSchema(field, { io: 'input' });
  if (typeof value === 'string' && /^\s*[[{]/.test(value) && isMadeOfParts(schema)) {
    const parsed = parseJson(value);
    if ('mistake' in parsed) return `${setting} is not JSON: ${parsed.mistake} It is ${value}`;
  }
  return `${setting} must be ${expectation(schema)}; it is ${JSON.stringify(value)}.`;
}

const isMadeOfParts = ({ type, anyOf }: JsonSchema): boolean =>
  type === 'object' || type === 'array' || Boolean(anyOf?.some((one) => isMadeOfParts(one as JsonSchema)));

/** The values that a JSON Schema of one setting accepts, in words: `a whole number from 1 to 365`. */
function expectation(schema: JsonSchema): string {
  const { description, anyOf, enum: values, const: only, type, minimum, maximum } = schema;
  if (description) return description;
  if (anyOf) return anyOf.map((option) => expectation(option as JsonSchema)).join(' or ');
  if (values) return `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`;
  if (only !== undefined) return JSON.stringify(only);
  if (type === 'integer') return `a whole number${range(minimum, maximum)}`;
  if (type === 'number') return `a number${range(minimum, maximum)}`;
  if (type === 'boolean') return 'true or false';
  if (type === 'string') return text(schema);
  if (type === 'array')
    return `a list in JSON${count(schema)}, each of it ${expectation(schema.items as JsonSchema)}`;
  if (type === 'object') return 'an object in JSON';
  return String(type);
}

/** Bounds beyond the safe integers are JSON Schema's way to say "whole number", not limits of the setting. */
function range(least = -Infinity, most = Infinity): string {
  const from = Math.abs(least) < Number.MAX_SAFE_INTEGER ? least : undefined;
  const to = Math.abs(most) < Number.MAX_SAFE_INTEGER ? most : undefined;
  if (from !== undefined && to !== undefined) return ` from ${from} to ${to}`;
  return from === undefined ? '' : ` of ${from} or more`;
}

function count({ minItems = 0, maxItems }: JsonSchema): string {
  if (maxItems === undefined) return '';
  return minItems > 0 ? ` of ${minItems} to ${maxItems}` : ` of ${maxItems} at most`;
}

const formats: Record<string, string> = { email: 'an email address', uri: 'a URL with its scheme' };

function text({ format, pattern, minLength, maxLength }: JsonSchema): string {
  if (format && formats[format]) return formats[format];
  const length =
    minLength !== undefined && maxLength !== undefined ? ` of ${minLength} to ${maxLength} characters` : '';
  return `text${length}${pattern ? ` that matches ${pattern}` : ''}`;
}
