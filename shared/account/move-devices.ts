import { capability, onTable } from '../deployment/capability.ts';
import type { CodeLetter } from '../codes/mail-code.ts';
import type { Session } from '../sessions/session.ts';
import type { User } from '../users/user.ts';
import { deviceName } from '../sessions/device-name.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { burnWrite } from '../codes/check-flows.ts';
import { noticeWrite } from '../mail/outbox.ts';
import { sessionWrites } from '../sessions/start-sessions.ts';
import { transact } from '../aws/transaction.ts';
import { moveWrite } from '../users/user-writes.ts';

/** Moves users who are bound to a device to another device, by a mailed code. */
export const moveDevices = capability(
  'sessions',
  [
    onTable('users', 'UpdateItem'),
    onTable('sessions', 'PutItem', 'UpdateItem'),
    onTable('codes', 'DeleteItem'),
    onTable('mails', 'PutItem'),
    onTable('audit', 'PutItem'),
  ],
  (config) => ({
    /**
     * Binds the user to the device of `after` and begins a session there. The sessions of the old device end (C34).
     * @returns false if the code was used or the user changed meanwhile.
     */
    async move(
      { before, after }: { before: User; after: User },
      session: Session,
      letter: CodeLetter,
      now: number,
    ): Promise<boolean> {
      const { address, userAgent } = session;
      const device = await deviceName(userAgent);
      const refused = await transact({
        letter: burnWrite(config, letter, now),
        user: moveWrite(config, before, after),
        ...sessionWrites(config, session, after),
        notice: noticeWrite(config, after, 'device', { device, address }, now),
        audit: auditWrite(config, {
          action: 'device.move',
          outcome: 'done',
          actorId: after.id,
          address,
          at: now,
        }),
      });
      return refused.length === 0;
    },
  }),
);
