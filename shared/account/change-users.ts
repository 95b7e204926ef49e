import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import type { AuditAction } from '../audit/actions.ts';
import type { User } from '../users/user.ts';
import { needsAnother, planChanges, type UserChanges } from './user-changes.ts';
import { auditWrite, type Actor, type AuditEntry } from '../audit/write-audit.ts';
import { transact } from '../aws/transaction.ts';
import { sessionDeletion } from '../sessions/session-rows.ts';
import { noticeWrite } from '../mail/outbox.ts';
import { userUpdate } from '../users/update-user.ts';
import { isActive, isAdministrator } from '../users/user-conditions.ts';
import { issuerCheck } from '../users/user-writes.ts';
import { adminCountWrite } from '../users/admin-count.ts';
import { provenClaimWrite } from '../users/claims.ts';
import { readUsers } from '../users/read-users.ts';

/** Why nothing was changed; `conflict` if another request was changing the same user. */
export type ChangeRefusal = 'not_found' | 'no_email' | 'forbidden' | 'last_admin' | 'conflict';

interface Changed {
  user: User;
  /** What was changed; empty if every change was already in effect. */
  actions: readonly AuditAction[];
}

/** How often to try when another request changes the same user meanwhile. */
const rounds = 5;

const auditWrites = (config: Config, actions: readonly AuditAction[], entry: Omit<AuditEntry, 'action'>) =>
  Object.fromEntries(
    actions.map((action) => [`audit ${action}`, auditWrite(config, { ...entry, action })] as const),
  );

/** Changes users for administrators. */
export const changeUsers = capability(
  'users',
  [
    ...readUsers.grants,
    onTable('users', 'UpdateItem', 'ConditionCheckItem'),
    onTable('sessions', 'DeleteItem'),
    onTable('mails', 'PutItem'),
    onTable('audit', 'PutItem'),
  ],
  (config) => {
    const reads = readUsers.make(config);
    return {
      /**
       * Makes all changes or none. They are planned for the user as it was read and written only if the user is still
       * the same, so that the number of administrators stays right beside other writers, and a repeat finds all changes
       * made. If several administrators demote each other at once, one remains (C67).
       */
      async change(id: string, asked: UserChanges, by: Actor, now: number): Promise<Changed | ChangeRefusal> {
        let changes = asked;
        const first = await reads.get(id);
        let user = first;
        for (let round = 0; round < rounds; round += 1) {
          if (!user) return 'not_found';
          // The administrator vouches only for the address that they saw.
          if (changes.emailVerified && user.email !== first?.email) return 'conflict';
          if (changes.emailVerified && user.email === undefined) return 'no_email';
          const { next, fields, actions } = planChanges(user, changes, now);
          if (actions.length === 0) return { user, actions };
          const { endSession } = changes;
          const refused = await transact({
            session: endSession === undefined ? undefined : sessionDeletion(config, id, endSession),
            user: userUpdate(config, user, fields),
            // The acting administrator may have lost the right to do this since the request began.
            authority:
              needsAnother(changes) && id !== by.actorId && by.actorId !== undefined
                ? issuerCheck(config, by.actorId, [isActive, isAdministrator])
                : undefined,
            admins: adminCountWrite(config, user, next),
            claim: fields.emailVerified ? provenClaimWrite(config, user.email ?? '', user.id) : undefined,
            notice: actions.includes('user.unbind')
              ? noticeWrite(config, next, 'binding', {}, now)
              : undefined,
            ...auditWrites(config, actions, { ...by, outcome: 'done', subjectId: id, at: now }),
          });
          if (refused.length === 0) return { user: next, actions };
          // The session has already ended, by itself or by an earlier try of this request.
          if (refused.includes('session')) changes = { ...changes, endSession: undefined };
          else if (refused.includes('authority')) return 'forbidden';
          else if (!refused.includes('user')) return refused.includes('admins') ? 'last_admin' : 'conflict';
          user = await reads.get(id);
        }
        return 'conflict';
      },
    };
  },
);
