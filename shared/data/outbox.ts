import type { Config } from '../config.ts';
import type { Invite } from '../domain/invite.ts';
import { newId } from '../random.ts';
import type { Write } from './transaction.ts';

/**
 * A mail that is owed. It names what it is about and never holds a link: that is derived when it is sent, so a
 * stolen outbox lets nobody in.
 */
export interface Mail {
  id: string;
  /** `invite` carries the link; `member` tells somebody that they have used theirs. */
  kind: 'invite' | 'member';
  to: string;
  inviteId: string;
  /** Of the invite when the mail was owed; a re-issue makes it obsolete. */
  generation: number;
  attempts: number;
  state: 'pending' | 'sent' | 'failed' | 'obsolete';
  /** `due` while the mail is owed, absent afterwards: the index on it holds nothing else. */
  queue?: 'due';
  /** Nobody sends the mail before this time; whoever sends it moves it on. Milliseconds. */
  dueAt: number;
  createdAt: number;
}

/** A mailbox that bounced or complained, and gets no more mail; a row of the outbox that no mailer takes. */
export const suppressionKey = (email: string) => ({ id: `suppressed#${email}` });

/** Owes a mail about an invite, in the transaction that gives the reason for it. */
export function outboxWrite(
  config: Config,
  invite: Pick<Invite, 'id' | 'generation'>,
  to: string,
  now: number,
  kind: Mail['kind'] = 'invite',
): Write {
  const Item: Mail = {
    id: newId(),
    kind,
    to,
    inviteId: invite.id,
    generation: invite.generation,
    attempts: 0,
    state: 'pending',
    queue: 'due',
    dueAt: now,
    createdAt: now,
  };
  return { Put: { TableName: config.table('mails'), Item } };
}
