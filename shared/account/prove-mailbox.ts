import { readRow } from '../aws/read-row.ts';
import { transact, type Write } from '../aws/transaction.ts';
import type { Config } from '../deployment/config.ts';
import { adminCountWrite } from '../users/admin-count.ts';
import { provenClaimWrite } from '../users/claims.ts';
import { userRef } from '../users/user-rows.ts';
import type { User } from '../users/user.ts';

/** How often to try when an administrator promotes, demotes or vouches for the user meanwhile. */
const rounds = 3;

/**
 * Marks the user's claim on `email` as proven, together with all of `writes`; all or nothing. Counts the user as an
 * administrator if the proof lets them administer.
 * @param writes the other writes, for the user as read last. The one named `user` has the condition `countsAs`.
 * @returns the names of the writes whose condition was refused.
 */
export async function proveMailbox(
  config: Config,
  user: User,
  email: string,
  writes: (known: User) => Readonly<Record<string, Write | undefined>>,
): Promise<readonly string[]> {
  let known = user;
  let refused: readonly string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    refused = await transact({
      ...writes(known),
      claim: provenClaimWrite(config, email, user.id),
      admins: adminCountWrite(config, known, { ...known, emailVerified: true }),
    });
    if (refused.join('') !== 'user') return refused;
    known = (await readRow<User>(userRef(config, user.id))) ?? known;
  }
  return refused;
}
