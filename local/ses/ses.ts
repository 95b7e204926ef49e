import { randomUUID } from 'node:crypto';
import { day } from '#shared/clock.ts';
import { worstDelivery } from './delivery.ts';
import { SesError } from './errors.ts';
import type { Feedback } from './feedback-event.ts';
import { feedbackOf } from './feedback.ts';
import { Form } from './form.ts';
import { Mailbox, type StoredMail } from './mailbox.ts';
import { readSendEmail } from './send-email.ts';
import { errorXml, resultXml, type Members } from './xml.ts';

export type { Feedback, StoredMail };

export interface SesOptions {
  /** The file for the mails (mode 0600), so that they survive a restart. If absent, they are in memory only. */
  file?: string;
  /** Whether the bare address `from` may send. */
  verified: (from: string) => boolean;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export interface Ses {
  /** Answers one request of SES v1's Query protocol: `formBody` is urlencoded, the answer XML; status 200 or 400. */
  handle(formBody: string): { status: number; contentType: 'text/xml'; body: string };
  /** All mails, or only those to one address; newest last. */
  mails(to?: string): StoredMail[];
  find(id: string): StoredMail | undefined;
  /** Forgets all mails in memory (a file keeps them) and restores the usual quota. */
  clear(): void;
  /** Sets how many mails the account may send in 24 hours. */
  setQuota(mostInDay: number): void;
  /** Calls `listener` with each event of a configuration set's mails, after the send that caused it was answered. */
  onFeedback(listener: (feedback: Feedback) => void): void;
}

/** The limits of an account outside the SES sandbox, in recipients: per 24 hours, and per second. */
const usualQuota = 50_000;
const mostInSecond = 14;

/** An SES in this process. No mail leaves the machine: sent mails stay in the mailbox. */
export function createSes({ file, verified, now = Date.now }: SesOptions): Ses {
  const mailbox = new Mailbox(file);
  const listeners: ((feedback: Feedback) => void)[] = [];
  let mostInDay = usualQuota;

  const publish = (feedback: Feedback[]): void => {
    for (const one of feedback) for (const listener of listeners) listener(one);
  };

  const actions = new Map<string, (form: Form) => Members>([
    [
      'SendEmail',
      (form) => {
        const message = readSendEmail(form, verified);
        const { recipients, tags: _, ...content } = message;
        const id = `${randomUUID()}-000000`;
        const at = new Date(now()).toISOString();
        mailbox.add({ ...content, id, at, to: recipients.join(', '), delivery: worstDelivery(recipients) });
        setImmediate(publish, feedbackOf(id, message, at));
        return { MessageId: id };
      },
    ],
    [
      'GetSendQuota',
      () => {
        const since = new Date(now() - day).toISOString();
        const sent = mailbox.list().filter(({ at }) => at > since);
        const quota = { Max24HourSend: String(mostInDay), MaxSendRate: String(mostInSecond) };
        return { ...quota, SentLast24Hours: String(sent.flatMap(({ to }) => to.split(', ')).length) };
      },
    ],
    [
      'GetIdentityVerificationAttributes',
      (form) => {
        const known = form.list('Identities').filter(verified);
        const entry = known.map((key) => ({ key, value: { VerificationStatus: 'Success' } }));
        return { VerificationAttributes: { entry } };
      },
    ],
  ]);

  return {
    handle(formBody) {
      const requestId = randomUUID();
      try {
        const form = new Form(formBody);
        const name = form.required('Action');
        const action = actions.get(name);
        if (action === undefined) throw new SesError('InvalidAction', `${name} is not served here`);
        return { status: 200, contentType: 'text/xml', body: resultXml(name, action(form), requestId) };
      } catch (error) {
        if (!(error instanceof SesError)) throw error;
        const { code, message } = error;
        return {
          status: 400,
          contentType: 'text/xml',
          body: errorXml({ type: 'Sender', code, message }, requestId),
        };
      }
    },
    mails: (to) => mailbox.list(to),
    find: (id) => mailbox.find(id),
    clear() {
      mailbox.clear();
      mostInDay = usualQuota;
    },
    setQuota: (most) => void (mostInDay = most),
    onFeedback: (listener) => void listeners.push(listener),
  };
}
