import type { Parameters } from '../http/parameters.ts';

/**
 * Parameter of the address to which people return after signing in again: the earliest time at which that sign-in counts,
 * in milliseconds. It promises nothing to the app, which checks `auth_time`.
 */
export const sinceParameter = 'signed_in_since';

/** Parameters of an authorization request that we read; others are ignored (RFC 6749, 3.1). */
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
/** Whether a `state` is longer than `mostState`, counted as it is written in a query. */
export const isLongState = (state: string): boolean => encodeURIComponent(state).length > mostState;

/** Longest request, in characters of a query: the address of the sign-in page carries it. */
const mostCharacters = 3_900;

/**
 * The parameters of an authorization request that pages on its way carry along and return. A page's form has fields of these names
 * only: other names, chosen by the app, could hide the form's own properties from scripts.
 */
export const carriedParameters = ({ values }: Parameters): Record<string, string> =>
  Object.fromEntries(
    carriedNames.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );

/** Whether a request is too long to be carried. */
export const isTooLong = (parameters: Parameters): boolean =>
  String(new URLSearchParams(carriedParameters(parameters))).length > mostCharacters;
