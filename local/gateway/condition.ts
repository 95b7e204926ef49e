import * as z from 'zod/mini';
import { arnMatches } from './wildcard.ts';

/** What IAM knows of a request, by condition key, such as `ses:FromAddress`. */
export type Context = Readonly<Record<string, string>>;

/** A text, or a list of texts. */
export const listSchema = z.pipe(
  z.union([z.string(), z.array(z.string())]),
  z.transform((value) => (typeof value === 'string' ? [value] : value)),
);

/** Whether a condition's operator accepts the request's value. A missing value satisfies `Null` only. */
const operators = {
  StringEquals: (wanted: string, value?: string) => wanted === value,
  ArnLike: (wanted: string, value?: string) => value !== undefined && arnMatches(wanted, value),
  Null: (wanted: string, value?: string) => wanted === String(value === undefined),
} as const;
type Operator = keyof typeof operators;

const valuesSchema = z.optional(z.record(z.string(), listSchema));

// Strict, so that an operator which is not served stops the stack instead of being ignored.
export const conditionSchema = z.strictObject({
  StringEquals: valuesSchema,
  ArnLike: valuesSchema,
  Null: valuesSchema,
} satisfies Record<Operator, typeof valuesSchema>);

export type Condition = z.output<typeof conditionSchema>;

/** Whether a request fulfils a condition: every key must match at least one of its values. */
export const fulfils = (context: Context, condition: Condition): boolean =>
  (Object.keys(operators) as Operator[]).every((operator) =>
    Object.entries(condition[operator] ?? {}).every(([key, values]) =>
      values.some((wanted) => operators[operator](wanted, context[key])),
    ),
  );
