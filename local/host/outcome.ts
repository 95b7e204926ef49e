/** How Lambda describes a failed invocation. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace?: readonly string[];
}

/** What an invocation gave: a payload as JSON text, or an error. */
export type Outcome = { payload: string } | { error: FunctionError };
