import { capability, onTable } from '../deployment/capability.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { readRow } from '../aws/read-row.ts';
import { readRows } from '../aws/read-rows.ts';
import { askedOf, inviteUseWrites } from '../invites/redemption-writes.ts';
import type { Config } from '../deployment/config.ts';
import { redemptionRef } from '../invites/invite-rows.ts';
import type { RedemptionRow } from '../invites/list-redemptions.ts';
import { moveWrite, newUserWrite } from '../users/user-writes.ts';
import type { Redemption } from './guest.ts';
import { credentialsWrite } from '../passwords/credentials-rows.ts';
import { deviceName } from '../sessions/device-name.ts';
import { sessionWrites } from '../sessions/start-sessions.ts';
import { transact, type Write } from '../aws/transaction.ts';
import { adminCountWrite } from '../users/admin-count.ts';
import { emailClaimWrite, usernameClaimWrite } from '../users/claims.ts';
import { displacementWrite } from '../users/mailbox-writes.ts';
import { emailClaimRef, usernameClaimRef, type Claim } from '../users/user-rows.ts';

/**
 * Which rule refused a redemption, in this order: the invite changed; its issuer may no longer invite; the address or the
 * device is taken; the name is taken; this person has used the invite, as a user who has another address by now.
 */
export type RedemptionRefusal = 'invite' | 'issuer' | 'person' | 'username' | 'used';

/** Redeems invites: everything that registration writes, in one transaction (R4.3). */
export const redeemInvite = capability(
  'redemption',
  [
    onTable('users', 'BatchGetItem', 'ConditionCheckItem', 'PutItem', 'UpdateItem'),
    onTable('invites', 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
    onTable('credentials', 'PutItem'),
    onTable('sessions', 'PutItem', 'UpdateItem'),
    onTable('audit', 'PutItem'),
  ],
  (config) => ({
    /** Whether the invite was used with this address. */
    isUsedBy: async (inviteId: string, email: string): Promise<boolean> =>
      (await readRow(redemptionRef(config, inviteId, email))) !== undefined,

    /** The claims on the address and the name, for a refusal before a password is hashed in vain. */
    async claims(email: string, username: string): Promise<{ email?: Claim; username?: Claim }> {
      const refs = [emailClaimRef(config, email), usernameClaimRef(config, username)];
      const [byEmail, byName] = (await readRows(refs)) as (Claim | undefined)[];
      return { ...(byEmail && { email: byEmail }), ...(byName && { username: byName }) };
    },

    /** Creates the user, the session and all other rows, and counts the use; or refuses and writes nothing. */
    async redeem(
      redemption: Redemption,
      address: string,
      now: number,
    ): Promise<RedemptionRefusal | undefined> {
      const { user, invite, moved, displaced, person, session } = redemption;
      const use = displaced && (await readRow<RedemptionRow>(redemptionRef(config, invite.id, person)));
      const displacedUse = use && use.userId === displaced ? use : undefined;
      const device = user.device === undefined ? undefined : await deviceName(session.userAgent);
      const refused = await transact({
        ...inviteUseWrites(config, { ...redemption, device, displacedUse }, now),
        ...(moved
          ? { user: moveWrite(config, moved, user, askedOf(invite, moved.id)) }
          : newUserWrites(config, redemption)),
        ...sessionWrites(config, session, user),
        audit: auditWrite(config, {
          action: moved ? 'device.move' : 'registration',
          outcome: 'done',
          actorId: user.id,
          subjectId: invite.id,
          address,
          at: now,
        }),
      });
      return refusalOf(refused, displaced !== undefined && displaced === invite.issuerId);
    },
  }),
);

/** The writes that make a new user, with address, name and credentials. */
function newUserWrites(
  config: Config,
  { invite, user, credentials, displaced }: Redemption,
): Record<string, Write | undefined> {
  const { id, email, username } = user;
  return {
    email: email === undefined ? undefined : emailClaimWrite(config, { ...user, email }, displaced),
    username: usernameClaimWrite(config, username, id),
    user: newUserWrite(config, user),
    credentials: credentials && credentialsWrite(config, credentials),
    displaced:
      displaced === undefined || email === undefined
        ? undefined
        : displacementWrite(config, displaced, email, user.createdAt, askedOf(invite, displaced)),
    admins: adminCountWrite(config, undefined, user),
  };
}

/** @param displacesIssuer whether the displaced user is the issuer, so that their write also has the issuer's conditions. */
const refusalOf = (refused: readonly string[], displacesIssuer: boolean): RedemptionRefusal | undefined => {
  if (refused.includes('invite')) return 'invite';
  if (refused.includes('issuer')) return 'issuer';
  // The claim is as it was read, and so is the address of the user who made it: only the issuer's conditions can have failed.
  if (displacesIssuer && refused.includes('displaced') && !refused.includes('email')) return 'issuer';
  if (refused.includes('redemption') && !refused.includes('email')) return 'used';
  if (['email', 'redemption', 'displaced'].some((name) => refused.includes(name))) return 'person';
  if (refused.includes('username')) return 'username';
  return refused.length > 0 ? 'invite' : undefined;
};
