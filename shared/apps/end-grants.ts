import { auditWrite } from '../audit/write-audit.ts';
import { transact } from '../aws/transaction.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import { sessionDeletion } from '../sessions/session-rows.ts';
import { grantEndWrite } from './grant-rows.ts';
import type { Grant } from './grant.ts';

/** Ends a grant, and with it all its tokens, and writes the reason to the audit trail; a repeat changes nothing. */
const endWrites = (
  config: Config,
  grant: Grant,
  action: 'app.sign-out' | 'app.reuse',
  address: string,
  now: number,
) => ({
  grant: grantEndWrite(config, grant, now),
  audit: auditWrite(config, {
    action,
    outcome: action === 'app.reuse' ? 'refused' : 'done',
    actorId: grant.userId,
    app: grant.app,
    address,
    at: now,
  }),
});

/** Ends grants at the request of their app. */
export const signOutOfApps = capability(
  'grants',
  [onTable('grants', 'UpdateItem'), onTable('audit', 'PutItem')],
  (config) => ({
    async signOut(grant: Grant, address: string, now: number): Promise<void> {
      await transact(endWrites(config, grant, 'app.sign-out', address, now));
    },
  }),
);

/** Ends grants whose code or token was used again, and the command line's session that came of the code. */
export const endReusedGrants = capability(
  'grants',
  [onTable('grants', 'UpdateItem'), onTable('sessions', 'DeleteItem'), onTable('audit', 'PutItem')],
  (config) => ({
    async endReused(grant: Grant, address: string, now: number): Promise<void> {
      const { userId, startedSessionId } = grant;
      const writes = endWrites(config, grant, 'app.reuse', address, now);
      const session =
        startedSessionId === undefined ? undefined : sessionDeletion(config, userId, startedSessionId);
      const refused = await transact({ ...writes, session });
      // The session has already ended.
      if (refused.includes('session')) await transact(writes);
    },
  }),
);
