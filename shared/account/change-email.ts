import { capability, onTable } from '../deployment/capability.ts';
import type { CodeLetter } from '../codes/mail-code.ts';
import type { User } from '../users/user.ts';
import { Failure } from '../errors/failure.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { burnWrite } from '../codes/check-flows.ts';
import { leftAddressWrites } from '../invites/redemption-writes.ts';
import { noticeWrite } from '../mail/outbox.ts';
import { adminCountWrite } from '../users/admin-count.ts';
import { emailClaimWrite, emailReleaseWrite } from '../users/claims.ts';
import { addressWrite, displacementWrite } from '../users/mailbox-writes.ts';
import { readRow } from '../aws/read-row.ts';
import { transact } from '../aws/transaction.ts';
import { emailClaimRef, type Claim } from '../users/user-rows.ts';

/** How often to try when the claim on the new address changes hands meanwhile. */
const rounds = 3;

/** Moves users to addresses that they have proven. */
export const changeEmails = capability(
  'users',
  [
    onTable('users', 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
    onTable('invites', 'GetItem', 'PutItem', 'DeleteItem'),
    onTable('codes', 'DeleteItem'),
    onTable('mails', 'PutItem'),
    onTable('audit', 'PutItem'),
  ],
  (config) => ({
    /**
     * Gives `user` the letter's address, takes it from a user who claims it without proof, and notifies the old and
     * the new mailbox; all or nothing.
     * @returns the changed user, or the reason for the refusal: the code was used meanwhile, another user has proven
     * the address, or the user's address changed meanwhile.
     * @throws Failure `busy` when the claim on the address changes in every round.
     */
    async change(
      user: User,
      letter: CodeLetter,
      address: string,
      now: number,
    ): Promise<User | 'code' | 'taken' | 'changed'> {
      const moved = { ...user, email: letter.email, emailVerified: true };
      const isNew = user.email !== moved.email;
      for (let round = 0; round < rounds; round += 1) {
        const claim = await readRow<Claim>(emailClaimRef(config, moved.email));
        const isOthers = claim !== undefined && claim.userId !== user.id;
        if (isOthers && claim.verified) return 'taken';
        const refused = await transact({
          letter: burnWrite(config, letter, now),
          user: addressWrite(config, user, moved.email, now),
          admins: adminCountWrite(config, user, moved),
          claim: claim?.verified ? undefined : emailClaimWrite(config, moved, claim?.userId),
          displaced: isOthers ? displacementWrite(config, claim.userId, moved.email, now) : undefined,
          ...(isNew && (await leftAddressWrites(config, user))),
          old: isNew && user.email !== undefined ? emailReleaseWrite(config, user.email, user.id) : undefined,
          notice: noticeWrite(config, moved, 'email', { address }, now),
          oldNotice: isNew ? noticeWrite(config, user, 'email', { address }, now) : undefined,
          audit: auditWrite(config, {
            action: 'email.update',
            outcome: 'done',
            actorId: user.id,
            address,
            at: now,
          }),
        });
        if (refused.length === 0) return moved;
        if (refused.includes('letter')) return 'code';
        if (refused.includes('user') || refused.includes('old')) return 'changed';
      }
      throw new Failure('busy');
    },
  }),
);
