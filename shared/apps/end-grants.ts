import { auditWrite } from '../audit/write-audit.ts';
import { transact } from '../aws/transaction.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import { sessionDeletion } from '../sessions/session-rows.ts';
import { grantEndWrite } from './grant-rows.ts';
import type { Grant } from './grant.ts';

/** Where the request that ends a grant came from, and when. */
interface Ending {
  address: string;
  now: number;
}

/** The end of a grant, all that came of it with it, and the line in the trail that says why; a repeat changes nothing. */
const endWrites = (config: Config, grant: Grant, action: 'app.sign-out' | 'app.reuse', at: Ending) => ({
  grant: grantEndWrite(config, grant, at.now),
  audit: auditWrite(config, {
    action,
    outcome: action === 'app.reuse' ? 'refused' : 'done',
    actorId: grant.userId,
    app: grant.app,
    address: at.address,
    at: at.now,
  }),
});

/** Ends what was granted to an app, as the app wishes. */
export const signOutOfApps = capability(
  'grants',
  [onTable('grants', 'UpdateItem'), onTable('audit', 'PutItem')],
  (config) => ({
    async signOut(grant: Grant, at: Ending): Promise<void> {
      await transact(endWrites(config, grant, 'app.sign-out', at));
    },
  }),
);

/** Ends what a code or a token was granted that came again, and the command line's session that it began. */
export const endReusedGrants = capability(
  'grants',
  [onTable('grants', 'UpdateItem'), onTable('sessions', 'DeleteItem'), onTable('audit', 'PutItem')],
  (config) => ({
    async endReused(grant: Grant, at: Ending): Promise<void> {
      const { userId, startedSessionId } = grant;
      const writes = endWrites(config, grant, 'app.reuse', at);
      const session =
        startedSessionId === undefined ? undefined : sessionDeletion(config, userId, startedSessionId);
      const refused = await transact({ ...writes, session });
      // It was signed out of by itself.
      if (refused.includes('session')) await transact(writes);
    },
  }),
);
