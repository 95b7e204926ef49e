import * as z from 'zod/mini';
import { countSessions } from '#shared/sessions/count-sessions.ts';
import { readQuotas } from '#shared/quotas/use-quotas.ts';
import { readUsers } from '#shared/users/read-users.ts';
import { limitsOf, usageOf } from '#shared/quotas/quota.ts';
import { idField } from '#shared/http/fields.ts';
import { showManagedUser } from '#shared/users/show-managed-user.ts';
import { showCalls, showQuota, userUseResponse } from '#shared/quotas/show-quota.ts';
import { toIso } from '#shared/http/time.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'One user with limits, use and sessions.',
  method: 'GET',
  path: '/v1/admin/users/{id}',
  auth: 'admin',
  params: z.object({ id: idField }),
  response: userUseResponse,
  uses: [readUsers, countSessions, readQuotas],
  errors: ['not_found'],
  rate: [],
  async run({ params, users, sessions, quotas, clock, settings, fail }) {
    const user = (await users.get(params.id)) ?? fail('not_found');
    const now = clock.now();
    const [{ count, lastSeenAt }, row] = await Promise.all([sessions.live(user, now), quotas.of(user.id)]);
    return {
      ...showManagedUser(user, settings),
      ...showCalls(row),
      quota: showQuota(usageOf(row, limitsOf(user, settings), now)),
      sessions: { count, lastSeenAt: lastSeenAt === undefined ? null : toIso(lastSeenAt) },
    };
  },
});
