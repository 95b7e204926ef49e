import type { Ports } from '../capability.ts';
import { minute, type Clock } from '../clock.ts';
import type { readInvites } from '../data/invite-reads.ts';
import type { workOutbox } from '../data/mails.ts';
import { inviteStatus } from '../domain/invite.ts';
import { inviteUrl } from '../http/invite.ts';
import type { issueTokens } from '../keys/invite-tokens.ts';
import { traceOf, type Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { inviteLetter } from './invite-letter.ts';
import type { sendMail } from './send.ts';

/** What delivering takes: the mailer's capabilities and its surroundings. */
type Mailer = Ports<readonly [typeof workOutbox, typeof readInvites, typeof issueTokens, typeof sendMail]> & {
  clock: Clock;
  settings: Settings;
  origin: string;
  log: Log;
};

/** Pauses between tries, milliseconds; after the last one the mail is given up and the admin sees it. */
const pauses = [1, 5, 25, 125].map((minutes) => minutes * minute);

/**
 * Sends one owed mail, unless it was sent or somebody else is at it. Only a crash between SES's answer and the
 * record of it can send a mail twice: SES v1 offers nothing to recognise a repeat by.
 */
export async function deliver(mailId: string, mailer: Mailer): Promise<void> {
  const { outbox, invites, tokens, post, clock, settings, origin, log } = mailer;
  const mail = await outbox.take(mailId, clock.now());
  if (!mail) return;
  const invite = await invites.get(mail.inviteId);
  const now = clock.now();
  if (!invite || invite.generation !== mail.generation || inviteStatus(invite, now) !== 'active') {
    log.info('mail.obsolete', { mailId, inviteId: mail.inviteId });
    return outbox.settle(mail, 'obsolete', now);
  }
  const url = inviteUrl(origin, await tokens.issue(invite, 'mail'));
  const letter = inviteLetter(invite, url, settings.appName, invite.locale ?? settings.locale);
  let messageId: string;
  try {
    messageId = await post.send(mail.to, letter, mail.id);
  } catch (error) {
    const pause = pauses[mail.attempts - 1];
    log.error(pause === undefined ? 'mail.failed' : 'mail.postponed', {
      mailId,
      inviteId: invite.id,
      ...traceOf(error),
    });
    return pause === undefined ? outbox.settle(mail, 'failed', now) : outbox.postpone(mail, now + pause);
  }
  await outbox.settle(mail, 'sent', clock.now(), messageId);
  log.info('mail.sent', { mailId, inviteId: invite.id, messageId });
}
