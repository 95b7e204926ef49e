import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** The part of JSON Schema that the document uses. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
}

interface Described {
  operationId: string;
  parameters?: { name: string; in: 'path' | 'query' | 'header'; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

/** An operation of the document, with its method and path. */
export interface Target extends Described {
  method: string;
  path: string;
}

interface Document {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: { Problem: Schema } };
}

const document = JSON.parse(
  readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8'),
) as Document;

/** All operations of the document, including forms. */
export const targets: readonly Target[] = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, described]) => ({ ...described, method: method.toUpperCase(), path })),
);

const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema(document.components.schemas.Problem, 'problem');

const compiled = new WeakMap<Schema, ValidateFunction>();

/** How `value` differs from the schema; empty if it does not. */
export function differences(schema: Schema, value: unknown): string {
  const known = compiled.get(schema);
  const validate =
    known ??
    ajv.compile(
      JSON.parse(JSON.stringify(schema).replaceAll('#/components/schemas/Problem', 'problem')) as object,
    );
  if (!known) compiled.set(schema, validate);
  return validate(value) ? '' : ajv.errorsText(validate.errors);
}
