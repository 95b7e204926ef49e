import type { Ports } from '../deployment/capability.ts';
import { minute, type Clock } from '../clock.ts';
import type { Write } from '../aws/transaction.ts';
import { workOutbox, type SettledState } from './work-outbox.ts';
import type { DeliveryReason } from './delivery.ts';
import { Failure } from '../errors/failure.ts';
import type { Mail, Queue } from './outbox.ts';
import { countRates } from '../guards/rates.ts';
import { traceOf, type Log } from '../aws/log.ts';
import type { Settings } from '../deployment/settings.ts';
import type { MailContent } from './mail-content.ts';
import { awaitSendSlot, mayNoticeHurry, whenStrangerMaySend } from './send-rate.ts';
import { sendMail } from './send.ts';

/** The capabilities that delivery needs for mails of every kind. */
export const deliverMail = [workOutbox, countRates, sendMail] as const;

export interface MailerContext {
  clock: Clock;
  settings: Settings;
  origin: string;
  log: Log;
}
export type Mailer = Ports<typeof deliverMail> & MailerContext;

/** The outcome of one try to send a mail. */
export type TryOutcome = 'sent' | 'refused' | 'suppressed';

/** A mail's content at the time of sending: undefined if its reason is gone, `withheld` if the mail must not (or no longer) be sent. */
export type Composed = MailContent | 'withheld' | undefined;

/** Writes the mails of one kind, and reports their outcome. */
export interface Writer<M extends Mail> {
  write(mail: M): Promise<Composed>;
  /** The write that records on the mail's subject, such as its invite, that it was sent, failed (and why) or became obsolete. */
  tell?(
    mail: M,
    told: { delivery: SettledState; at: number; reason?: DeliveryReason | undefined },
  ): Write | undefined;
  /** Records for the person who waits for the mail that it was refused, or that it was sent after all. */
  note?(mail: M, outcome: TryOutcome): Promise<void>;
}

export type Writers = { [Kind in Mail['kind']]?: Writer<Extract<Mail, { kind: Kind }>> };

/** Pauses between tries. If the last try fails, the mail is given up and administrators see it. */
const pausesMs = [1, 5, 25, 125].map((minutes) => minutes * minute);

type Ready =
  | { composed: MailContent }
  | { later: number; queue?: Queue }
  | { mistake: unknown }
  | 'obsolete'
  | 'withheld'
  | 'suppressed';

/** Does everything for a mail that comes before the call to SES, and waits for its turn. */
async function prepare(mail: Mail, writer: Writer<Mail>, mailer: Mailer): Promise<Ready> {
  const { outbox, settings } = mailer;
  const composed = await writer.write(mail);
  if (!composed) return 'obsolete';
  if (composed === 'withheld') return composed;
  if (await outbox.isSuppressed(mail.to)) return 'suppressed';
  // Last, so that mails which are never sent, such as codes for made-up names, use up none of the send rate.
  const waits = mail.byStranger || (mail.kind === 'notice' && !(await mayNoticeHurry(mail.to, mailer)));
  const later = waits ? await whenStrangerMaySend(settings.mailsPerSecond, mailer) : undefined;
  // No other mail waits behind this one: the sweep comes back to it.
  if (later !== undefined) return { later, queue: 'spare' };
  const full = await awaitSendSlot(settings.mailsPerSecond, mail.queue === 'urgent' && !waits, mailer);
  return full === undefined ? { composed } : { later: full };
}

/**
 * As `prepare`. If the store or a key fails, the try does not count, since an outage ends. Any other error, such as that of a text
 * for a broken row, is our own mistake, and the next try would meet it again: this try counts, like a refusal by SES.
 */
async function prepareOrGiveBack(mail: Mail, writer: Writer<Mail>, mailer: Mailer): Promise<Ready> {
  try {
    return await prepare(mail, writer, mailer);
  } catch (error) {
    if (!(error instanceof Failure)) return { mistake: error };
    await mailer.outbox.postpone(mail, mail.dueAt, { isTried: false }).catch(() => undefined);
    throw error;
  }
}

/**
 * Sends one owed mail that `writers` can write, unless it was sent or another mailer has it. A mail can go out twice only if
 * SES's answer, or our record of it, is lost: SES v1 cannot recognise a repeat.
 */
export async function deliver(mailId: string, writers: Writers, mailer: Mailer): Promise<void> {
  const { outbox, post, clock, log } = mailer;
  const mail = await outbox.take(mailId, Object.keys(writers) as Mail['kind'][], clock.now());
  if (!mail) return;
  const about = { mailId, ...('inviteId' in mail && { inviteId: mail.inviteId }) };
  const writer = writers[mail.kind] as Writer<Mail>;
  const end = (
    delivery: SettledState,
    { messageId, reason }: { messageId?: string; reason?: DeliveryReason | undefined } = {},
  ) => {
    const at = clock.now();
    return outbox.settle(mail, delivery, at, {
      messageId,
      told: writer.tell?.(mail, { delivery, at, reason }),
    });
  };
  const refuse = async (error: unknown, reason?: DeliveryReason) => {
    const pauseMs = pausesMs[mail.attempts - 1];
    log.error(pauseMs === undefined ? 'mail.failed' : 'mail.postponed', { ...about, ...traceOf(error) });
    await (pauseMs === undefined ? end('failed', { reason }) : outbox.postpone(mail, clock.now() + pauseMs));
    return writer.note?.(mail, 'refused');
  };
  const ready = await prepareOrGiveBack(mail, writer, mailer);
  if (ready === 'obsolete') {
    // A code expires before the last try is due, so this is the only place to report that its mail was refused until then.
    if (mail.kind === 'code' && mail.attempts > 1) log.error('mail.failed', about);
    else log.info('mail.obsolete', about);
    return end('obsolete');
  }
  if (ready === 'withheld') {
    log.info('mail.withheld', about);
    return end('failed');
  }
  if (ready === 'suppressed') {
    log.warn('mail.suppressed', about);
    await end('failed', { reason: 'suppressed' });
    return writer.note?.(mail, 'suppressed');
  }
  if ('mistake' in ready) return refuse(ready.mistake);
  if ('later' in ready) return outbox.postpone(mail, ready.later, { isTried: false, queue: ready.queue });
  let messageId: string;
  try {
    messageId = await post.send(mail.to, ready.composed, mail.id);
  } catch (error) {
    return refuse(error, 'sender_refused');
  }
  await end('sent', { messageId });
  if (mail.attempts > 1) await writer.note?.(mail, 'sent');
  log.info('mail.sent', { ...about, messageId });
}
