import { capability, onTable } from '../deployment/capability.ts';
import type { UserSession } from '../sessions/session.ts';
import type { Credentials } from '../passwords/hash-passwords.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { noticeWrite } from '../mail/outbox.ts';
import { transact } from '../aws/transaction.ts';
import { epochWrite } from '../users/user-writes.ts';
import { deviceWrites } from '../sessions/known-devices.ts';
import { sessionEpochWrite } from '../sessions/session-rows.ts';
import { replacedCredentialsWrite } from '../passwords/credentials-rows.ts';

/** Changes the passwords of users who are signed in. */
export const changePasswords = capability(
  'users',
  [
    onTable('users', 'UpdateItem'),
    onTable('credentials', 'PutItem'),
    onTable('sessions', 'UpdateItem'),
    onTable('mails', 'PutItem'),
    onTable('audit', 'PutItem'),
  ],
  (config) => ({
    /**
     * Replaces the credentials `known` by `next`. Raises the user's epoch, which ends all other sessions: the epoch of the
     * caller's own session is raised too. Only the caller's device stays known.
     * @returns false if the password, the user or the session changed meanwhile.
     */
    async change(
      { user, session }: UserSession,
      known: Credentials,
      next: Credentials,
      address: string,
      now: number,
    ): Promise<boolean> {
      const { id: actorId } = user;
      const refused = await transact({
        user: epochWrite(config, user, now),
        ...deviceWrites(config, session, now, user.device),
        session: sessionEpochWrite(config, session, user.epoch),
        credentials: replacedCredentialsWrite(config, known, next),
        notice: noticeWrite(config, user, 'password', { address }, now),
        audit: auditWrite(config, { action: 'password.update', outcome: 'done', actorId, address, at: now }),
      });
      return refused.length === 0;
    },
  }),
);
