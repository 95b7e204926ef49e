import type { Config } from '../deployment/config.ts';
import type { User } from '../users/user.ts';
import { networkOf } from '../http/address.ts';
import { newId } from '../random.ts';
import type { Locale } from '../locale.ts';
import type { RowRef } from '../aws/read-row.ts';
import type { Write } from '../aws/transaction.ts';

export type Queue = 'urgent' | 'due' | 'spare';

/** The fields of every owed mail. */
interface Owed {
  id: string;
  to: string;
  attempts: number;
  state: 'pending' | 'sent' | 'failed' | 'obsolete';
  /**
   * Present while the mail is owed, absent afterwards: the index on it holds only owed mails. Mails that a person waits
   * for are `urgent`, so that a thousand `due` invites do not delay them. Mails beyond a budget are `spare` (C98): they come last,
   * even after the second tries of others.
   */
  queue?: Queue;
  /** Set if the person who caused the mail has proven no mailbox: strangers' mail has a budget of its own (C98). */
  byStranger?: true;
  /** No mailer takes the mail before this time. The mailer that takes it moves the time on. Milliseconds. */
  dueAt: number;
  createdAt: number;
}

/** `invite` carries the link; `member` tells a member that they have used their link. */
export interface InviteMail extends Owed {
  kind: 'invite' | 'member';
  inviteId: string;
  /** The invite's generation when the mail was owed; a re-issue of the invite makes the mail obsolete. */
  generation: number;
}

/** Carries the code of a letter, as long as the letter is valid and unchanged. */
export interface CodeMail extends Owed {
  kind: 'code';
  letter: string;
  n: string;
  /** The flow that the mail leads to. */
  flow?: string;
}

/**
 * The event that a notice tells an account's owner, so that a thief cannot act unnoticed; `key` tells that an API key expires.
 * `session`: two people held a session. `binding`: an administrator unbound the account from its device. `apiKey`: a key was
 * replaced or deleted. `account`: the account was deleted.
 */
export type Notice = 'device' | 'password' | 'email' | 'session' | 'binding' | 'apiKey' | 'account' | 'key';

/** The API key that a mail is about: the title of its service, and when the key expires (milliseconds). */
export interface NoticedKey {
  service: string;
  expiresAt: number;
}

export interface NoticeMail extends Owed {
  kind: 'notice';
  what: Notice;
  locale: Locale;
  /** When the event happened (milliseconds), on which device and from which network. */
  at: number;
  device?: string;
  address?: string;
  key?: NoticedKey;
  /** The title of the service whose API key was changed. */
  service?: string;
}

/**
 * A mail that is owed. It names its subject and never holds a link or a code. Both are derived when the mail is
 * sent, so a stolen outbox gives no access.
 */
export type Mail = InviteMail | CodeMail | NoticeMail;

/** The record that a mailbox gets no more mail: why, and since when (milliseconds). */
export interface Suppression {
  email: string;
  reason: 'bounced' | 'complained';
  since: number;
}

/** The row of a mailbox that gets no more mail after a bounce or a complaint. It lies in the outbox, but no mailer takes it. */
export const suppressionRef = (config: Config, email: string): RowRef =>
  mailRef(config, `suppressed#${email}`);

/** Lifts a suppression as it was read, but not a newer one that another report has written since. */
export const liftWrite = (config: Config, { email, since }: Suppression): Write => ({
  Delete: {
    ...suppressionRef(config, email),
    ConditionExpression: 'since = :since',
    ExpressionAttributeValues: { ':since': since },
  },
});

export const mailRef = (config: Config, id: string): RowRef => ({
  TableName: config.table('mails'),
  Key: { id },
});

/** The fields of one kind of mail, beyond those of every mail. */
type Matter<M extends Mail> = Omit<M, keyof Owed> & Pick<Owed, 'byStranger'>;

function owe<M extends Mail>(
  config: Config,
  to: string,
  queue: Queue,
  matter: Matter<M>,
  now: number,
): Write {
  const owed: Owed = { id: newId(), to, attempts: 0, state: 'pending', queue, dueAt: now, createdAt: now };
  return { Put: { TableName: config.table('mails'), Item: { ...owed, ...matter } } };
}

/** Owes a mail about an invite, in the transaction that causes the mail. */
export const outboxWrite = (
  config: Config,
  { id: inviteId, generation }: { id: string; generation: number },
  to: string,
  now: number,
  kind: InviteMail['kind'] = 'invite',
): Write => owe<InviteMail>(config, to, 'due', { kind, inviteId, generation }, now);

/** Owes the mail of a letter's code, in the transaction that writes the letter. */
export const codeMailWrite = (
  config: Config,
  { pk: letter, n, email }: { pk: string; n: string; email: string },
  flow: string,
  byStranger: boolean,
  now: number,
): Write => {
  const matter = { kind: 'code' as const, letter, n, flow, ...(byStranger && { byStranger }) };
  return owe<CodeMail>(config, email, 'urgent', matter, now);
};

interface NoticeDetails {
  device?: string | undefined;
  address?: string;
  key?: NoticedKey;
  service?: string;
}

/**
 * Owes a notice to the user's mailbox, in the transaction that causes the notice. Undefined if the mailbox is not proven,
 * so that no stranger reads the notice, and if the deployment sends no mail.
 * @param details the device as its owner would name it, and the caller's full address, which is shortened here; for `key`
 * the key, for `apiKey` its service.
 */
export function noticeWrite(
  config: Config,
  { email, emailVerified, locale }: Pick<User, 'email' | 'emailVerified' | 'locale'>,
  what: Notice,
  { device, address, key, service }: NoticeDetails,
  now: number,
): Write | undefined {
  if (email === undefined || !emailVerified || config.settings.mailFrom === null) return undefined;
  const network = address === undefined ? undefined : networkOf(address);
  const details = {
    ...(device && { device }),
    ...(network && { address: network }),
    ...(key && { key }),
    ...(service && { service }),
  };
  return owe<NoticeMail>(config, email, 'urgent', { kind: 'notice', what, locale, at: now, ...details }, now);
}
