import * as z from 'zod/mini';
import { isOperation } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import type { Operation } from '#shared/operation/operation.ts';
import { readEvent } from './events.ts';

/** The part of JSON Schema that is needed to make a field invalid. */
export interface FieldSchema {
  type?: string;
  maxLength?: number;
  maximum?: number;
  maxItems?: number;
  items?: FieldSchema;
  properties?: Record<string, FieldSchema>;
  required?: string[];
}

/** An operation that takes a body, with the body's declaration and a valid sample. */
export interface BodyTarget {
  id: string;
  declaration: Operation;
  method: string;
  /** The sample event's path. */
  path: string;
  fields: Readonly<Record<string, FieldSchema>>;
  required: readonly string[];
  /** The sample event's body. */
  sample: Readonly<Record<string, unknown>>;
}

const schemaOf = (schema: z.ZodMiniType): FieldSchema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as FieldSchema;

/** Names of the fields of a declared body or query. */
export const fieldNames = (schema: z.ZodMiniType | undefined): string[] =>
  schema ? Object.keys(schemaOf(schema).properties ?? {}) : [];

/** Every operation whose declaration has a body. */
export const bodyTargets = (): BodyTarget[] =>
  findOperations()
    .filter(isOperation)
    .flatMap(({ id, declaration }) => {
      const { body, method } = declaration;
      if (!body) return [];
      const { properties: fields = {}, required = [] } = schemaOf(body);
      const { rawPath: path, body: text = '{}' } = readEvent(id);
      return [
        { id, declaration, method, path, fields, required, sample: JSON.parse(text) as BodyTarget['sample'] },
      ];
    });
