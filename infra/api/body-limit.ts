import * as z from 'zod/mini';
import type { Operation } from '#shared/operation/operation.ts';

/** The parts of JSON Schema that bound the length of a text. */
interface BodySchema {
  type?: string;
  anyOf?: BodySchema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  maxLength?: number;
  maxItems?: number;
  items?: BodySchema;
  properties?: Record<string, BodySchema>;
}

/** No body may be longer, whatever its fields allow. This is far below Lambda's 6 MB. */
const mostKibibytes = 2_048;

/**
 * Room for white space, for a form's further fields, and for an overlong text that was pasted by mistake, so that its field can
 * report the length. A password field can report it up to 1 MiB (C23).
 */
const reserveKibibytes = { text: 256, password: 1_280 };

/** In a form, a character takes nine bytes at most (`%E9%8D%B5`); in JSON, six (`\u9375`). */
const bytesPerCharacter = 9;

/** Length in characters of the longest JSON that a schema accepts; Infinity if a text or a list has no bound. */
function longestJson(schema: BodySchema): number {
  const { type, anyOf, maxLength = Infinity, maxItems = Infinity, items = {}, properties = {} } = schema;
  const choices = schema.enum ?? ('const' in schema ? [schema.const] : undefined);
  if (anyOf) return Math.max(...anyOf.map(longestJson));
  if (choices) return Math.max(...choices.map((choice) => JSON.stringify(choice).length));
  if (type === 'string') return maxLength + 2;
  if (type === 'array') return maxItems * (longestJson(items) + 1) + 2;
  if (type !== 'object') return String(Number.MIN_SAFE_INTEGER).length;
  const entries = Object.entries(properties);
  return entries.reduce((sum, [name, field]) => sum + name.length + 4 + longestJson(field), 2);
}

const schemaOf = ({ body }: Pick<Operation, 'body'>): BodySchema =>
  body ? (z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) as BodySchema) : { type: 'object' };

const takesPassword = ({ properties = {} }: BodySchema): boolean =>
  Object.values(properties).some(({ format }) => format === 'password');

/** Whether every text and every list of a body has a maximum length. */
export const isBounded = (operation: Pick<Operation, 'body'>): boolean =>
  Number.isFinite(longestJson(schemaOf(operation)));

/** The longest body that an operation's routes accept, computed from its fields. A longer body is not even parsed (C90). */
export function maxBodyKibibytes(operation: Pick<Operation, 'body'>): number {
  const schema = schemaOf(operation);
  const reserve = takesPassword(schema) ? reserveKibibytes.password : reserveKibibytes.text;
  return Math.min(mostKibibytes, reserve + Math.ceil((bytesPerCharacter * longestJson(schema)) / 1_024));
}
