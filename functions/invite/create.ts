import * as z from 'zod/mini';
import { checkInvitees } from '#shared/invites/invitees.ts';
import { sendInvites } from '#shared/invites/send-invites.ts';
import { newInvite } from '#shared/inviting/new-invite.ts';
import { inviteQuota, invitesLeft } from '#shared/users/user.ts';
import { noteField } from '#shared/invites/fields.ts';
import { localeField } from '#shared/http/fields.ts';
import { emailField } from '#shared/users/fields.ts';
import { expiryToIso } from '#shared/http/time.ts';
import { deriveCodes, findCodes } from '#shared/invites/invite-codes.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { noMail } from '#shared/mail/refusal-texts.ts';
import { operation } from '#shared/operation/operation.ts';
import { newId } from '#shared/random.ts';
import { inviteTexts } from '#shared/invites/invite-texts.ts';

export default operation({
  summary: "A user's own invite, within the user's quota. The link goes by mail only.",
  method: 'POST',
  path: '/v1/invites',
  auth: 'verified',
  body: z.strictObject({
    email: emailField,
    note: z.optional(noteField),
    locale: z.optional(localeField),
  }),
  response: z.object({
    id: z.string(),
    email: z.string(),
    expiresAt: z.nullable(z.string()),
    /** Invites that the user may still send. */
    invitesLeft: z.int(),
  }),
  status: 201,
  uses: [checkInvitees, sendInvites, deriveCodes, findCodes],
  errors: ['forbidden', 'quota_exceeded', 'email_taken', 'invalid', 'conflict'],
  rate: [{ per: 'user', limit: 10, window: '1m' }],
  ifLost: lostAnswers.mail,
  async run({ body, caller, invitees, invites, codes, clock, settings, request, log, fail }) {
    if (settings.mailFrom === null) return fail('forbidden', noMail);
    const { user } = caller;
    const limit = inviteQuota(user, settings);
    const spent = { explain: inviteTexts.limitReached, values: { limit } };
    const left = invitesLeft(user, settings);
    // Checked here too: a user without invites left must not learn which addresses are registered.
    if (left === 0) return fail('quota_exceeded', spent);
    const obstacle = (await invitees.obstacles([body.email])).get(body.email);
    if (obstacle === 'member') {
      // The user's own address reveals nothing, so it costs no invite.
      if (body.email === user.email) return fail('email_taken', { explain: inviteTexts.ownAddress });
      const isSpent = await invites.spend(user.id, limit, request.address, clock.now());
      return isSpent
        ? fail('email_taken', { explain: inviteTexts.memberCounts })
        : fail('quota_exceeded', spent);
    }
    if (obstacle === 'suppressed')
      return fail('invalid', { errors: [{ path: 'email', text: 'unreachable' }] });
    const draft = newInvite(
      {
        ...body,
        id: newId(),
        maxUses: 1,
        role: 'general',
        issuer: user,
        mailed: true,
        ownCode: false,
        settings,
      },
      clock.now(),
    );
    const invite = { ...draft, issuerId: user.id, codeKey: await codes.keyOf(await codes.derive(draft)) };
    const refusal = await invites.send(invite, limit, request.address);
    if (refusal === 'quota') return fail('quota_exceeded', spent);
    if (refusal === 'open')
      return fail('conflict', { title: inviteTexts.openTitle, explain: inviteTexts.openAlready });
    log.info('invite.created', { inviteId: invite.id, userId: user.id });
    const expiresAt = expiryToIso(invite.expiresAt);
    return { id: invite.id, email: body.email, expiresAt, invitesLeft: left - 1 };
  },
});
