import type { fieldTexts } from './field-texts.ts';
import type { Text } from '../locale.ts';
import type { TimeSpan } from '../duration.ts';
import type { ErrorCode } from './table.ts';

/** A mistake in one field. The answer puts it in the reader's language. */
export interface FieldMistake {
  /** Where in the input, such as `email` or `emails.3`. */
  path: string;
  text: keyof typeof fieldTexts;
  /** The values in the text; never the visitor's input. */
  values?: Readonly<Record<string, string | number>>;
}

export interface FailureDetail {
  /** The values in the text of the error: numbers, lengths of time, and names of services. */
  values?: Readonly<Record<string, string | number | TimeSpan>>;
  errors?: readonly FieldMistake[];
  /** Texts more exact than the error's own: what is wrong, and what to do. */
  title?: Text;
  explain?: Text;
  /** Seconds until it is worth trying again, for `Retry-After`. */
  retryAfter?: number;
}

/** An error that is meant for the caller. Anything else that is thrown becomes `internal`. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: ErrorCode;
  readonly detail: FailureDetail;

  constructor(code: ErrorCode, detail: FailureDetail = {}) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

/** Ends the operation with one of the errors that it declares. */
export type Fail<Code extends ErrorCode> = (code: Code, detail?: FailureDetail) => never;

/** Ends the request. @throws Failure always. */
export const fail: Fail<ErrorCode> = (code, detail) => {
  throw new Failure(code, detail);
};
