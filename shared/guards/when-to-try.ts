import { second } from '../clock.ts';
import type { FailureDetail } from '../errors/failure.ts';

/** At most `limit` in `windowMs` milliseconds. */
export interface Budget {
  limit: number;
  windowMs: number;
}

/** When the window of `windowMs` that contains `now` begins. Milliseconds. */
export const startOfWindow = (windowMs: number, now: number): number => now - (now % windowMs);

/** When that window ends. Milliseconds. */
export const endOfWindow = (windowMs: number, now: number): number => startOfWindow(windowMs, now) + windowMs;

/** What `rate_limited` and `locked` tell: how many are allowed, and when it is worth trying again. */
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
