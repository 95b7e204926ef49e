import * as z from 'zod/mini';
import { arnMatches } from './wildcard.ts';

/** What IAM knows of a request, by condition key, such as `ses:FromAddress`. */
export type Context = Readonly<Record<string, string>>;

/** A text, or a list of texts. */
export const listSchema = z.pipe(
  z.union([z.string(), z.array(z.string())]),
  z.transform((value) => (typeof value === 'string' ? [value] : value)),
);

const operators = {
  StringEquals: (wanted: string, value: string) => wanted === value,
  ArnLike: arnMatches,
} as const;
type Operator = keyof typeof operators;

const valuesSchema = z.optional(z.record(z.string(), listSchema));

// Strict, so that an operator which is not served stops the stack instead of being ignored.
export const conditionSchema = z.strictObject({
  StringEquals: valuesSchema,
  ArnLike: valuesSchema,
} satisfies Record<Operator, typeof valuesSchema>);

export type Condition = z.output<typeof conditionSchema>;

/** Whether a request fulfils a condition: for each key one of its values. A key that the request lacks fulfils none. */
export const fulfils = (context: Context, condition: Condition): boolean =>
  (Object.keys(operators) as Operator[]).every((operator) =>
    Object.entries(condition[operator] ?? {}).every(([key, values]) => {
      const value = context[key];
      return value !== undefined && values.some((wanted) => operators[operator](wanted, value));
    }),
  );
