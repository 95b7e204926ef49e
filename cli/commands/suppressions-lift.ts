import type liftSuppression from '#functions/admin-suppression/lift.ts';
import { liftedResponse } from '#shared/mail/lifted-response.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { command } from '../command.ts';
import { wrongUsage } from '../failures.ts';

export const suppressionsLift = command({
  name: 'suppressions lift',
  summary: 'Lets mail go out again to an address that had bounced or complained.',
  operands: '<EMAIL>',
  options: { reason: { value: 'TEXT', text: 'why mail will arrive now; the audit trail keeps it' } },
  notes: 'Invites that were not delivered meanwhile get their mail by: latchkey invites reissue ID',
  async run({ operands: [email = ''], options: { reason }, out, server: connect }) {
    if (reason === undefined) throw wrongUsage('suppressions lift wants --reason: why mail will arrive now.');
    const server = await connect();
    const lifted = await server.send<AnswerOf<typeof liftSuppression>>(
      'POST',
      '/v1/admin/suppressions/lift',
      {
        schema: liftedResponse,
        body: { email, reason },
        ifLost: 'It may be lifted: the same command again says "not held back" then.',
      },
    );
    out.say(`Mail to ${lifted.email} goes out again. It had ${lifted.delivery} at ${lifted.since}.`);
    return { json: lifted, rows: [[lifted.email, lifted.delivery, lifted.since]] };
  },
});
