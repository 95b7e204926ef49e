import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/documents.ts';
import { conditionalWrite } from '../aws/conditional-write.ts';
import { readRow } from '../aws/read-row.ts';
import { updateOnce } from '../aws/update-once.ts';
import { capability, onIndex, onTable } from '../deployment/capability.ts';
import { day, minute, toSeconds } from '../clock.ts';
import type { Config } from '../deployment/config.ts';
import { mailRef, type Mail, type Queue } from './outbox.ts';
import { suppressionRef } from './suppressions.ts';
import { transact, type Write } from '../aws/transaction.ts';

/** How long a mailer has a mail for itself. If the mailer dies, the mail is due again afterwards. */
const leaseMs = 2 * minute;
/** How long a settled mail stays readable. */
const retentionMs = 30 * day;

/** The final state of a mail. */
export type SettledState = Exclude<Mail['state'], 'pending'>;

const dueQuery = (config: Config, queue: Queue, now: number, limit: number) =>
  new QueryCommand({
    TableName: config.table('mails'),
    IndexName: 'byDue',
    KeyConditionExpression: 'queue = :queue AND dueAt <= :now',
    ExpressionAttributeValues: { ':queue': queue, ':now': now },
    Limit: limit,
  });

/** Finds due mails, in addition to those that a stream names. */
export const findDueMails = capability('outbox', [onIndex('mails', 'byDue')], (config) => ({
  /** Ids of a queue's due mails that no mailer has taken, longest due first. */
  async due(queue: Queue, now: number, limit: number): Promise<string[]> {
    const { Items = [] } = await documents.send(dueQuery(config, queue, now, limit));
    return Items.map(({ id }) => String(id));
  },
}));

/** The outbox for mailers. The capability that makes the `told` write of a mail's transaction has the grant for it. */
export const workOutbox = capability('outbox', [onTable('mails', 'GetItem', 'UpdateItem')], (config) => ({
  /**
   * Takes a due mail of one of `kinds` for one try; undefined when it is of another kind, is settled, or another mailer
   * has it. One write decides, so that only one mailer sends the mail. If the write's answer is lost, its repeat still takes the
   * mail, which need not wait for the end of the lease.
   */
  async take<Kind extends Mail['kind']>(
    id: string,
    kinds: readonly Kind[],
    now: number,
  ): Promise<Extract<Mail, { kind: Kind }> | undefined> {
    const wanted = Object.fromEntries(kinds.map((kind, position) => [`:kind${position}`, kind]));
    const taken = await updateOnce<Extract<Mail, { kind: Kind }>>(mailRef(config, id), 'lastTake', {
      when: `attribute_exists(queue) AND dueAt <= :now AND kind IN (${Object.keys(wanted).join(', ')})`,
      set: 'dueAt = :later',
      add: 'attempts :one',
      values: { ...wanted, ':now': now, ':later': now + leaseMs, ':one': 1 },
    });
    return taken.written ? taken.row : undefined;
  },

  /** Whether a mailbox has bounced or complained, so that it gets no more mail. */
  isSuppressed: async (email: string): Promise<boolean> =>
    (await readRow(suppressionRef(config, email))) !== undefined,

  /** Gives a mail back for another try at `dueAt`, in `queue` if given. The present try does not count if `isTried` is false. */
  async postpone(
    { id, attempts, queue: before }: Mail,
    dueAt: number,
    { isTried = true, queue = before }: { isTried?: boolean; queue?: Queue | undefined } = {},
  ): Promise<void> {
    await conditionalWrite({
      Update: {
        ...mailRef(config, id),
        UpdateExpression: 'SET dueAt = :dueAt, attempts = :counted, queue = :queue',
        ConditionExpression: 'attribute_exists(queue) AND attempts = :attempts',
        ExpressionAttributeValues: {
          ':attempts': attempts,
          ':counted': isTried ? attempts : attempts - 1,
          ':dueAt': dueAt,
          ':queue': queue,
        },
      },
    });
  },

  /**
   * Takes a mail off the queue.
   * @param told records the outcome on the mail's subject, in the same transaction, unless the subject has changed since.
   */
  async settle(
    mail: Mail,
    state: SettledState,
    now: number,
    { messageId, told }: { messageId?: string | undefined; told?: Write | undefined } = {},
  ): Promise<void> {
    const settled = settledWrite(config, mail, state, now, messageId);
    const refused = await transact({ mail: settled, told });
    if (refused.includes('told')) await transact({ mail: settled });
  },
}));

const settledWrite = (
  config: Config,
  { id, kind }: Mail,
  state: SettledState,
  now: number,
  messageId: string | undefined,
): Write => ({
  Update: {
    ...mailRef(config, id),
    UpdateExpression: 'SET #state = :state, settledAt = :now, messageId = :message, #ttl = :ttl REMOVE queue',
    ExpressionAttributeNames: { '#state': 'state', '#ttl': 'ttl' },
    ExpressionAttributeValues: {
      ':state': state,
      ':now': now,
      ':message': messageId ?? null,
      // No report comes on a code mail that never went out, and anyone can ask for codes in any name: its row goes sooner.
      ':ttl': toSeconds(now + (kind === 'code' && state === 'obsolete' ? day : retentionMs)),
    },
  },
});
