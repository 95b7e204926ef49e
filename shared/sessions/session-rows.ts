import { deletionsOf } from '../aws/delete-rows.ts';
import type { RowRef } from '../aws/read-row.ts';
import type { Write } from '../aws/transaction.ts';
import { toSeconds } from '../clock.ts';
import type { Config } from '../deployment/config.ts';
import { deviceRowPrefix, sessionExpiry, successorRowPrefix, type Session } from './session.ts';

export const sessionRef = (config: Config, userId: string, id: string): RowRef => ({
  TableName: config.table('sessions'),
  Key: { userId, id },
});

/** The row of a device from which a user has signed in. It lies beside the user's sessions and outlives them. */
export const deviceRef = (config: Config, userId: string, device: string): RowRef =>
  sessionRef(config, userId, `${deviceRowPrefix}${device}`);

/** The row that names the session now in a browser's place, by the id of the first session there (record 64). */
export const successorRef = (config: Config, userId: string, firstId: string): RowRef =>
  sessionRef(config, userId, `${successorRowPrefix}${firstId}`);

export interface SuccessorRow {
  id: string;
  /** The session that is in the place. */
  sessionId: string;
  /** SHA-256 of the secret of the token over which the session signed in. A client that sends it again has lost the answer. */
  over: string;
  /** When the session signed in (milliseconds). Named as in a device's row, since both kinds are forgotten by it. */
  lastSeenAt: number;
}

/** Records that `session`, which signed in over the token with the hash `over`, is now in its browser's place. */
export function successorWrite(
  config: Config,
  { userId, firstId, id: sessionId, lastSeenAt, absoluteExpiresAt }: Session & { firstId: string },
  over: string,
): Write {
  const { TableName, Key } = successorRef(config, userId, firstId);
  const ttl = toSeconds(absoluteExpiresAt);
  return { Put: { TableName, Item: { ...Key, sessionId, over, lastSeenAt, ttl } } };
}

/** Deletes all sessions, successors and known devices of a user. */
export const sessionDeletions = (config: Config, userId: string): Promise<Record<string, Write>> =>
  deletionsOf(config.table('sessions'), 'id', userId);

/** Stores a new session. */
export const newSessionWrite = (config: Config, session: Session): Write => ({
  Put: {
    TableName: config.table('sessions'),
    Item: { ...session, ttl: toSeconds(sessionExpiry(session)) },
  },
});

/** Ends a session that is there: of two simultaneous requests, only one ends it. */
export const sessionDeletion = (config: Config, userId: string, id: string): Write => ({
  Delete: { ...sessionRef(config, userId, id), ConditionExpression: 'attribute_exists(id)' },
});

/** Ends a session that has not been used since it was read. */
export const unusedSessionDeletion = (
  config: Config,
  { userId, id, lastSeenAt }: Pick<Session, 'userId' | 'id' | 'lastSeenAt'>,
): Write => ({
  Delete: {
    ...sessionRef(config, userId, id),
    ConditionExpression: 'lastSeenAt = :seen',
    ExpressionAttributeValues: { ':seen': lastSeenAt },
  },
});

/** A device that has signed in to the account, as its row describes it. */
export interface DeviceRow {
  id: string;
  /** What it is known by: the hash of its cookie, or the thumbprint of its key. */
  device?: string;
  /** Milliseconds. */
  createdAt?: number;
  lastSeenAt?: number;
  address?: string;
  userAgent?: string;
}

/** Forgets a device, or a browser's place, unless its user has signed in from it since it was read. */
export const unusedRowDeletion = (
  config: Config,
  userId: string,
  { id, lastSeenAt }: Pick<DeviceRow, 'id' | 'lastSeenAt'>,
) => ({
  Delete: {
    ...sessionRef(config, userId, id),
    ...(lastSeenAt === undefined
      ? { ConditionExpression: 'attribute_not_exists(lastSeenAt)' }
      : {
          ConditionExpression: 'lastSeenAt = :seen',
          ExpressionAttributeValues: { ':seen': lastSeenAt },
        }),
  },
});

/** A session as the holder of its token knows it. */
export interface HeldSession {
  id: string;
  /** SHA-256 of the token's secret. */
  hash: string;
}

/** Whether `held` comes from a token of the session: the present, the next or the previous one. */
export const isHeld = ({ hash, nextHash, previousHash }: Session, held: HeldSession): boolean =>
  [hash, nextHash, previousHash].includes(held.hash);

/** Ends a session for the holder of its token; a session's id alone ends nothing. */
export const heldSessionDeletion = (config: Config, userId: string, { id, hash }: HeldSession): Write => ({
  Delete: {
    ...sessionRef(config, userId, id),
    ConditionExpression: '#hash = :held OR nextHash = :held OR previousHash = :held',
    ExpressionAttributeNames: { '#hash': 'hash' },
    ExpressionAttributeValues: { ':held': hash },
  },
});

/** Lets a session outlive the others when the user's epoch is raised from `epoch`. */
export const sessionEpochWrite = (config: Config, { userId, id }: Session, epoch: number): Write => ({
  Update: {
    ...sessionRef(config, userId, id),
    UpdateExpression: 'SET epoch = :next',
    ConditionExpression: 'epoch = :epoch',
    ExpressionAttributeValues: { ':epoch': epoch, ':next': epoch + 1 },
  },
});

/** Lets a transaction through only while the session is there. */
export const sessionCheck = (config: Config, { userId, id }: Pick<Session, 'userId' | 'id'>): Write => ({
  ConditionCheck: { ...sessionRef(config, userId, id), ConditionExpression: 'attribute_exists(id)' },
});
