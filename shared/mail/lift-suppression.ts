import { type AuditEntry, auditWrite } from '../audit/write-audit.ts';
import { readRow } from '../aws/read-row.ts';
import { transact } from '../aws/transaction.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { emailClaimRef, type Claim } from '../users/user-rows.ts';
import { liftWrite, suppressionRef, type Suppression } from './suppressions.ts';

/** Lets mail go out again to suppressed mailboxes. */
export const liftSuppressions = capability(
  'suppressions',
  [onTable('mails', 'GetItem', 'DeleteItem'), onTable('users', 'GetItem'), onTable('audit', 'PutItem')],
  (config) => ({
    /** @returns the lifted suppression; undefined if mail to the address is not held back. */
    async lift(
      email: string,
      by: Pick<AuditEntry, 'actorId' | 'address' | 'reason'>,
      now: number,
    ): Promise<Suppression | undefined> {
      const ref = suppressionRef(config, email);
      const suppression = await readRow<Suppression>(ref);
      if (!suppression) return undefined;
      // The audit log holds ids and no addresses: the entry names the mailbox's user, if there is one.
      const claim = await readRow<Claim>(emailClaimRef(config, email));
      const action = 'suppression.lift';
      const entry = { ...by, action, outcome: 'done', subjectId: claim?.userId, at: now } as const;
      const refused = await transact({
        suppression: liftWrite(config, suppression),
        audit: auditWrite(config, entry),
      });
      return refused.length === 0 ? suppression : undefined;
    },
  }),
);
