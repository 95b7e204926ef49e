import { auditWrite } from '../audit/write-audit.ts';
import { transact, type Write } from '../aws/transaction.ts';
import type { Clock } from '../clock.ts';
import { capability, onKey, onTable } from '../deployment/capability.ts';
import { noticeWrite } from '../mail/outbox.ts';
import { deviceName } from '../sessions/device-name.ts';
import { endOldest } from '../sessions/end-oldest.ts';
import { sessionCheck } from '../sessions/session-rows.ts';
import { sessionWrites, newSession, type Device, type Started } from '../sessions/start-sessions.ts';
import { userCheck } from '../users/user-writes.ts';
import type { Holding } from './find-grants.ts';
import { memoryMs, scopesOf } from './grant.ts';
import { codeUseWrite, signInWrite } from './grant-rows.ts';
import { refreshToken } from '../sessions/rotation.ts';

/** The refresh token and the session that come of a code, each if the app gets one. */
export interface Redeemed {
  refreshToken?: string | undefined;
  started?: Started | undefined;
}

export const redeemCodes = capability(
  'codes',
  [
    onTable('grants', 'UpdateItem'),
    onTable('users', 'ConditionCheckItem'),
    onTable('sessions', 'ConditionCheckItem', 'PutItem', 'UpdateItem', 'Query', 'DeleteItem'),
    onTable('mails', 'PutItem'),
    onTable('audit', 'PutItem'),
    onKey('sessions', 'GenerateMac'),
  ],
  (config) => ({
    /**
     * Uses up the code of a grant and stores what comes of it, in one transaction.
     * @param device of the session that begins, if the app takes one.
     * @param clock read just before the write: a request that arrived before that time is not a reuse of the code.
     * @returns undefined if another request has used the code, or the account or the session has ended in the same moment.
     */
    async redeem(
      { grant, user, session }: Holding,
      device: Device | undefined,
      clock: Clock,
    ): Promise<Redeemed | undefined> {
      const refresh = scopesOf(grant).includes('offline_access')
        ? await refreshToken(config, grant, 1)
        : undefined;
      const now = clock.now();
      const started = device && newSession(config.settings, user, device, now);
      const entry = {
        action: 'app.sign-in',
        outcome: 'done',
        actorId: user.id,
        app: grant.app,
        address: device?.address,
        at: now,
      } as const;
      const writes: Record<string, Write | undefined> = {
        grant: codeUseWrite(config, grant, {
          now,
          // The session's absolute end: each use of the session moves its idle end, but does not write this row.
          keepUntil: refresh || started ? session.absoluteExpiresAt : now + memoryMs,
          refreshHash: refresh?.hash,
          startedSessionId: started?.session.id,
        }),
        user: userCheck(config, user),
        session: sessionCheck(config, session),
        app: signInWrite(config, user.id, grant.app, now),
        audit: auditWrite(config, entry),
        ...(started && { ...renamed(sessionWrites(config, started.session, user)) }),
        notice:
          device &&
          noticeWrite(
            config,
            user,
            'device',
            { device: await deviceName(device.userAgent), address: device.address },
            now,
          ),
      };
      const refused = await transact(writes);
      if (refused.length > 0) return undefined;
      if (device) await endOldest(config, user, device.address, now);
      return { refreshToken: refresh?.token, started };
    },
  }),
);

/** Renames the write `session` to `started`: `session` already is the check of the session by which the user was signed in. */
const renamed = ({ session, ...more }: Record<string, Write>): Record<string, Write | undefined> => ({
  started: session,
  ...more,
});
