import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { conditionalWrite } from '../aws/conditional-write.ts';
import { updateOnce } from '../aws/update-once.ts';
import type { UpdatePart } from '../aws/update.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { day, toSeconds } from '../clock.ts';
import type { Config } from '../deployment/config.ts';
import { readRow } from '../aws/read-row.ts';
import { afterRefusal, lockEnd, type Tries } from './lockout-rule.ts';

const rowOf = (config: Config, subject: string) => ({
  TableName: config.table('counters'),
  Key: { pk: `lock#${subject}` },
});

const update = (input: UpdateCommandInput) =>
  conditionalWrite<Tries>({ Update: { ...input, ReturnValues: 'ALL_NEW' } });

/** When DynamoDB may delete the row. */
const ttlSeconds = (now: number): number => toSeconds(now + day);

/** Takes one of the tries that are left. */
const takePart = (limit: number, now: number): UpdatePart => ({
  when: '(attribute_not_exists(tries) OR tries < :limit)',
  set: 'takenAt = :now, #ttl = :ttl',
  add: 'tries :one',
  names: { '#ttl': 'ttl' },
  values: { ':one': 1, ':limit': limit, ':now': now, ':ttl': ttlSeconds(now) },
});

/** Takes a try on top of `failures`, unless another request has taken one since `seen` was read. */
const beginUpdate = (
  config: Config,
  subject: string,
  seen: Tries,
  failures: number,
  now: number,
): UpdateCommandInput => ({
  ...rowOf(config, subject),
  UpdateExpression: 'SET tries = :tries, failures = :failures, takenAt = :now, #ttl = :ttl',
  ConditionExpression: 'tries = :seen AND takenAt = :seenAt',
  ExpressionAttributeNames: { '#ttl': 'ttl' },
  ExpressionAttributeValues: {
    ':tries': failures + 1,
    ':failures': failures,
    ':seen': seen.tries,
    ':seenAt': seen.takenAt,
    ':now': now,
    ':ttl': ttlSeconds(now),
  },
});

/**
 * Locks accounts after consecutive failures. A password is hashed only after a try was reserved for it; the try is given back if the
 * password was right. However many requests come at once, no more passwords than the limit are checked (C24).
 */
export const lockout = capability('lockout', [onTable('counters', 'UpdateItem')], (config) => ({
  /** Consecutive failures that lock. */
  limit: config.settings.lockFailures,

  /**
   * Reserves a try for `subject`, whose failures are counted together.
   * @returns undefined if the try may be made, else when (milliseconds) to come again: at the end of the lock, or soon, if tries that
   * are under way may turn out right.
   */
  async take(subject: string, now: number): Promise<number | undefined> {
    for (;;) {
      const taken = await updateOnce<Tries>(
        rowOf(config, subject),
        'lastTaken',
        takePart(config.settings.lockFailures, now),
      );
      if (taken.written) return undefined;
      const seen = taken.refusedBy!;
      const { until, failures = 0 } = afterRefusal(seen, config.settings, now);
      if (until !== undefined) return until;
      const begun = await update(beginUpdate(config, subject, seen, failures, now));
      if (begun.written) return undefined;
    }
  },

  /** Records that a try failed: it stays taken. */
  async failed(subject: string, now: number): Promise<void> {
    await updateOnce<Tries>(rowOf(config, subject), 'lastSettled', {
      // Keeps failures from exceeding tries: without it, a repeat of this update would count twice after an update in between.
      when: '(attribute_not_exists(failures) OR failures < tries)',
      set: 'failedAt = :now, #ttl = :ttl',
      add: 'failures :one',
      names: { '#ttl': 'ttl' },
      values: { ':one': 1, ':now': now, ':ttl': ttlSeconds(now) },
    });
  },

  /** Gives back a try that was right or came to no decision. @returns the number of failures before it. */
  async passed(subject: string): Promise<number> {
    const given = await updateOnce<Tries>(rowOf(config, subject), 'lastSettled', {
      when: 'tries > :none',
      add: 'tries :less',
      values: { ':less': -1, ':none': 0 },
    });
    return given.written ? (given.row.failures ?? 0) : 0;
  },

  /** Forgets the failures of `subject`. Tries that are under way stay taken. */
  async forgive(subject: string): Promise<void> {
    await update({
      ...rowOf(config, subject),
      UpdateExpression: 'SET tries = tries - failures, failures = :none',
      ConditionExpression: 'failures > :none',
      ExpressionAttributeValues: { ':none': 0 },
    });
  },
}));

/** Reads the locks of accounts, for administrators, who may unlock them. */
export const readLocks = capability('locks', [onTable('counters', 'GetItem')], (config) => ({
  /** When the lock of `subject` ends (milliseconds); undefined if there is none. */
  async until(subject: string, now: number): Promise<number | undefined> {
    const tries = await readRow<Tries>(rowOf(config, subject));
    return tries && lockEnd(tries, config.settings, now);
  },
}));
