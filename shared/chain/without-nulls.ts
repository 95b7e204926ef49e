import type * as z from 'zod/mini';

type Shape = Readonly<Record<string, z.ZodMiniType>>;

const shapeOf = (schema: z.ZodMiniType): Shape => (schema._zod.def as { shape?: Shape }).shape ?? {};

/** Whether a field may be left out, and null says nothing else of it. */
const isLeftOutByNull = (field: z.ZodMiniType | undefined): boolean =>
  field !== undefined && field.safeParse(undefined).success && !field.safeParse(null).success;

/**
 * A body without the optional fields that are null, as many clients write what they leave out (C83). Where null has a meaning of its
 * own, such as a life without an end, the field's schema takes it, and it stays.
 */
export function withoutNulls(schema: z.ZodMiniType, body: object): object {
  const shape = shapeOf(schema);
  const kept = Object.entries(body).filter(
    ([name, value]) => value !== null || !Object.hasOwn(shape, name) || !isLeftOutByNull(shape[name]),
  );
  return kept.length === Object.keys(body).length ? body : Object.fromEntries(kept);
}
