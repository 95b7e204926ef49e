import * as z from 'zod/mini';
import type { LimitName, Quota, Standing } from './quota.ts';
import { toIso } from '../http/time.ts';

const standingResponse = z.object({
  limit: z.int(),
  used: z.int(),
  remaining: z.int(),
  /** When `used` is zero again; null while no window runs. */
  resetsAt: z.nullable(z.string()),
});

/** Where a user stands with both limits. */
export const quotaResponse = z.object({ requests: standingResponse, questions: standingResponse });

const showStanding = ({ resetsAt, ...standing }: Standing): z.input<typeof standingResponse> => ({
  ...standing,
  resetsAt: resetsAt === null ? null : toIso(resetsAt),
});

export const showQuota = ({
  requests,
  questions,
}: Record<LimitName, Standing>): z.input<typeof quotaResponse> => ({
  requests: showStanding(requests),
  questions: showStanding(questions),
});

/** All calls that were relayed for a user, and when the last one was. */
export const callsResponse = z.object({ apiRequests: z.int(), lastRequestAt: z.nullable(z.string()) });

export const showCalls = (row: Quota | undefined): z.input<typeof callsResponse> => ({
  apiRequests: row?.calls ?? 0,
  // Where all were given back there was none.
  lastRequestAt: row && row.calls > 0 ? toIso(row.lastCallAt) : null,
});
