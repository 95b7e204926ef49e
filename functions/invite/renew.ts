import * as z from 'zod/mini';
import { day } from '#shared/clock.ts';
import { renewInvites } from '#shared/invites/change-invites.ts';
import { readInvites } from '#shared/invites/find-invites.ts';
import { oweMails } from '#shared/mail/owe-mails.ts';
import { countTries } from '#shared/guards/tries.ts';
import { checkInvitees } from '#shared/invites/invitees.ts';
import { mailboxOf, remindsItsUser, type Invite } from '#shared/invites/invite.ts';
import { renewed } from '#shared/invites/reissued.ts';
import { tokenField } from '#shared/invites/fields.ts';
import { inviteLimits } from '#shared/invites/limits.ts';
import { inspectRenewable } from '#shared/invites/inspect-invite.ts';
import { inviteStates, type Renewal } from '#shared/invites/states.ts';
import { checkTokens } from '#shared/invites/invite-tokens.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { operation } from '#shared/operation/operation.ts';
import { renewForm } from '#web/forms/renew.ts';

/** Attempts to change the invite as it was read. Whichever request renews it first leaves a link that the next round can mail again. */
const rounds = 5;

const budget = { limit: inviteLimits.renewalsPerDay.max, windowMs: day };

/** Whether the holder of a link to `invite` gets a mail on request. Only administrators renew an invite for an administrator (C96). */
function isDue(
  renewal: Renewal,
  { kind, role, renewedFrom }: Invite,
): renewal is Exclude<Renewal, 'nothing'> {
  switch (renewal) {
    case 'new-link':
      return role !== 'admin';
    case 'same-link':
      // A link that works needs no renewal. A renewed link is mailed again, in case the first mail was lost.
      return renewedFrom !== undefined && role !== 'admin';
    case 'sign-in-hint':
      return remindsItsUser(kind);
    case 'nothing':
      return false;
  }
}

export default operation({
  summary: 'Sends a new link in place of an expired one, to the address that the invite is for.',
  method: 'POST',
  path: '/v1/invites/renew',
  auth: 'public',
  body: z.strictObject({ token: tokenField }),
  response: z.object({}),
  status: 202,
  uses: [readInvites, checkInvitees, renewInvites, oweMails, checkTokens, countTries],
  errors: [],
  rate: [{ per: 'address', limit: 10, window: '1m' }],
  forms: [renewForm],
  ifLost: lostAnswers.mail,
  /** Answers the same in every case, so that a link alone tells nothing about the address or its owner. */
  async run({ body, invites, invitees, tokens, mails, tries, clock, settings, request, log }) {
    const now = clock.now();
    const by = { address: request.address };
    for (let round = 0; round < rounds; round += 1) {
      const inspection = await inspectRenewable(body.token, { invites, tokens }, now);
      if (inspection.status === 'invalid') return {};
      const { invite, status } = inspection;
      const { renewal } = inviteStates[status];
      const mailbox = mailboxOf(invite);
      const locale = invite.locale ?? request.locale;
      if (!isDue(renewal, invite) || mailbox === undefined || settings.mailFrom === null) return {};
      // A new link could not be redeemed: the mailbox's owner has an account by now.
      const due = renewal === 'new-link' && (await invitees.isForMember(invite)) ? 'sign-in-hint' : renewal;
      if (round === 0 && (await tries.take(`renew#${invite.id}`, budget, now))) return {};

      // Without a code: only functions that may make links can derive one, and this route is public.
      const isDone =
        due === 'new-link'
          ? (await invites.renew(invite, { ...renewed(invite, now), locale }, by, now)) === undefined
          : await mails.owe(invite, mailbox, due === 'same-link' ? 'invite' : 'member', now).then(() => true);
      if (!isDone) continue;
      log.info('invite.renewed', { inviteId: invite.id, outcome: status });
      return {};
    }
    return {};
  },
});
