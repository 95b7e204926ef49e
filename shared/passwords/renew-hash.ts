import { conditionalWrite } from '../aws/conditional-write.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { replacedCredentialsWrite } from './credentials-rows.ts';
import type { Credentials } from './hash-passwords.ts';

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
