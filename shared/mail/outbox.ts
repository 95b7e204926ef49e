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

/** The API key that a mail is about: the title of its service, and when the key expires (milliseconds). */
export interface NoticedKey {
  service: string;
  expiresAt: number;
}

/** The network that an event came from. */
interface FromNetwork {
  address?: string;
}

/** The network, and the device as its owner would name it. */
interface FromDevice extends FromNetwork {
  device?: string | undefined;
}

/**
 * The events that notices tell an account's owner, so that a thief cannot act unnoticed, each with what is told of it; `key` tells
 * that an API key expires. `session`: two people held a session. `binding`: an administrator unbound the account from its device.
 * `apiKey`: a key of the service with this title was replaced or deleted. `account`: the account was deleted.
 */
interface NoticeDetails {
  device: FromDevice;
  password: FromNetwork;
  email: FromNetwork;
  session: FromDevice;
  binding: Record<never, never>;
  apiKey: FromNetwork & { service: string };
  account: FromNetwork;
  key: { key: NoticedKey };
}

export type Notice = keyof NoticeDetails;

interface AnyNotice extends Owed {
  kind: 'notice';
  locale: Locale;
  /** When the event happened (milliseconds). */
  at: number;
}

export type NoticeMail = { [What in Notice]: AnyNotice & { what: What } & NoticeDetails[What] }[Notice];

/**
 * A mail that is owed. It names its subject and never holds a link or a code. Both are derived when the mail is
 * sent, so a stolen outbox gives no access.
 */
export type Mail = InviteMail | CodeMail | NoticeMail;

export const mailRef = (config: Config, id: string): RowRef => ({
  TableName: config.table('mails'),
  Key: { id },
});

/** The fields of one kind of mail, beyond those of every mail. */
type Matter<M extends Mail> = M extends Mail ? Omit<M, keyof Owed> & Pick<Owed, 'byStranger'> : never;

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

/**
 * Owes a notice to the user's mailbox, in the transaction that causes the notice. Undefined if the mailbox is not proven,
 * so that no stranger reads the notice, and if the deployment sends no mail.
 * @param told holds the caller's full address, which is shortened here.
 */
export function noticeWrite<What extends Notice>(
  config: Config,
  { email, emailVerified, locale }: Pick<User, 'email' | 'emailVerified' | 'locale'>,
  what: What,
  told: NoticeDetails[What],
  now: number,
): Write | undefined {
  if (email === undefined || !emailVerified || config.settings.mailFrom === null) return undefined;
  const { device, address, key, service }: FromDevice & { key?: NoticedKey; service?: string } = told;
  const network = address === undefined ? undefined : networkOf(address);
  const details = {
    ...(device && { device }),
    ...(network && { address: network }),
    ...(key && { key }),
    ...(service && { service }),
  };
  // `details` are those of `told`, which TypeScript cannot follow through the choice.
  const matter = { kind: 'notice', what, locale, at: now, ...details } as Matter<NoticeMail>;
  return owe<NoticeMail>(config, email, 'urgent', matter, now);
}
