/** Source of the time for operations and rules. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}

export const clock: Clock = { now: () => Date.now() };

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Milliseconds to the whole seconds that DynamoDB's TTL wants. */
export const toSeconds = (milliseconds: number): number => Math.ceil(milliseconds / second);

/** 9999-12-31, the `expiresAt` of an invite without an end: a number keeps the invite in the index on `expiresAt`. */
export const never = 253_402_214_400_000;
