import type * as z from 'zod/mini';

type Shape = Readonly<Record<string, z.ZodMiniType>>;

const shapeOf = (schema: z.ZodMiniType): Shape => (schema._zod.def as { shape?: Shape }).shape ?? {};

/** Whether a field is optional, and null has no meaning of its own. */
const isLeftOutByNull = (field: z.ZodMiniType | undefined): boolean =>
  field !== undefined && field.safeParse(undefined).success && !field.safeParse(null).success;

/**
 * A body without its optional fields that are null: many clients write null for a field that they leave out (C83). If null has a
 * meaning of its own, such as a life without an end, the field's schema accepts it, and it stays.
 */
export function withoutNulls(schema: z.ZodMiniType, body: object): object {
  const shape = shapeOf(schema);
  const kept = Object.entries(body).filter(
    ([name, value]) => value !== null || !Object.hasOwn(shape, name) || !isLeftOutByNull(shape[name]),
  );
  return kept.length === Object.keys(body).length ? body : Object.fromEntries(kept);
}
