import { readInvites } from '#shared/data/invite-reads.ts';
import { workOutbox } from '#shared/data/mails.ts';
import { job } from '#shared/job.ts';
import { issueTokens } from '#shared/keys/invite-tokens.ts';
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
    for (const mailId of due) await deliver(mailId, context);
    if (due.length > 0) context.log.info('mail.swept', { count: due.length });
  },
});
