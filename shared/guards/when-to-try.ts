import { second } from '../clock.ts';
import type { FailureDetail } from '../errors/failure.ts';

/** So many in so many milliseconds. */
export interface Budget {
  limit: number;
  windowMs: number;
}

/** When the window of `windowMs` begins in which `now` is. Milliseconds. */
export const startOfWindow = (windowMs: number, now: number): number => now - (now % windowMs);

/** When it ends. */
export const endOfWindow = (windowMs: number, now: number): number => startOfWindow(windowMs, now) + windowMs;

/** What `rate_limited` and `locked` say: how many there may be, and when it is worth trying again. */
export const whenToTry = (
  { limit, windowMs }: { limit: number; windowMs?: number },
  until: number,
  now: number,
): FailureDetail => ({
  retryAfter: Math.ceil((until - now) / second),
  values: {
    limit,
    wait: { lengthMs: until - now },
    ...(windowMs !== undefined && { window: { lengthMs: windowMs } }),
  },
});
