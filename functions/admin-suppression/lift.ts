import * as z from 'zod/mini';
import { liftSuppressions } from '#shared/mail/lift-suppression.ts';
import { liftedResponse } from '#shared/mail/lifted-response.ts';
import { reasonField } from '#shared/audit/fields.ts';
import { notHeldBack } from '#shared/mail/refusal-texts.ts';
import { emailField } from '#shared/users/fields.ts';
import { toIso } from '#shared/http/time.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary:
    'Lets mail go out again to an address that had bounced or complained, for a reason that is kept in the trail.',
  method: 'POST',
  path: '/v1/admin/suppressions/lift',
  auth: 'admin',
  body: z.strictObject({
    email: emailField,
    /** Why mail will arrive now: for example, the mailbox was full, or the address has been set up. */
    reason: reasonField,
  }),
  response: liftedResponse,
  uses: [liftSuppressions],
  errors: ['not_found'],
  rate: [],
  async run({ body, caller, suppressions, clock, request, log, fail }) {
    const by = { actorId: caller.user.id, address: request.address, reason: body.reason };
    const lifted = await suppressions.lift(body.email, by, clock.now());
    if (!lifted) return fail('not_found', notHeldBack);
    log.info('suppression.lift', { userId: caller.user.id });
    return { email: body.email, delivery: lifted.reason, since: toIso(lifted.since) };
  },
});
