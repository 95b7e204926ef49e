import * as z from 'zod/mini';
import type { Fail, FailureDetail } from '../errors/failure.ts';
import { atMost } from './fields.ts';

/** A whole number in a query. @param preset its value if the query does not name it. */
export function wholeNumber(least: number, most: number, preset: number) {
  const meant = z.describe(`A whole number from ${least} to ${most}; without it ${preset}.`);
  return z._default(
    z.pipe(
      z.pipe(z.string().check(atMost(4), z.regex(/^\d{1,4}$/), meant), z.transform(Number)),
      z.int().check(z.gte(least), z.lte(most)),
    ),
    preset,
  );
}

export const maxPageSize = 100;

/** `?limit` and `?cursor` of every list. */
export const pagingFields = {
  limit: wholeNumber(1, maxPageSize, 25),
  cursor: z.optional(z.string().check(atMost(500), z.regex(/^[\w-]+$/))),
};

/** A list's answer: a page, and the cursor of the next one; null if there is none. */
export const pageOf = <Item extends z.ZodMiniType>(item: Item) =>
  z.object({
    items: z.array(item),
    nextCursor: z
      .nullable(z.string())
      .check(
        z.describe('The `cursor` of the next page. Null alone ends the list: a page can be short, or empty.'),
      ),
  });

/** Where a page of a sorted list ended: the last item's id and the value by which the list is sorted. */
export const listPosition = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(64), z.regex(/^[\w-]+$/)),
  at: z.union([z.int(), z.string().check(z.minLength(1))]),
});

/** Hides a position from clients, which should hand it back and not read it. */
export const writeCursor = (position: object | undefined): string | null =>
  position ? Buffer.from(JSON.stringify(position)).toString('base64url') : null;

/** Refuses half characters, which the store does not accept in a key. */
function refuseHalfCharacters(_name: string, value: unknown): unknown {
  if (typeof value === 'string' && !value.isWellFormed()) throw new SyntaxError('half a character');
  return value;
}

/** What is wrong with a cursor that leads nowhere. */
export const unknownCursor = {
  errors: [{ path: 'cursor', text: 'cursor' }],
} as const satisfies FailureDetail;

/** The position of a cursor, if there is one. @throws Failure `invalid` if it does not match `schema`. */
export function readCursor<T>(
  cursor: string | undefined,
  schema: z.ZodMiniType<T>,
  fail: Fail<'invalid'>,
): T | undefined {
  return cursor === undefined ? undefined : (positionOf(cursor, schema) ?? fail('invalid', unknownCursor));
}

function positionOf<T>(cursor: string, schema: z.ZodMiniType<T>): T | undefined {
  try {
    return schema.safeParse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'), refuseHalfCharacters),
    ).data;
  } catch {
    return undefined;
  }
}
