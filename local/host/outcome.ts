/** How Lambda describes a failed invocation. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace?: readonly string[];
}

/** Lambda's answer where a function has no instance left; the function is not run. */
export const throttled: FunctionError = {
  errorType: 'TooManyRequestsException',
  errorMessage: 'Rate Exceeded.',
};

/** What an invocation gave: a payload as JSON text, or an error. */
export type Outcome = { payload: string } | { error: FunctionError };
