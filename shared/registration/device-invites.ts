import { readRow } from '../aws/read-row.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { User } from '../users/user.ts';
import type { Credentials } from '../passwords/hash-passwords.ts';
import { passphraseRef, redemptionRef } from '../invites/invite-rows.ts';
import type { RedemptionRow } from '../invites/list-redemptions.ts';
import { userRef } from '../users/user-rows.ts';

/** Reads the additional rows of device-only invites: the pass phrase, and which device became which user. */
export const readDeviceInvites = capability(
  'devices',
  [onTable('invites', 'GetItem'), onTable('users', 'GetItem')],
  (config) => {
    const user = (id: string) => readRow<User>(userRef(config, id));
    const redemption = (inviteId: string, person: string) =>
      readRow<RedemptionRow>(redemptionRef(config, inviteId, person));
    return {
      user,

      passphrase: (inviteId: string) => readRow<Credentials>(passphraseRef(config, inviteId)),

      redemption,

      /** The user that `person` has become by the invite. */
      async redeemer(inviteId: string, person: string): Promise<User | undefined> {
        const redeemed = await redemption(inviteId, person);
        return redeemed && user(redeemed.userId);
      },
    };
  },
);
