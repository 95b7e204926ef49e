import type * as z from 'zod/mini';
import { firstAdminInvite } from '#shared/invites/first-admin.ts';
import type { firstAdminResponse } from '#shared/inviting/show-created.ts';
import { inviteUrl } from '#shared/invites/show-invite.ts';
import { expiryToIso } from '#shared/http/time.ts';
import { job } from '#shared/operation/job.ts';
import { issueTokens } from '#shared/invites/invite-tokens.ts';

export default job({
  summary: "Makes the first administrator's invite; refuses once there is an administrator.",
  trigger: 'invocation',
  uses: [firstAdminInvite, issueTokens],
  async run({
    firstAdmin,
    tokens,
    settings,
    clock,
    origin,
    log,
  }): Promise<z.input<typeof firstAdminResponse>> {
    const invite = await firstAdmin.issue(settings.inviteDays, clock.now());
    if (!invite) return { refused: 'admin_exists' };
    log.info('admin.bootstrap', { inviteId: invite.id });
    const url = inviteUrl(origin, await tokens.issue(invite, 'shown'));
    return { url, expiresAt: expiryToIso(invite.expiresAt) };
  },
});
