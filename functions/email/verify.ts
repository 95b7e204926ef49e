import * as z from 'zod/mini';
import { checkFlows } from '#shared/codes/check-flows.ts';
import { accountRefusalTexts } from '#shared/account/refusal-texts.ts';
import { verifyEmails } from '#shared/account/verify-email.ts';
import { codeField, flowField } from '#shared/codes/fields.ts';
import { showUser, userResponse } from '#shared/users/show-user.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { operation } from '#shared/operation/operation.ts';
import { verifyForm } from '#web/forms/take-code.ts';

export default operation({
  summary: 'Proves my mailbox by the code that was mailed to it.',
  method: 'POST',
  path: '/v1/email/verify',
  auth: 'session',
  body: z.strictObject({ flow: flowField, code: codeField }),
  response: userResponse,
  uses: [checkFlows, verifyEmails],
  errors: ['code_invalid', 'email_taken'],
  rate: [{ per: 'user', limit: 10, window: '1m' }],
  forms: [verifyForm],
  ifLost: lostAnswers.account,
  async run({ body, caller, flows, users, clock, request, log, fail }) {
    const { user } = caller;
    // The address went to another user, who has proven the mailbox.
    const taken = { explain: accountRefusalTexts.taken };
    if (user.email === undefined) return fail('email_taken', taken);
    const now = clock.now();
    const wanted = { purpose: 'email-verify', email: user.email, userId: user.id } as const;
    const { letter, mistake } = await flows.check(wanted, body, now);
    if (!letter) return fail('code_invalid', mistake);
    const refusal = await users.verify(user, letter, request.address, now);
    if (refusal) return refusal === 'code' ? fail('code_invalid') : fail('email_taken', taken);
    log.info('email.verified', { userId: user.id });
    return showUser({ ...user, emailVerified: true });
  },
});
