import { capability, onTable } from '../deployment/capability.ts';
import { readManyRows } from '../aws/read-rows.ts';
import { suppressionRef } from '../mail/suppressions.ts';
import type { Invite } from './invite.ts';
import { emailClaimRef, type Claim } from '../users/user-rows.ts';

/** Why an address gets no invite: a user has proven it, or mail to it came back. */
export type InvitationObstacle = 'member' | 'suppressed';

/** Checks addresses before they are invited. */
export const checkInvitees = capability(
  'invitees',
  [onTable('users', 'BatchGetItem'), onTable('mails', 'BatchGetItem')],
  (config) => {
    /** The obstacles, by address, of those `emails` that have one. */
    async function obstacles(emails: readonly string[]): Promise<Map<string, InvitationObstacle>> {
      const unique = [...new Set(emails)];
      const found = new Map<string, InvitationObstacle>();
      const rows = await readManyRows([
        ...unique.map((email) => emailClaimRef(config, email)),
        ...unique.map((email) => suppressionRef(config, email)),
      ]);
      for (const [at, email] of unique.entries()) {
        if (rows[unique.length + at]) found.set(email, 'suppressed');
        if ((rows[at] as Claim | undefined)?.verified) found.set(email, 'member');
      }
      return found;
    }
    return {
      obstacles,

      /** Whether the invite is for one address, and a member has that address: it cannot be redeemed. */
      async isForMember({ kind, email }: Pick<Invite, 'kind' | 'email'>): Promise<boolean> {
        if (kind !== 'email' || email === undefined) return false;
        return (await obstacles([email])).get(email) === 'member';
      },
    };
  },
);
