import type { Config } from '../deployment/config.ts';
import type { User } from '../users/user.ts';
import { networkOf } from '../http/address.ts';
import { newId } from '../random.ts';
import type { Locale } from '../locale.ts';
import type { RowRef } from '../aws/read-row.ts';
import type { Write } from '../aws/transaction.ts';

export type Queue = 'urgent' | 'due' | 'spare';

/** What every mail that is owed has, whatever it is about. */
interface Owed {
  id: string;
  to: string;
  attempts: number;
  state: 'pending' | 'sent' | 'failed' | 'obsolete';
  /**
   * Present while the mail is owed, absent afterwards: the index on it holds owed mails only. Mails that a person waits
   * for are `urgent`, so that a thousand invites that are `due` do not hold them up. `spare` are those for which a budget had no
   * room (C98): they come last, also after others' second tries.
   */
  queue?: Queue;
  /** Whether somebody made us mail it who has proven no mailbox: it is sent within a budget of its own (C98). */
  byStranger?: true;
  /** No mailer takes the mail before this time, and the one that takes it moves it on. Milliseconds. */
  dueAt: number;
  createdAt: number;
}

/** `invite` carries the link; `member` tells a member that they have used theirs. */
export interface InviteMail extends Owed {
  kind: 'invite' | 'member';
  inviteId: string;
  /** Of the invite when the mail was owed; a re-issue makes it obsolete. */
  generation: number;
}

/** Carries the code of a letter, as long as the letter holds and is still the same. */
export interface CodeMail extends Owed {
  kind: 'code';
  letter: string;
  n: string;
  /** The flow that the mail leads to. */
  flow?: string;
}

/**
 * What an account's owner is told: so that a thief is not alone in knowing it, or (`key`) that an API key expires. `session`
 * was held by two, `binding` was taken off by an administrator, `apiKey` was replaced or deleted, `account` is gone.
 */
export type Notice = 'device' | 'password' | 'email' | 'session' | 'binding' | 'apiKey' | 'account' | 'key';

/** An API key of which a mail tells: what people call its service, and when it expires (milliseconds). */
export interface NoticedKey {
  service: string;
  expiresAt: number;
}

export interface NoticeMail extends Owed {
  kind: 'notice';
  what: Notice;
  locale: Locale;
  /** When it happened (milliseconds), on which device and about where from. */
  at: number;
  device?: string;
  address?: string;
  key?: NoticedKey;
  /** What people call the service of an API key that was changed. */
  service?: string;
}

/**
 * A mail that is owed. It names what it is about and never holds a link or a code: those are derived when it is
 * sent, so a stolen outbox gives no access.
 */
export type Mail = InviteMail | CodeMail | NoticeMail;

/** That a mailbox gets no more mail, why, and since when (milliseconds). */
export interface Suppression {
  email: string;
  reason: 'bounced' | 'complained';
  since: number;
}

/** A mailbox that bounced or complained, and gets no more mail; a row of the outbox that no mailer takes. */
export const suppressionRef = (config: Config, email: string): RowRef =>
  mailRef(config, `suppressed#${email}`);

/** Takes off a suppression that was read, and not one that a report of meanwhile has made anew. */
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

/** What a mail of one kind says besides what every mail has. */
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

/** Owes a mail about an invite, in the transaction that gives the reason for it. */
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
 * Owes a notice to the user's mailbox, in the transaction that gives the reason for it. Undefined where the mailbox is
 * not proven, so that no stranger reads it, and where the deployment sends no mail.
 * @param details the device as its owner would name it, and the caller's whole address, which is shortened; for `key`
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
