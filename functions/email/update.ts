import * as z from 'zod/mini';
import { confirmPassword } from '#shared/passwords/confirm-password.ts';
import { accountRefusalTexts } from '#shared/account/refusal-texts.ts';
import { changeEmails } from '#shared/account/change-email.ts';
import { checkFlows } from '#shared/codes/check-flows.ts';
import { recordAudit } from '#shared/audit/write-audit.ts';
import { readCredentials } from '#shared/passwords/read-credentials.ts';
import { countTries } from '#shared/guards/tries.ts';
import { beganWithin, confirmationMs } from '#shared/sessions/session.ts';
import { codeField, flowField } from '#shared/codes/fields.ts';
import { passwordField } from '#shared/passwords/fields.ts';
import { emailField } from '#shared/users/fields.ts';
import { mayAdminister } from '#shared/users/user.ts';
import { showUser, userResponse } from '#shared/users/show-user.ts';
import { hashPasswords } from '#shared/passwords/hash-passwords.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'Changes my email address to one that I have proven by the code mailed to it.',
  method: 'PUT',
  path: '/v1/me/email',
  auth: 'session',
  body: z.strictObject({
    flow: flowField,
    code: codeField,
    email: emailField,
    /** Required unless the session is fresh: a thief of the session must not move the account to a mailbox of their own. */
    currentPassword: z.optional(passwordField),
  }),
  response: userResponse,
  uses: [checkFlows, changeEmails, readCredentials, hashPasswords, countTries, recordAudit],
  errors: [
    'not_verified',
    'invalid',
    'invalid_credentials',
    'rate_limited',
    'code_invalid',
    'email_taken',
    'conflict',
    'busy',
  ],
  rate: [{ per: 'user', limit: 10, window: '1m' }],
  ifLost: lostAnswers.account,
  async run({ body, caller, flows, users, credentials, clock, request, log, fail, ...tools }) {
    const { user, session } = caller;
    const { address } = request;
    const now = clock.now();
    // An administrator who was not openly invited must first prove the present mailbox. Another one would not show that they are the
    // person meant.
    if (user.role === 'admin' && !mayAdminister(user) && !user.openlyInvited) return fail('not_verified');
    const { currentPassword } = body;
    const isAsked = currentPassword !== undefined || !beganWithin(session, confirmationMs, now);
    const kept = isAsked && (await credentials.of(user.id));
    if (kept) {
      if (currentPassword === undefined)
        return fail('invalid', { errors: [{ path: 'currentPassword', text: 'missing' }] });
      const action = { action: 'email.update', actorId: user.id, address } as const;
      await confirmPassword(currentPassword, kept, action, tools, now, fail);
    }
    const wanted = { purpose: 'email-update', email: body.email, userId: user.id } as const;
    const { letter, mistake } = await flows.check(wanted, body, now);
    if (!letter) return fail('code_invalid', mistake);
    const moved = await users.change(user, letter, address, now);
    if (moved === 'code') return fail('code_invalid');
    if (moved === 'taken') return fail('email_taken', { explain: accountRefusalTexts.taken });
    if (moved === 'changed') return fail('conflict');
    log.info('email.changed', { userId: user.id });
    return showUser(moved);
  },
});
