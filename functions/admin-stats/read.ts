import * as z from 'zod/mini';
import { dayCountNames } from '#shared/audit/day-counts.ts';
import { countDays, mostStatsDays } from '#shared/audit/daily-stats.ts';
import { dayOf, shiftDay } from '#shared/calendar.ts';
import { wholeNumber } from '#shared/http/paging.ts';
import { funnelOf, funnelResponse } from '#shared/inviting/funnel.ts';
import { readFunnels } from '#shared/invites/read-funnels.ts';
import { operation } from '#shared/operation/operation.ts';
import { recordOf } from '#shared/record-of.ts';

export default operation({
  summary:
    'What happened on each of the last days, in UTC, oldest first, today included; and how far all invites that are stored have come.',
  method: 'GET',
  path: '/v1/admin/stats',
  auth: 'admin',
  query: z.strictObject({ days: wholeNumber(1, mostStatsDays, 30) }),
  response: z.object({
    days: z.array(z.object({ day: z.string(), ...recordOf(dayCountNames, () => z.int()) })),
    funnel: funnelResponse,
    /** Whether there are more invites than one answer counts. The funnel then covers only the newest. */
    truncated: z.boolean(),
  }),
  uses: [countDays, readFunnels],
  errors: [],
  rate: [{ per: 'user', limit: 60, window: '1m' }],
  async run({ query, stats, funnels, clock }) {
    const now = clock.now();
    const today = dayOf(now);
    const dates = Array.from({ length: query.days }, (_, at) => shiftDay(today, at + 1 - query.days));
    const [counts, { items, truncated }] = await Promise.all([stats.of(dates, now), funnels.progress()]);
    return {
      days: dates.map((day, at) => ({ day, ...counts[at]! })),
      funnel: funnelOf(items, now),
      truncated,
    };
  },
});
