import { second } from '#shared/clock.ts';
import { job } from '#shared/operation/job.ts';
import { traceOf } from '#shared/aws/log.ts';
import { accountMails, writeAccountMails } from '#shared/codes/code-mails.ts';
import { deliver, deliverMail } from '#shared/mail/deliver.ts';
import { findDueMails } from '#shared/mail/work-outbox.ts';
import { inviteMails, writeInviteMails } from '#shared/invites/invite-mails.ts';

/** Queues, the most urgent first. */
const queues = ['urgent', 'due', 'spare'] as const;

/** How many mails a run takes from each queue, and how long it lasts. The rest waits a minute. */
const most = 100;
const maxRunMs = 20 * second;

export default job({
  summary: 'Sends the mails that are still owed: postponed ones, and those whose mailer died.',
  trigger: { everyMinutes: 1 },
  uses: [...deliverMail, findDueMails, ...writeInviteMails, ...writeAccountMails],
  async run(context) {
    const { clock, outbox, log } = context;
    const writers = { ...inviteMails(context), ...accountMails(context) };
    const start = clock.now();
    const undecided: unknown[] = [];
    let count = 0;
    const due: string[] = [];
    for (const queue of queues) due.push(...(await outbox.due(queue, start, most)));
    for (const mailId of due) {
      if (clock.now() > start + maxRunMs) break;
      // One mail that fails must not keep the others waiting.
      await deliver(mailId, writers, context).catch((error: unknown) => {
        log.error('mail.undecided', { mailId, ...traceOf(error) });
        undecided.push(error);
      });
      count += 1;
    }
    if (count > 0) log.info('mail.swept', { count });
    if (undecided.length > 0) throw new AggregateError(undecided, 'mails are undecided');
  },
});
