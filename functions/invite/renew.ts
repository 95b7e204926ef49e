import * as z from 'zod/mini';
import { day } from '#shared/clock.ts';
import { changeInvites } from '#shared/invites/change-invites.ts';
import { readInvites } from '#shared/invites/find-invites.ts';
import { oweMails } from '#shared/mail/owe-mails.ts';
import { countTries } from '#shared/guards/tries.ts';
import { mailboxOf, renewed } from '#shared/invites/invite.ts';
import { tokenField } from '#shared/invites/fields.ts';
import { inviteLimits } from '#shared/invites/limits.ts';
import { inspectRenewable } from '#shared/invites/inspect-invite.ts';
import { checkTokens } from '#shared/invites/invite-tokens.ts';
import { operation } from '#shared/operation/operation.ts';
import { renewForm } from '#web/forms/renew.ts';

const budget = { limit: inviteLimits.renewalsPerDay.max, window: day };

export default operation({
  summary: 'Sends a new link in place of an expired one, to the address that the invite is for.',
  method: 'POST',
  path: '/v1/invites/renew',
  auth: 'public',
  body: z.strictObject({ token: tokenField }),
  response: z.object({}),
  status: 202,
  uses: [readInvites, changeInvites, oweMails, checkTokens, countTries],
  errors: [],
  rate: [{ per: 'address', limit: 10, window: '1m' }],
  forms: [renewForm],
  /** Answers the same whatever it did: who only has a link learns nothing of the address or its owner. */
  async run({ body, invites, tokens, mails, tries, clock, settings, request, log }) {
    const now = clock.now();
    const inspection = await inspectRenewable(body.token, { invites, tokens }, now);
    if (inspection.status === 'invalid' || inspection.status === 'revoked') return {};
    const { invite, status } = inspection;
    const mailbox = mailboxOf(invite);
    // An open link that works needs no renewal, and who has used an open invite need not be who it was mailed to.
    const asked =
      status === 'expired' ||
      (status === 'active' ? invite.renewedFrom !== undefined : invite.kind === 'email');
    if (!asked || mailbox === undefined || settings.mailFrom === null) return {};
    if (await tries.take(`renew#${invite.id}`, budget, now)) return {};

    // Without a code: only who may make links can make one, and this is open to everybody.
    if (status === 'expired')
      await invites.replace(invite, renewed(invite, now), { address: request.address }, now);
    else await mails.owe(invite, mailbox, status === 'used' ? 'member' : 'invite', now);
    log.info('invite.renewed', { inviteId: invite.id, outcome: status });
    return {};
  },
});
