import * as z from 'zod/mini';
import { countDays, mostStatsDays } from '#shared/audit/daily-stats.ts';
import { dayOf, shiftDay } from '#shared/calendar.ts';
import { wholeNumber } from '#shared/http/paging.ts';
import { operation } from '#shared/operation/operation.ts';

const count = z.int();

export default operation({
  summary: 'What happened on each of the last days, in UTC, oldest first, today included.',
  method: 'GET',
  path: '/v1/admin/stats',
  auth: 'admin',
  query: z.strictObject({ days: z._default(wholeNumber(1, mostStatsDays), 30) }),
  response: z.object({
    days: z.array(
      z.object({
        day: z.string(),
        invites: count,
        registrations: count,
        signIns: count,
        signInsRefused: count,
        relayCalls: count,
      }),
    ),
  }),
  uses: [countDays],
  errors: [],
  rate: [{ per: 'user', limit: 60, window: '1m' }],
  async run({ query, stats, clock }) {
    const now = clock.now();
    const today = dayOf(now);
    const dates = Array.from({ length: query.days }, (_, at) => shiftDay(today, at + 1 - query.days));
    const counts = await stats.of(dates, now);
    return { days: dates.map((day, at) => ({ day, ...counts[at]! })) };
  },
});
