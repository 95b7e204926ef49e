import * as z from 'zod/mini';
import { inBatches } from '#shared/batches.ts';
import { digestOf, readBranch } from '#shared/inviting/read-branch.ts';
import { readBranches } from '#shared/invites/issued-invites.ts';
import { disableUsers } from '#shared/account/disable-users.ts';
import { revokeInvites } from '#shared/invites/change-invites.ts';
import { atMost, idField } from '#shared/http/fields.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { operation } from '#shared/operation/operation.ts';

const atOnce = 10;

export default operation({
  summary:
    'Withdraws the invites of a branch, expired ones too, and shuts its users out if told so, as the preview has shown.',
  method: 'POST',
  path: '/v1/admin/users/{id}/branch/revoke',
  auth: 'admin',
  params: z.object({ id: idField }),
  body: z.strictObject({
    /** `preview` of admin-branch-read: a branch that changed since is not touched. */
    preview: z.string().check(atMost(64)),
    /** Whether to disable the branch's users too; administrators among them stay. */
    disableUsers: z._default(z.boolean(), false),
  }),
  response: z.object({ revokedInvites: z.int(), disabledUsers: z.int() }),
  uses: [readBranches, revokeInvites, disableUsers],
  errors: ['conflict'],
  rate: [],
  confirms: true,
  ifLost: lostAnswers.invites,
  async run({ params, body, caller, clock, request, log, fail, branches, invites, users }) {
    const now = clock.now();
    const branch = await readBranch(params.id, { branches });
    if (digestOf(branch) !== body.preview) return fail('conflict');
    const by = { actorId: caller.user.id, address: request.address };
    const revokedInvites = await invites.revokeAll(branch.invites, by, now);
    const disabled = body.disableUsers
      ? await inBatches(branch.users, atOnce, ({ id }) => users.disable(id, by, now))
      : [];
    log.info('branch.revoked', { userId: caller.user.id, count: revokedInvites });
    return { revokedInvites, disabledUsers: disabled.filter(Boolean).length };
  },
});
