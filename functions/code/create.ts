import * as z from 'zod/mini';
import { openFlows } from '#shared/codes/open-flows.ts';
import { isForCaller, purposes } from '#shared/codes/mail-code.ts';
import { isVerified } from '#shared/users/user.ts';
import { emailField } from '#shared/users/fields.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { noMail } from '#shared/mail/refusal-texts.ts';
import { operation } from '#shared/operation/operation.ts';
import { askForms } from '#web/forms/ask-code.ts';

export default operation({
  summary: 'Mails a code of six characters that proves a mailbox, for one purpose.',
  method: 'POST',
  path: '/v1/codes',
  auth: 'optional',
  wantsCaller: ({ purpose }) => isForCaller(purpose),
  body: z.strictObject({ purpose: z.enum(purposes), email: emailField }),
  response: z.object({ flow: z.string() }),
  status: 202,
  uses: [openFlows],
  errors: ['forbidden', 'invalid', 'busy'],
  rate: [{ per: 'address', limit: 5, window: '1m' }],
  forms: askForms,
  ifLost: lostAnswers.mail,
  /** Answers and does the same whether or not an account has the address (C26). */
  async run({ body, caller, flows, clock, settings, log, fail }) {
    const { purpose, email } = body;
    const user = isForCaller(purpose) ? caller!.user : undefined;
    if (settings.mailFrom === null) return fail('forbidden', noMail);
    if (user?.deviceOnly) return fail('invalid', { errors: [{ path: 'email', text: 'deviceOnly' }] });
    if (purpose === 'email-verify' && email !== user?.email)
      return fail('invalid', { errors: [{ path: 'email', text: 'otherMailbox' }] });
    const isProven = user !== undefined && isVerified(user);
    const flow = await flows.open({ purpose, email, userId: user?.id }, isProven, clock.now());
    log.info('code.asked', { outcome: purpose });
    return { flow };
  },
});
