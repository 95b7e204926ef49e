import { readRow } from '../aws/read-row.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { type User } from '../users/user.ts';
import { normalizeEmail } from '../email.ts';
import type { Credentials } from '../passwords/hash-passwords.ts';
import { readRows } from '../aws/read-rows.ts';
import { credentialsRef } from '../passwords/credentials-rows.ts';
import { isKnown } from './known-devices.ts';
import { deviceRef, type DeviceRow } from './session-rows.ts';
import { emailClaimRef, userRef, usernameClaimRef, type Claim } from '../users/user-rows.ts';

export interface Account {
  user: User;
  credentials: Credentials;
  /** The first of the given devices that has signed in to the account before. */
  knownDevice?: string | undefined;
}

/** Finds accounts with their credentials, by the email address or username that people sign in with. */
export const findAccounts = capability(
  'accounts',
  [
    onTable('users', 'GetItem', 'BatchGetItem'),
    onTable('credentials', 'GetItem'),
    onTable('sessions', 'BatchGetItem'),
  ],
  (config) => ({
    /**
     * The account of an email address or a username. The same three calls are made whether it exists or not, so
     * that callers cannot tell (C26).
     * @param devices what the caller has shown of their device: the hash of its cookie, and the thumbprint of its key.
     */
    async find(login: string, now: number, devices: readonly string[]): Promise<Account | undefined> {
      const name = normalizeEmail(login);
      const claim = await readRow<Claim>(
        name.includes('@') ? emailClaimRef(config, name) : usernameClaimRef(config, name),
      );
      const { userId = 'nobody' } = claim ?? {};
      const [user, ...known] = (await readRows([
        userRef(config, userId),
        ...devices.map((device) => deviceRef(config, userId, device)),
      ])) as [User?, ...(DeviceRow | undefined)[]];
      // Read after the user: rows of one batch are no snapshot. A former password, together with the epoch of a reset that is
      // just being written, would begin a session that outlives the reset (C34).
      const credentials = await readRow<Credentials>(credentialsRef(config, userId));
      if (!user || !credentials) return undefined;
      const knownDevice = known.find((row) => row && isKnown(row, user, now))?.device;
      return { user, credentials, knownDevice };
    },
  }),
);
