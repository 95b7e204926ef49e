import type { Parameters } from '../http/parameters.ts';

/**
 * Says in the address to which people come back after signing in again since when they must have. It is no promise to the
 * app, which looks at `auth_time`.
 */
export const sinceParameter = 'signed_in_since';

/** What is read of an authorization request; the rest is ignored (RFC 6749, 3.1). */
const carriedNames = [
  'response_type',
  'response_mode',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'resource',
  'prompt',
  'max_age',
  'id_token_hint',
  'login_hint',
  'ui_locales',
  sinceParameter,
] as const;

/** Longest `state`, in characters of a query: it goes back in a header, and gateways take headers of some 10,000. */
export const mostState = 2_000;
/** Whether a `state` is longer than that, counted as it is written in a query. */
export const isLongState = (state: string): boolean => encodeURIComponent(state).length > mostState;

/** Longest request, in characters of a query: it goes along in the address of the page where people sign in. */
const mostCharacters = 3_900;

/**
 * What of an authorization request goes along through the pages on its way, and comes back from them. A form of a page has fields of
 * these names alone: others could hide what the form itself is called by in a script.
 */
export const carriedParameters = ({ values }: Parameters): Record<string, string> =>
  Object.fromEntries(
    carriedNames.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );

/** Whether a request is too long to be carried. */
export const isTooLong = (parameters: Parameters): boolean =>
  String(new URLSearchParams(carriedParameters(parameters))).length > mostCharacters;
