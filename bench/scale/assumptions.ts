/** The daily demand of a large deployment, estimated on the high side. All other figures are calculated from these or measured. */
export const people = 10_000_000;
/** The share of all people who are active on a day. */
const activeShare = 0.2;
const days = 365;

interface Demand {
  /** Requests of all people together, per day. */
  perDay: number;
  /** The factor of the busiest second over the day's mean. */
  peak: number;
  why: string;
}

/** How often each operation is requested. */
export const demands = {
  'session-verify': {
    perDay: people * activeShare * 20,
    peak: 5,
    why: 'a fifth of all people come, for 20 requests to backends that ask for their session',
  },
  'session-create': {
    perDay: people * activeShare * 0.1,
    peak: 10,
    why: 'a session lasts: one sign-in for ten days of use; Monday morning',
  },
  'registration-create': {
    perDay: people / days,
    peak: 20,
    why: 'all people come within a year; a course begins',
  },
  'invite-verify': {
    perDay: (people / days) * 3,
    peak: 20,
    why: 'a link is opened three times, once by a scanner',
  },
  'admin-invite-create': {
    perDay: (people / days) * 1.5,
    peak: 20,
    why: 'two of three invites are used; a class is invited at once',
  },
  relay: {
    perDay: people * activeShare * 0.05 * 50,
    peak: 5,
    why: 'one of twenty who come makes 50 relayed calls',
  },
} as const satisfies Record<string, Demand>;

export type Demanded = keyof typeof demands;
export const demanded = Object.keys(demands) as Demanded[];

const secondsOfDay = 86_400;

/** Requests in the busiest second. */
export const peakOf = (id: Demanded): number => (demands[id].perDay / secondsOfDay) * demands[id].peak;

/** Durations in milliseconds that neither templates nor calls show, estimated on the high side. */
export const durations = {
  /** A function's work at 512 MB without its calls, and one AWS call. */
  workMs: 15,
  callMs: 10,
  /** A bcrypt hash of cost 12 at 1,769 MB, by AWS's own figures. */
  hashMs: 300,
  /** A relayed answer, which occupies its instance for as long as it lasts. */
  relayedMs: 15_000,
  /** The time from a transaction's check of a row until the next transaction may check it. */
  transactionMs: 10,
} as const;
