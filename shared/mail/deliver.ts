import type { Ports } from '../capability.ts';
import { minute, type Clock } from '../clock.ts';
import type { readInvites } from '../data/invite-reads.ts';
import type { workOutbox } from '../data/mails.ts';
import type { Mail } from '../data/outbox.ts';
import type { countRates } from '../data/rates.ts';
import { inviteStatus, type Invite } from '../domain/invite.ts';
import { inviteUrl } from '../http/invite.ts';
import type { deriveCodes } from '../keys/invite-codes.ts';
import type { issueTokens } from '../keys/invite-tokens.ts';
import { traceOf, type Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { inviteLetter } from './invite-letter.ts';
import type { Letter } from './letter.ts';
import { memberLetter } from './member-letter.ts';
import { awaitTurn } from './pace.ts';
import type { sendMail } from './send.ts';

/** What delivering takes: the mailer's capabilities and its surroundings. */
type Mailer = Ports<
  readonly [
    typeof workOutbox,
    typeof readInvites,
    typeof issueTokens,
    typeof deriveCodes,
    typeof countRates,
    typeof sendMail,
  ]
> & { clock: Clock; settings: Settings; origin: string; log: Log };

/** Pauses between tries, milliseconds; after the last one the mail is given up and the admin sees it. */
const pauses = [1, 5, 25, 125].map((minutes) => minutes * minute);

/** What the mail says now; undefined when what it was to tell is no longer so. */
async function write({ kind }: Mail, invite: Invite, mailer: Mailer): Promise<Letter | undefined> {
  const { tokens, codes, clock, settings, origin } = mailer;
  const locale = invite.locale ?? settings.locale;
  if (kind === 'member') return memberLetter(origin, settings.appName, locale);
  if (inviteStatus(invite, clock.now()) !== 'active') return undefined;
  const url = inviteUrl(origin, await tokens.issue(invite, 'mail'));
  const code = invite.codeKey && !invite.ownCode ? await codes.derive(invite) : undefined;
  return inviteLetter(invite, { url, code, origin }, settings, locale);
}

/**
 * Sends one owed mail, unless it was sent or somebody else is at it. Only a crash between SES's answer and the
 * record of it can send a mail twice: SES v1 offers nothing to recognise a repeat by.
 */
export async function deliver(mailId: string, mailer: Mailer): Promise<void> {
  const { outbox, invites, post, clock, settings, log } = mailer;
  const mail = await outbox.take(mailId, clock.now());
  if (!mail) return;
  await awaitTurn(settings.mailsPerSecond, mailer);
  const { inviteId } = mail;
  const invite = await invites.get(inviteId);
  const letter = invite?.generation === mail.generation ? await write(mail, invite, mailer) : undefined;
  if (!letter) {
    log.info('mail.obsolete', { mailId, inviteId });
    return outbox.settle(mail, 'obsolete', clock.now());
  }
  if (await outbox.isSuppressed(mail.to)) {
    log.warn('mail.suppressed', { mailId, inviteId });
    return outbox.settle(mail, 'failed', clock.now());
  }
  let messageId: string;
  try {
    messageId = await post.send(mail.to, letter, mail.id);
  } catch (error) {
    const pause = pauses[mail.attempts - 1];
    log.error(pause === undefined ? 'mail.failed' : 'mail.postponed', {
      mailId,
      inviteId,
      ...traceOf(error),
    });
    const now = clock.now();
    return pause === undefined ? outbox.settle(mail, 'failed', now) : outbox.postpone(mail, now + pause);
  }
  await outbox.settle(mail, 'sent', clock.now(), messageId);
  log.info('mail.sent', { mailId, inviteId, messageId });
}
