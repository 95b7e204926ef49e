import { createHash, timingSafeEqual } from 'node:crypto';
import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../capability.ts';
import { toSeconds } from '../clock.ts';
import { idleExpiry, sessionExpiry, sessionHolds, type Session } from '../domain/session.ts';
import { parseSessionToken } from '../domain/session-token.ts';
import type { User } from '../domain/user.ts';
import { readRows } from './batch.ts';
import { userKey } from './users.ts';

/** What the store keeps of a token's secret: its SHA-256. 256 random bits need no salt and no slow hash. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

const sameHash = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** Finds who a session token belongs to, and keeps sessions alive that are used. */
export const findSessions = capability(
  'sessions',
  [onTable('users', 'BatchGetItem'), onTable('sessions', 'BatchGetItem', 'UpdateItem')],
  (config) => ({
    /** The session of `token` and its user, read in one call; undefined unless the session holds at `now`. */
    async find(token: string, now: number): Promise<{ user: User; session: Session } | undefined> {
      const parts = parseSessionToken(token);
      if (!parts) return undefined;
      const { userId, sessionId, secret } = parts;
      const rows = await readRows({
        [config.table('users')]: [userKey(userId)],
        [config.table('sessions')]: [{ userId, id: sessionId }],
      });
      const user = rows[config.table('users')]?.[0] as User | undefined;
      const session = rows[config.table('sessions')]?.[0] as Session | undefined;
      if (!user || !session || !sameHash(session.hash, hashSecret(secret))) return undefined;
      return sessionHolds(session, user, now) ? { user, session } : undefined;
    },

    /** Records that the session was used and moves its idle expiry; a session that ended meanwhile stays ended. */
    async touch(session: Session, now: number): Promise<Session> {
      const touched = { ...session, lastSeenAt: now, idleExpiresAt: idleExpiry(now, config.settings) };
      try {
        await documents.send(
          new UpdateCommand({
            TableName: config.table('sessions'),
            Key: { userId: session.userId, id: session.id },
            UpdateExpression: 'SET lastSeenAt = :now, idleExpiresAt = :idle, #ttl = :ttl',
            ConditionExpression: 'attribute_exists(id) AND idleExpiresAt > :now AND absoluteExpiresAt > :now',
            ExpressionAttributeNames: { '#ttl': 'ttl' },
            ExpressionAttributeValues: {
              ':now': now,
              ':idle': touched.idleExpiresAt,
              ':ttl': toSeconds(sessionExpiry(touched)),
            },
          }),
        );
        return touched;
      } catch (error) {
        // It ended, or somebody is ending it at this very moment.
        if (
          error instanceof ConditionalCheckFailedException ||
          error instanceof TransactionConflictException
        ) {
          return session;
        }
        throw error;
      }
    },
  }),
);
