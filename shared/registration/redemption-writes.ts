import type { Write } from '../aws/transaction.ts';
import type { Config } from '../deployment/config.ts';
import { askedOf, type InviteUse } from '../invites/redemption-writes.ts';
import { credentialsWrite } from '../passwords/credentials-rows.ts';
import type { Credentials } from '../passwords/hash-passwords.ts';
import type { Session } from '../sessions/session.ts';
import { adminCountWrite } from '../users/admin-count.ts';
import { emailClaimWrite, usernameClaimWrite } from '../users/claims.ts';
import { displacementWrite } from '../users/mailbox-writes.ts';
import type { User } from '../users/user.ts';
import { newUserWrite } from '../users/user-writes.ts';

export interface Redemption extends InviteUse {
  user: User;
  /** Absent for users who are known by their device alone. */
  credentials?: Credentials;
  session: Session;
}

/** What redeeming makes: the user, with address, name and credentials. */
export function userWrites(
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
