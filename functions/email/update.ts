import * as z from 'zod/mini';
import { changeEmails } from '#shared/data/change-email.ts';
import { checkFlows } from '#shared/data/check-flows.ts';
import { codeField, emailField, flowField } from '#shared/fields.ts';
import { showUser, userResponse } from '#shared/http/user.ts';
import { operation } from '#shared/operation.ts';

export default operation({
  summary: 'Changes my email address to one that I have proven by the code mailed to it.',
  method: 'PUT',
  path: '/v1/me/email',
  auth: 'session',
  body: z.strictObject({ flow: flowField, code: codeField, email: emailField }),
  response: userResponse,
  uses: [checkFlows, changeEmails],
  errors: ['code_invalid', 'email_taken', 'conflict', 'busy'],
  rate: [{ per: 'user', limit: 10, window: '1m' }],
  async run({ body, caller, flows, users, clock, request, log, fail }) {
    const { user } = caller;
    const now = clock.now();
    const wanted = { purpose: 'email-update', email: body.email, userId: user.id } as const;
    const letter = (await flows.check(wanted, body, now)) ?? fail('code_invalid');
    const moved = await users.change(user, letter, request.address, now);
    if (moved === 'code') return fail('code_invalid');
    if (moved === 'taken') return fail('email_taken');
    if (moved === 'changed') return fail('conflict');
    log.info('email.changed', { userId: user.id });
    return showUser(moved);
  },
});
