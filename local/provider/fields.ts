import { isObject } from '../base/is-object.ts';
import { Refusal } from './answer.ts';

type Fields = Record<string, unknown>;

/** A request's body. @throws Refusal if it is not a JSON object. */
export function readBody(text: string, message: string): Fields {
  try {
    const body: unknown = JSON.parse(text);
    if (isObject(body)) return body;
  } catch {
    // Not JSON: answered below.
  }
  throw new Refusal(400, message);
}

/** The fields, if all the named ones have a value. Empty texts and empty lists count as missing. @throws Refusal */
export function required(
  fields: Fields,
  names: readonly string[],
  mistake: (name: string) => { message: string; param?: string; code?: string },
): Fields {
  const missing = names.find((name) => {
    const value = fields[name];
    return (
      value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
    );
  });
  if (missing === undefined) return fields;
  const { message, ...details } = mistake(missing);
  throw new Refusal(400, message, details);
}
