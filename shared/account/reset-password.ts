import { capability, onTable } from '../deployment/capability.ts';
import type { CodeLetter } from '../codes/mail-code.ts';
import type { Session } from '../sessions/session.ts';
import type { User } from '../users/user.ts';
import type { Credentials } from '../passwords/hash-passwords.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { burnWrite } from '../codes/check-flows.ts';
import { renewedUserWrite } from '../users/mailbox-writes.ts';
import { proveMailbox } from './prove-mailbox.ts';
import { readRow } from '../aws/read-row.ts';
import { deviceWrites, isKnown } from '../sessions/known-devices.ts';
import { deviceRef, type DeviceRow } from '../sessions/session-rows.ts';
import { noticeWrite } from '../mail/outbox.ts';
import { credentialsWrite } from '../passwords/credentials-rows.ts';

/** Replaces forgotten passwords. */
export const resetPasswords = capability(
  'resets',
  [
    onTable('users', 'GetItem', 'UpdateItem'),
    onTable('credentials', 'PutItem'),
    onTable('codes', 'DeleteItem'),
    onTable('mails', 'PutItem'),
    onTable('sessions', 'GetItem', 'UpdateItem'),
    onTable('audit', 'PutItem'),
  ],
  (config) => ({
    /** The device, if the user has signed in on it before. */
    async knownDevice(user: User, device: string | undefined, now: number): Promise<string | undefined> {
      const row = device && (await readRow<DeviceRow>(deviceRef(config, user.id, device)));
      return row && isKnown(row, user, now) ? device : undefined;
    },

    /**
     * Stores the new password, ends every session and access token (C34), marks the mailbox as proven, because the
     * code came through it (C68), and ends a lockout; all or nothing. Only the device that resets stays known, so that
     * an attacker on a known device cannot lock the owner out again at once.
     * @returns false if the code was used, or the user lost the address or the account meanwhile.
     */
    async put(
      user: User,
      letter: CodeLetter,
      credentials: Credentials,
      device: Pick<Session, 'deviceHash' | 'userAgent'> | undefined,
      address: string,
      now: number,
    ): Promise<boolean> {
      const { id: actorId } = user;
      const proven = { ...user, emailVerified: true };
      const refused = await proveMailbox(config, user, letter.email, (known) => ({
        letter: burnWrite(config, letter, now),
        user: renewedUserWrite(config, letter.email, known, now),
        ...(device && deviceWrites(config, { ...device, userId: user.id }, now)),
        credentials: credentialsWrite(config, credentials),
        notice: noticeWrite(config, proven, 'password', { address }, now),
        audit: auditWrite(config, { action: 'password.reset', outcome: 'done', actorId, address, at: now }),
      }));
      return refused.length === 0;
    },
  }),
);
