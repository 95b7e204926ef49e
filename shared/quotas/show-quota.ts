import * as z from 'zod/mini';
import type { Quota, usageOf } from './quota.ts';
import { ofCallLimits } from '../users/call-limits.ts';
import { toIso } from '../http/time.ts';

const usageResponse = z.object({
  limit: z.int(),
  used: z.int(),
  remaining: z.int(),
  /** When all of `limit` can be used again; null while no window runs. */
  resetsAt: z.nullable(z.string()),
});

type Usages = ReturnType<typeof usageOf>;

/** The usage of both limits, as answered. */
export const quotaResponse = z.object(ofCallLimits(() => usageResponse));

const showUsage = ({ resetsAt, ...usage }: Usages['requests']) => ({
  ...usage,
  resetsAt: resetsAt === null ? null : toIso(resetsAt),
});

/** The usage of both limits, with times in the form of answers. */
export const showQuota = (usages: Usages) => ofCallLimits((name) => showUsage(usages[name]));

/**
 * The number of calls relayed for a user, without those given back, and when the last call was, even if it was given back; null while
 * the number is 0.
 */
export const callsResponse = z.object({ apiRequests: z.int(), lastRequestAt: z.nullable(z.string()) });

export const showCalls = ({ calls, lastCallAt }: Quota) => ({
  apiRequests: calls,
  lastRequestAt: calls > 0 ? toIso(lastCallAt) : null,
});
