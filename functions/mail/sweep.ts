import { second } from '#shared/clock.ts';
import { readInvites } from '#shared/data/invite-reads.ts';
import { workOutbox } from '#shared/data/mails.ts';
import { countRates } from '#shared/data/rates.ts';
import { job } from '#shared/job.ts';
import { deriveCodes } from '#shared/keys/invite-codes.ts';
import { issueTokens } from '#shared/keys/invite-tokens.ts';
import { traceOf } from '#shared/log.ts';
import { deliver } from '#shared/mail/deliver.ts';
import { sendMail } from '#shared/mail/send.ts';

/** Mails that are looked for at once, and how long a run goes on looking (milliseconds); the rest waits a minute. */
const most = 100;
const patience = 20 * second;

export default job({
  summary: 'Sends the mails that are still owed: postponed ones, and those whose mailer died.',
  trigger: { everyMinutes: 1 },
  uses: [workOutbox, readInvites, issueTokens, deriveCodes, countRates, sendMail],
  async run(context) {
    const { clock, outbox, log } = context;
    const end = clock.now() + patience;
    const undecided: unknown[] = [];
    let count = 0;
    for (const mailId of await outbox.due(clock.now(), most)) {
      if (clock.now() > end) break;
      // One mail that cannot be decided on must not keep the others waiting.
      await deliver(mailId, context).catch((error: unknown) => {
        log.error('mail.undecided', { mailId, ...traceOf(error) });
        undecided.push(error);
      });
      count += 1;
    }
    if (count > 0) log.info('mail.swept', { count });
    if (undecided.length > 0) throw new AggregateError(undecided, 'mails are undecided');
  },
});
