import { deletionsOf } from '../aws/delete-rows.ts';
import type { RowRef } from '../aws/read-row.ts';
import type { Write } from '../aws/transaction.ts';
import { joinUpdates, setFields } from '../aws/update.ts';
import { toSeconds } from '../clock.ts';
import type { Config } from '../deployment/config.ts';
import { memoryMs, type Grant } from './grant.ts';

type Named = Pick<Grant, 'userId' | 'id'>;

export const grantRef = (config: Config, { userId, id }: Named): RowRef => ({
  TableName: config.table('grants'),
  Key: { userId, id },
});

/** The row of a grant whose code was not used yet. */
export const newGrantRow = (config: Config, grant: Grant) => ({
  TableName: config.table('grants'),
  Item: { ...grant, ttl: toSeconds(grant.codeUntil + memoryMs) },
});

/** What the use of a code stores. */
export interface CodeUse {
  now: number;
  /** When the row may be forgotten. Milliseconds. */
  keepUntil: number;
  /** SHA-256 of the first refresh token's secret, if there is one. */
  refreshHash?: string | undefined;
  startedSessionId?: string | undefined;
}

/** Uses up a code. Of simultaneous requests, one succeeds. */
export function codeUseWrite(config: Config, grant: Grant, use: CodeUse): Write {
  const { now, keepUntil, refreshHash, startedSessionId } = use;
  return {
    Update: {
      ...grantRef(config, grant),
      ...joinUpdates([
        setFields({
          usedAt: now,
          ttl: toSeconds(keepUntil),
          ...(refreshHash && { hash: refreshHash, generation: 1 }),
          ...(startedSessionId && { startedSessionId }),
        }),
        {
          when: 'codeHash = :code AND codeUntil > :now AND attribute_not_exists(usedAt) AND attribute_not_exists(endedAt)',
          values: { ':now': now, ':code': grant.codeHash },
        },
      ]),
    },
  };
}

/** The replacement of the present refresh token. */
export interface Rotation {
  nextHash: string;
  /** Until when the present token's answer is repeated, and when the row may be forgotten. Milliseconds. */
  previousUntil: number;
  keepUntil: number;
  /** The session that the grant depends on now, which may have replaced an earlier one by a sign-in over it. */
  sessionId: string;
}

/** Replaces the present refresh token by the next one. Of simultaneous requests, one succeeds. */
export const rotationWrite = (
  config: Config,
  { hash, generation, ...grant }: Grant & Required<Pick<Grant, 'hash' | 'generation'>>,
  { nextHash, previousUntil, keepUntil, sessionId }: Rotation,
): Write => ({
  Update: {
    ...grantRef(config, grant),
    UpdateExpression:
      'SET #hash = :next, generation = :generation, previousHash = :present, previousUntil = :until, #ttl = :ttl, sessionId = :session, firstSessionId = :first',
    ConditionExpression: '#hash = :present AND attribute_not_exists(endedAt)',
    ExpressionAttributeNames: { '#hash': 'hash', '#ttl': 'ttl' },
    ExpressionAttributeValues: {
      ':next': nextHash,
      ':ttl': toSeconds(keepUntil),
      ':generation': generation + 1,
      ':present': hash,
      ':until': previousUntil,
      ':session': sessionId,
      ':first': grant.firstSessionId ?? grant.sessionId,
    },
  },
});

/** Ends a grant that has not ended, with all its refresh tokens. */
export const grantEndWrite = (config: Config, grant: Named, now: number): Write => ({
  Update: {
    ...grantRef(config, grant),
    UpdateExpression: 'SET endedAt = :now',
    ConditionExpression: 'attribute_exists(id) AND attribute_not_exists(endedAt)',
    ExpressionAttributeValues: { ':now': now },
  },
});

/** Prefix of the rows that say when a user signed in to an app. They lie beside the user's grants and outlive them. */
export const appRowPrefix = 'app#';

/** Notes that a user has signed in to an app. */
export const signInWrite = (config: Config, userId: string, app: string, now: number): Write => ({
  Update: {
    ...grantRef(config, { userId, id: `${appRowPrefix}${app}` }),
    UpdateExpression: 'SET firstAt = if_not_exists(firstAt, :now), lastAt = :now',
    ExpressionAttributeValues: { ':now': now },
  },
});

/** Deletes a user's grants to apps, and the records of their sign-ins to apps. */
export const grantDeletions = (config: Config, userId: string): Promise<Record<string, Write>> =>
  deletionsOf(config.table('grants'), 'id', userId);

/** Deletes only the records of a user's sign-ins to apps, which have no TTL: at most one row for each app. */
export const usedAppDeletions = (config: Config, userId: string): Promise<Record<string, Write>> =>
  deletionsOf(config.table('grants'), 'id', userId, appRowPrefix);
