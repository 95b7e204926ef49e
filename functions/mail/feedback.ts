import type { SNSEvent } from 'aws-lambda';
import { noteReturns } from '#shared/codes/refusals.ts';
import { isPassing, reasonOfBounce, type Bounce } from '#shared/mail/delivery.ts';
import type { CodeMail, Mail } from '#shared/mail/outbox.ts';
import { recordReports, type Report } from '#shared/mail/record-reports.ts';
import { tellInvites } from '#shared/invites/record-delivery.ts';
import { job } from '#shared/operation/job.ts';

/** The fields that we read of an event about a mail (Amazon SES, event publishing). */
interface Published {
  eventType: 'Bounce' | 'Complaint' | 'Delivery' | (string & {});
  /** Each mail goes to one address, which is given as we wrote it. */
  mail: { destination?: string[]; tags?: Record<string, string[]> };
  bounce?: Bounce;
}

/** A report; undefined for the plain text with which SES tests a new topic. */
function readReport(message: string): Published | undefined {
  return message.startsWith('{') ? (JSON.parse(message) as Published) : undefined;
}

const deliveries: Record<string, Report> = {
  Bounce: 'bounced',
  Complaint: 'complained',
  Delivery: 'delivered',
};

/** A mailbox that is gone or complains gets no further mail; a full one may have room tomorrow. */
const suppresses = ({ eventType, bounce }: Published): boolean =>
  eventType === 'Complaint' || (eventType === 'Bounce' && bounce?.bounceType === 'Permanent');

export default job({
  summary: 'Takes down bounces, complaints and deliveries that SES reports.',
  trigger: 'feedback',
  uses: [recordReports, tellInvites, noteReturns],
  async run({ event, reports, told, refusals, clock, log }) {
    for (const { Sns } of (event as SNSEvent).Records) {
      const report = readReport(Sns.Message);
      if (!report) continue;
      const delivery = deliveries[report.eventType];
      const mailId = report.mail.tags?.['mail']?.[0];
      if (!delivery || !mailId) continue;
      const at = clock.now();
      const reason = report.bounce && reasonOfBounce(report.bounce);
      const passes = report.bounce !== undefined && isPassing(report.bounce);
      let code: CodeMail | undefined;
      const tell = (mail: Mail) => {
        // The mail of a code with a passing bounce has arrived, or SES has tried for hours and the code is over.
        if (mail.kind === 'code' && delivery !== 'delivered' && !passes) code = mail;
        return told.delivery(mail, { delivery, at, reason, isPassing: passes });
      };
      const [to] = report.mail.destination ?? [];
      await reports.record({ mailId, to }, delivery, suppresses(report), tell, at);
      if (code) await refusals.returned(code, at);
      log.info('mail.reported', { mailId, outcome: delivery });
    }
  },
});
