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
  kind: 'invite';
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

/** Owes the invite's mail, in the transaction that makes the invite. */
export function outboxWrite(config: Config, invite: Invite & { email: string }, now: number): Write {
  const Item: Mail = {
    id: newId(),
    kind: 'invite',
    to: invite.email,
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
