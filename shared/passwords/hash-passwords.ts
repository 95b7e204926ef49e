import { createHash } from 'node:crypto';
import { replicaOf } from '../deployment/keys.ts';
import { capability, onKey } from '../deployment/capability.ts';
import { encode } from '../base64url.ts';
import { normalizePassword } from './password.ts';
import { argon2id } from './argon2id.ts';
import { bcrypt } from './bcrypt.ts';
import { macOf } from '../aws/mac.ts';
import type { PasswordAlgorithm, PasswordHash } from './password-hash.ts';

/** A stored password hash, with the way in which it was made, so that the next sign-in can change to another way. */
export type Credentials = PasswordHash & {
  /** Id of the user, or of the invite that a pass phrase belongs to. */
  userId: string;
  /** ARN of the KMS key whose HMAC is taken before the hash. */
  pepperKey: string;
  /** Milliseconds. */
  updatedAt: number;
};

const algorithms: Record<PasswordHash['algorithm'], PasswordAlgorithm> = { bcrypt, argon2id };

/**
 * The password as the algorithm gets it: 43 characters, different for each user, that only the pepper key can make. Without
 * the pepper, bcrypt would ignore everything past 72 bytes, and an attacker could guess offline against a stolen table.
 */
async function pepper(pepperKey: string, userId: string, password: string): Promise<string> {
  const digest = createHash('sha512').update(normalizePassword(password)).digest();
  const message = Buffer.concat([Buffer.from(`password|${userId}|`), digest]);
  return encode(await macOf(pepperKey, message));
}

/** Hashes and compares passwords. */
export const hashPasswords = capability('passwords', [onKey('pepper', 'GenerateMac')], (config) => {
  const { settings } = config;
  const algorithm = algorithms[settings.passwordHash];
  return {
    async hash(userId: string, password: string, now: number): Promise<Credentials> {
      const pepperKey = config.key('pepper');
      const kept = await algorithm.hash(await pepper(pepperKey, userId, password), settings);
      return { userId, pepperKey, ...kept, updatedAt: now };
    },

    /**
     * Whether `password` is the one of `credentials`. The same work is done if there are none (C26), and if the hash is an
     * older, cheaper one of the same algorithm. A hash of the other algorithm takes its own work on top of that: until its
     * owner's next sign-in, the time taken distinguishes the account from an unknown one.
     */
    async matches(password: string, credentials: Credentials | undefined): Promise<boolean> {
      const here = config.key('pepper');
      const { pepperKey = here, userId = 'nobody' } = credentials ?? {};
      // The row names the key of the region in which it was written.
      const secret = await pepper(replicaOf(pepperKey, here), userId, password);
      const matches = credentials && (await algorithms[credentials.algorithm].matches(secret, credentials));
      const alike = credentials?.algorithm === settings.passwordHash ? credentials : undefined;
      await algorithm.makeUp(secret, alike, settings);
      return matches ?? false;
    },

    /** Whether the password would now be hashed in another way: by another algorithm, or at a higher cost. */
    isOutdated: (credentials: Credentials): boolean =>
      credentials.algorithm !== settings.passwordHash || !algorithm.isCurrent(credentials, settings),
  };
});
