import { readInvites } from '#shared/data/invite-reads.ts';
import { workOutbox } from '#shared/data/mails.ts';
import { job } from '#shared/job.ts';
import { issueTokens } from '#shared/keys/invite-tokens.ts';
import { traceOf } from '#shared/log.ts';
import { deliver } from '#shared/mail/deliver.ts';
import { sendMail } from '#shared/mail/send.ts';

/** Mails of one run, the longest due first; the rest waits for the next minute. */
const most = 100;

export default job({
  summary: 'Sends the mails that are still owed: postponed ones, and those whose mailer died.',
  trigger: { everyMinutes: 1 },
  uses: [workOutbox, readInvites, issueTokens, sendMail],
  async run(context) {
    const due = await context.outbox.due(context.clock.now(), most);
    const undecided: unknown[] = [];
    for (const mailId of due) {
      // One mail that cannot be decided on must not keep the others waiting.
      await deliver(mailId, context).catch((error: unknown) => {
        context.log.error('mail.undecided', { mailId, ...traceOf(error) });
        undecided.push(error);
      });
    }
    if (due.length > 0) context.log.info('mail.swept', { count: due.length });
    if (undecided.length > 0) throw new AggregateError(undecided, 'mails are undecided');
  },
});
