import { describeKeys } from '#shared/aws/describe-keys.ts';
import { checkHealth } from '#shared/aws/health.ts';
import { Failure } from '#shared/errors/failure.ts';
import { traceOf } from '#shared/aws/log.ts';
import { readSenderState } from '#shared/mail/sender-state.ts';
import { job } from '#shared/operation/job.ts';

export default job({
  summary:
    'Tells the alarms what no request shows: the state of each key, of the store, of the sender of mails and of their quota.',
  trigger: { everyMinutes: 5 },
  uses: [checkHealth, describeKeys, readSenderState],
  async run({ health, keys, sender, settings: { mailFrom }, clock, log }) {
    /** A check that an outage prevents raises the alarm of outages, but not that of failing functions as well. */
    const orTold = async (ask: () => Promise<void>): Promise<void> => {
      try {
        await ask();
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        log.error('health.failed', { code: error.code, ...traceOf(error.cause) });
      }
    };
    await orTold(() => health.both(clock.now()));
    await orTold(async () => {
      const unusable = await keys.unusable();
      for (const keyName of unusable) log.error('key.unusable', { keyName });
      log.measure('KeysUnusable', unusable.length);
    });
    if (mailFrom === null) return;
    const { identity, sentInDay, mostInDay } = await sender.state(mailFrom);
    if (identity !== 'Success') log.warn('sender.unverified', { outcome: identity });
    // SES says -1 if there is no limit.
    log.measure('MailQuotaUsed', mostInDay > 0 ? Math.round((100 * sentInDay) / mostInDay) : 0);
  },
});
