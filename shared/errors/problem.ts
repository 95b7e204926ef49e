import { fieldTexts } from './field-texts.ts';
import { fill, type Locale } from '../locale.ts';
import { showDuration } from '../duration.ts';
import type { Failure, FieldMistake } from './failure.ts';
import { errorTable, type ErrorCode } from './table.ts';

export interface FieldError {
  /** Where in the input, such as `email` or `emails.3`. */
  path: string;
  message: string;
}

/** The body of every error answer (RFC 9457). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
  requestId: string;
  errors?: readonly FieldError[];
}

/** The mistake in a field, in the reader's language. */
export const sayMistake = ({ text, values = {} }: FieldMistake, locale: Locale): string =>
  fill(fieldTexts[text][locale], values);

/** Seconds after which a 503 is worth repeating. */
const restSeconds = 1;

/** @param onPage whether a person reads it on a page. */
export function describe(failure: Failure, locale: Locale, requestId: string, onPage = false): Problem {
  const { status, ...entry } = errorTable[failure.code];
  const usual = (onPage ? entry.onPage : undefined) ?? entry.detail;
  const { errors, values: told = {}, title = entry.title, explain = usual } = failure.detail;
  const values = Object.fromEntries(
    Object.entries(told).map(([name, value]) => [
      name,
      typeof value === 'object' ? showDuration(value, locale) : value,
    ]),
  );
  return {
    type: `urn:latchkey:error:${failure.code}`,
    title: fill(title[locale], values),
    status,
    code: failure.code,
    detail: fill(explain[locale], values),
    requestId,
    ...(errors && {
      errors: errors.map((mistake) => ({ path: mistake.path, message: sayMistake(mistake, locale) })),
    }),
  };
}

/** `Retry-After` in seconds (RFC 9110, 10.2.3), for answers that say when to come back. */
export function retryAfter(failure: Failure): number | undefined {
  return failure.detail.retryAfter ?? (errorTable[failure.code].status === 503 ? restSeconds : undefined);
}
