import type { FunctionError, Outcome } from './outcome.ts';

/** The failure of a directly invoked function; `name` is the error type that Lambda reports. */
export class FunctionFailure extends Error {
  readonly trace: readonly string[];

  constructor({ errorType, errorMessage, trace = [] }: FunctionError) {
    super(errorMessage);
    this.name = errorType;
    this.trace = trace;
  }
}

/** The payload of an outcome. Throws the outcome's error. */
export function payloadOf(outcome: Outcome): unknown {
  if ('error' in outcome) throw new FunctionFailure(outcome.error);
  return JSON.parse(outcome.payload);
}
