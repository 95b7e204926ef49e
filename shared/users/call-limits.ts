import { recordOf } from '../record-of.ts';

/**
 * Limits of a user's relayed calls, each with the user's field for a grant that overrides the deployment's setting.
 * Users, administrators' changes, counts and answers follow this table.
 */
export const callLimits = {
  /** Calls in a window. */
  requests: 'requestLimit',
  /** Questions in a day. */
  questions: 'questionLimit',
} as const;

export type CallLimit = keyof typeof callLimits;

export const callLimitNames = Object.keys(callLimits) as readonly CallLimit[];

/** The limits that a user was granted, by the user's fields. */
export type CallGrants = { [Name in CallLimit as (typeof callLimits)[Name]]?: number };

/** An object with the result of `make` for each limit. */
export const ofCallLimits = <T>(make: (name: CallLimit) => T): Record<CallLimit, T> =>
  recordOf(callLimitNames, make);
