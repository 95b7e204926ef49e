import { fail, type FieldMistake } from '../errors/failure.ts';
import type { Operation } from '../operation/operation.ts';
import { fieldMistakes } from '../http/field-mistakes.ts';
import { hasTooMany, readParameters, readText } from './read-body.ts';
import type { Event, Exchange, Runtime, Step } from './step.ts';
import { withoutNulls } from './without-nulls.ts';

/** Reads path, query and body and checks them by the declaration's schemas, reporting every mistake at once. */
export function parseInput({ operation, config }: Runtime): Step {
  return {
    before: ({ event, context }) => {
      const { exchange } = context;
      if (operation.kind === 'endpoint') {
        exchange.input = { parameters: readParameters(event) };
        return;
      }
      const { form, fields } = exchange;
      const raw =
        form && fields
          ? form.read(fields)
          : {
              params: event.pathParameters,
              body: operation.body && withoutNulls(operation.body, readJson(event)),
            };
      const more = (isAlone: boolean) => (fields && form?.mistakes?.(fields, config.settings, isAlone)) ?? [];
      exchange.input = check(operation, { ...raw, query: event.queryStringParameters ?? {} }, more);
    },
  };
}

const parts = ['params', 'query', 'body'] as const;

function check(
  operation: Operation,
  raw: Exchange['input'],
  more: (isAlone: boolean) => FieldMistake[],
): Exchange['input'] {
  const input: Exchange['input'] = {};
  const found = parts.flatMap((part) => {
    const result = operation[part]?.safeParse(raw[part] ?? {});
    if (!result) return [];
    if (!result.success) return fieldMistakes(result.error.issues, raw[part]);
    input[part] = result.data;
    return [];
  });
  const errors = [...found, ...more(found.length === 0)];
  if (errors.length > 0) fail('invalid', { errors });
  return input;
}

/** Far more parts of JSON than any real body has: a thousand addresses have three thousand. */
const mostParts = 10_000;

function readJson(event: Event): object {
  const text = readText(event);
  if (text === '') return {};
  if (hasTooMany(text, '",:[{', mostParts)) fail('invalid', { errors: [{ path: '', text: 'unknown' }] });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    fail('malformed');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail('malformed');
  return value;
}
