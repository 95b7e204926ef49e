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

/** The most that Lambda takes as a payload that is not streamed, in bytes. */
const maxPayloadBytes = 6_291_556;

/** What becomes of a payload: too large a one is an error, of which the function learns nothing. */
export const outcomeOf = (payload: string): Outcome =>
  Buffer.byteLength(payload) <= maxPayloadBytes
    ? { payload }
    : {
        error: {
          errorType: 'Function.ResponseSizeTooLarge',
          errorMessage: `Response payload size exceeded maximum allowed payload size (${maxPayloadBytes} bytes).`,
        },
      };

/** What an invocation gave: a payload as JSON text, or an error. */
export type Outcome = { payload: string } | { error: FunctionError };
