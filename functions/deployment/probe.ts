import { toIso } from '#shared/http/time.ts';
import { revokeInvites } from '#shared/invites/change-invites.ts';
import { createInvites } from '#shared/invites/create-invites.ts';
import { isProbe, probeInvite } from '#shared/inviting/probe-invite.ts';
import { probeQuestion, type ProbeAnswer } from '#shared/inviting/probe-protocol.ts';
import { job } from '#shared/operation/job.ts';
import { newId } from '#shared/random.ts';
import { lookForAdmins } from '#shared/users/admin-count.ts';
import { readInvites } from '#shared/invites/find-invites.ts';

export default job({
  summary:
    'Tells an operator whether there is an administrator and what time it is; invites SES’s mailbox simulator, and tells what became of that.',
  trigger: 'invocation',
  uses: [lookForAdmins, readInvites, createInvites, revokeInvites],
  async run({ event, admins, invites, settings, clock }): Promise<ProbeAnswer> {
    const now = clock.now();
    const asked = probeQuestion.parse(event);
    if (asked.do === 'look') return { hasAdmin: await admins.exist(), at: toIso(now) };
    if (asked.do === 'invite') {
      if (settings.mailFrom === null) return { refused: 'no_mail' };
      const invite = probeInvite(newId(), now);
      await invites.create(invite, undefined, {});
      return { invite: invite.id };
    }
    const invite = await invites.get(asked.invite);
    if (!invite || !isProbe(invite)) return { refused: 'not_found' };
    const { delivery = 'pending', deliveryReason } = invite;
    const isOver = delivery !== 'pending' && delivery !== 'sent';
    // The probe's invite has served its purpose.
    if (invite.state === 'active' && (isOver || asked.end)) await invites.revoke(invite, {}, now);
    return { delivery, ...(deliveryReason && { deliveryReason }) };
  },
});
