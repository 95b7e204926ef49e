import { readRow } from '../aws/read-row.ts';
import { transact, type Write } from '../aws/transaction.ts';
import type { Config } from '../deployment/config.ts';
import { adminCountWrite } from '../users/admin-count.ts';
import { provenClaimWrite } from '../users/claims.ts';
import { userRef } from '../users/user-rows.ts';
import type { User } from '../users/user.ts';

/** Rounds in which others promote, demote or vouch for the user meanwhile. */
const rounds = 3;

/**
 * Marks the user's claim on `email` as proven with all of `writes`, and counts an administrator who may administer from
 * then on; all or nothing.
 * @param writes for the user as they were read last; `user` has the condition that they still count as that.
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
