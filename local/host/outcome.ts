/** How Lambda describes a failed invocation. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace?: readonly string[];
}

/** Lambda's answer if no instance of a function is free. The function does not run. */
export const throttled: FunctionError = {
  errorType: 'TooManyRequestsException',
  errorMessage: 'Rate Exceeded.',
};

/** The largest payload in bytes that Lambda accepts without streaming. */
const maxPayloadBytes = 6_291_556;

/** The outcome for a payload. A payload that is too large becomes an error, and the function does not learn of it. */
export const outcomeOf = (payload: string): Outcome =>
  Buffer.byteLength(payload) <= maxPayloadBytes
    ? { payload }
    : {
        error: {
          errorType: 'Function.ResponseSizeTooLarge',
          errorMessage: `Response payload size exceeded maximum allowed payload size (${maxPayloadBytes} bytes).`,
        },
      };

/** The result of an invocation: a payload as JSON text, or an error. */
export type Outcome = { payload: string } | { error: FunctionError };
