import { auditWrite } from '../audit/write-audit.ts';
import { readRows } from '../aws/read-rows.ts';
import { transact } from '../aws/transaction.ts';
import { capability, onKey, onTable } from '../deployment/capability.ts';
import { noticeWrite } from '../mail/outbox.ts';
import { userRef } from '../users/user-rows.ts';
import type { User } from '../users/user.ts';
import { deviceName } from './device-name.ts';
import { matchToken, sameHash } from './match-token.ts';
import { generationIn, rotatedToken } from './rotation.ts';
import { sessionDeletion, sessionRef } from './session-rows.ts';
import { hashSecret, parseSessionToken } from './session-token.ts';
import { sessionHolds, type Session } from './session.ts';

/**
 * Ends sessions that two people hold. A replaced token comes back from the holder who did not take part in the rotation:
 * the owner, while a thief has the new token, or the thief. We cannot tell which, so both are out (RFC 9700, 4.14.2).
 */
export const endTakenOver = capability(
  'takenOver',
  [
    onTable('users', 'BatchGetItem'),
    onTable('sessions', 'BatchGetItem', 'DeleteItem'),
    onTable('mails', 'PutItem'),
    onTable('audit', 'PutItem'),
    onKey('sessions', 'GenerateMac'),
  ],
  (config) => {
    async function isSpent(session: Session, secret: string): Promise<boolean> {
      const hash = hashSecret(secret);
      const { firstHash, previousHash, generation } = session;
      if ([firstHash, previousHash].some((old) => old !== undefined && sameHash(hash, old))) return true;
      const said = generationIn(secret);
      return said > 0 && said < generation && (await rotatedToken(config, session, said)).hash === hash;
    }

    return {
      /**
       * Ends the session that `token` belonged to before a rotation, and tells its owner, once. A session that is bound to a
       * device's key is left alone: only the holder of the key could have rotated it.
       * @returns whether the token was a replaced token of a session.
       */
      async end(token: string, address: string, now: number): Promise<boolean> {
        const parts = parseSessionToken(token);
        if (!parts) return false;
        const { userId, sessionId, secret } = parts;
        const refs = [userRef(config, userId), sessionRef(config, userId, sessionId)];
        const [user, session] = (await readRows(refs)) as [User?, Session?];
        if (!user || !session || session.keyThumbprint !== undefined) return false;
        if (!sessionHolds(session, user, now) || matchToken(session, hashSecret(secret), now)) return false;
        if (!(await isSpent(session, secret))) return false;
        await transact({
          session: sessionDeletion(config, userId, sessionId),
          notice: noticeWrite(
            config,
            user,
            'session',
            { device: await deviceName(session.userAgent), address: session.address },
            now,
          ),
          audit: auditWrite(config, {
            action: 'session.taken-over',
            outcome: 'done',
            subjectId: userId,
            address,
            at: now,
          }),
        });
        return true;
      },
    };
  },
);
