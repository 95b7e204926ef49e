import { auditWrite } from '../audit/write-audit.ts';
import type { AuditAction } from '../audit/actions.ts';
import { transact } from '../aws/transaction.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { sessionDeletion } from '../sessions/session-rows.ts';
import { grantEndWrite } from './grant-rows.ts';
import type { Grant } from './grant.ts';

interface Reason {
  action: Extract<AuditAction, 'app.sign-out' | 'app.reuse'>;
  address: string;
  now: number;
}

/** Ends what was granted to apps. */
export const endGrants = capability(
  'grants',
  [onTable('grants', 'UpdateItem'), onTable('sessions', 'DeleteItem'), onTable('audit', 'PutItem')],
  (config) => ({
    /** Ends a grant, all that came of it with it; a repeat changes nothing. The line in the trail says why. */
    async end(grant: Grant, { action, address, now }: Reason): Promise<void> {
      const { userId, app, startedSessionId } = grant;
      const entry = {
        action,
        outcome: action === 'app.reuse' ? 'refused' : 'done',
        actorId: userId,
        app,
        address,
        at: now,
      } as const;
      const writes = { grant: grantEndWrite(config, grant, now), audit: auditWrite(config, entry) };
      const session = startedSessionId && sessionDeletion(config, userId, startedSessionId);
      const refused = await transact({ ...writes, ...(session && { session }) });
      // It was signed out of by itself.
      if (refused.includes('session') && !refused.includes('grant')) await transact(writes);
    },
  }),
);
