import * as z from 'zod/mini';
import { limitUsers } from '#shared/data/limit-users.ts';
import { inviteQuota } from '#shared/domain/user.ts';
import { showUser, userResponse } from '#shared/http/user.ts';
import { operation } from '#shared/operation.ts';

export default operation({
  summary: 'Changes what a user is granted: how many invites they may send.',
  method: 'PATCH',
  path: '/v1/admin/users/{id}',
  auth: 'admin',
  params: z.object({ id: z.string().check(z.maxLength(64)) }),
  body: z.strictObject({
    limits: z.strictObject({
      /** Invites in all; null: what the deployment grants everybody. */
      invites: z.nullable(z.int().check(z.gte(0), z.lte(1_000))),
    }),
  }),
  response: z.object({
    ...userResponse.shape,
    limits: z.object({ invites: z.int() }),
    invitesSent: z.int(),
  }),
  uses: [limitUsers],
  errors: ['not_found'],
  rate: [],
  async run({ params, body, caller, users, clock, settings, request, log, fail }) {
    const by = { actorId: caller.user.id, address: request.address };
    const user =
      (await users.limitInvites(params.id, body.limits.invites, by, clock.now())) ?? fail('not_found');
    log.info('user.limited', { userId: user.id, count: inviteQuota(user, settings) });
    return {
      ...showUser(user),
      limits: { invites: inviteQuota(user, settings) },
      invitesSent: user.invitesSent ?? 0,
    };
  },
});
