import * as z from 'zod/mini';
import { personResponse, showSessions } from '#shared/account/show-person.ts';
import { showUsedApp } from '#shared/account/show-used-apps.ts';
import { listUsedApps } from '#shared/apps/list-used-apps.ts';
import { accountSubject } from '#shared/guards/guard-password.ts';
import { readLocks } from '#shared/guards/lockout.ts';
import { idField } from '#shared/http/fields.ts';
import { toIsoOrNull } from '#shared/http/time.ts';
import { listRedemptions } from '#shared/invites/list-redemptions.ts';
import { operation } from '#shared/operation/operation.ts';
import { limitsOf, usageOf } from '#shared/quotas/quota.ts';
import { showCalls, showQuota } from '#shared/quotas/show-quota.ts';
import { readQuotas } from '#shared/quotas/use-quotas.ts';
import { listSessions } from '#shared/sessions/list-sessions.ts';
import { readUsers } from '#shared/users/read-users.ts';
import { showManagedUser } from '#shared/users/show-managed-user.ts';

export default operation({
  summary: 'One user with limits, use and sessions, and who invited them.',
  method: 'GET',
  path: '/v1/admin/users/{id}',
  auth: 'admin',
  params: z.object({ id: idField }),
  response: personResponse,
  uses: [readUsers, listSessions, readQuotas, readLocks, listRedemptions, listUsedApps],
  errors: ['not_found'],
  rate: [],
  async run({ params, caller, users, sessions, quotas, locks, redemptions, usedApps, ...rest }) {
    const { clock, settings, fail } = rest;
    const user = (await users.get(params.id)) ?? fail('not_found');
    const now = clock.now();
    const inviterOf = async () => {
      const id = (await redemptions.by(user.id, user.inviteId))?.issuerId;
      return id === undefined ? null : { userId: id, username: (await users.get(id))?.username ?? null };
    };
    const [held, row, lockedUntil, invitedBy, used] = await Promise.all([
      sessions.of(user.id),
      quotas.of(user.id),
      locks.until(accountSubject({ user }), now),
      inviterOf(),
      usedApps.of(user.id),
    ]);
    return {
      ...showManagedUser(user, settings),
      ...showCalls(row),
      quota: showQuota(usageOf(row, limitsOf(user, settings), now)),
      lockedUntil: toIsoOrNull(lockedUntil),
      invitedBy,
      sessions: await showSessions(held.sessions, user, caller.session, now),
      apps: used.map((one) => showUsedApp(one, settings)),
    };
  },
});
