import { conditionalWrite } from '../aws/conditional-write.ts';
import { traceOf, type Log } from '../aws/log.ts';
import { capability, onTable, type Ports } from '../deployment/capability.ts';
import { replacedCredentialsWrite } from './credentials-rows.ts';
import type { Credentials, hashPasswords } from './hash-passwords.ts';

/** Replaces the hash of a password that stays the same. */
export const renewHash = capability('hashes', [onTable('credentials', 'PutItem')], (config) => ({
  /**
   * Replaces `compared` with `fresh`, unless the row has changed since: a password that was changed in between stays, and
   * the row of a deleted account is not written again.
   * @returns whether it was replaced.
   */
  async renew(compared: Credentials, fresh: Credentials): Promise<boolean> {
    const { Put } = replacedCredentialsWrite(config, compared, fresh);
    const { written } = await conditionalWrite({ Put });
    return written;
  },
}));

type Tools = Ports<readonly [typeof hashPasswords, typeof renewHash]>;

/**
 * Hashes a password that has just proven right in the way of the present settings, if its hash is outdated. It never
 * fails: the next sign-in can upgrade the hash as well, so a failed upgrade must not cost the user this sign-in.
 */
export async function renewOutdatedHash(
  password: string,
  compared: Credentials,
  { passwords, hashes }: Tools,
  now: number,
  log: Log,
): Promise<void> {
  if (!passwords.isOutdated(compared)) return;
  const { userId } = compared;
  try {
    const fresh = await passwords.hash(userId, password, now);
    if (await hashes.renew(compared, fresh)) log.info('hash.renewed', { userId });
  } catch (error) {
    log.warn('hash.not_renewed', { userId, ...traceOf(error) });
  }
}
