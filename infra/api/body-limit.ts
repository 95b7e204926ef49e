import * as z from 'zod/mini';
import type { Operation } from '#shared/operation/operation.ts';

/** As much of JSON Schema as tells how long a text can be. */
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

/** No body is longer, whatever its fields take: far below Lambda's 6 MB. */
const mostKibibytes = 2_048;

/**
 * Room for white space, for what a form sends beside its operation's fields, and for a text that was pasted by mistake, whose
 * length is told at its field. A password is told so up to 1 MiB (C23).
 */
const reserveKibibytes = { text: 256, password: 1_280 };

/** Of a character that a form sends (`%E9%8D%B5`); JSON writes it in six bytes at most (`\u9375`). */
const bytesPerCharacter = 9;

/** Characters of the longest JSON that a schema takes; Infinity where a text or a list has no bound. */
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

/** Whether every text and every list of a body has a length that it cannot exceed. */
export const isBounded = (operation: Pick<Operation, 'body'>): boolean =>
  Number.isFinite(longestJson(schemaOf(operation)));

/** The longest body that the routes of an operation take, by its fields. What is longer is not even parsed (C90). */
export function maxBodyKibibytes(operation: Pick<Operation, 'body'>): number {
  const schema = schemaOf(operation);
  const reserve = takesPassword(schema) ? reserveKibibytes.password : reserveKibibytes.text;
  return Math.min(mostKibibytes, reserve + Math.ceil((bytesPerCharacter * longestJson(schema)) / 1_024));
}
