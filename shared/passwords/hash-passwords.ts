import { createHash } from 'node:crypto';
import { replicaOf } from '../deployment/keys.ts';
import { capability, onKey } from '../deployment/capability.ts';
import { encode } from '../base64url.ts';
import { normalizePassword } from './password.ts';
import { argon2id } from './argon2id.ts';
import { bcrypt } from './bcrypt.ts';
import { macOf } from '../aws/mac.ts';
import type { PasswordAlgorithm, PasswordHash } from './password-hash.ts';

/** How a password is kept. How it was made stands beside it, so that it can change at the next sign-in. */
export type Credentials = PasswordHash & {
  /** The user, or for a pass phrase the invite, whose it is. */
  userId: string;
  /** ARN of the KMS key whose HMAC stands before the hash. */
  pepperKey: string;
  /** Milliseconds. */
  updatedAt: number;
};

const algorithms: Record<PasswordHash['algorithm'], PasswordAlgorithm> = { bcrypt, argon2id };

/**
 * The password as the algorithm sees it: 43 characters that take the pepper key to make, different for each user. bcrypt
 * alone would ignore everything past 72 bytes, and a stolen table could be tried at leisure.
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
     * Whether `password` is the one of `credentials`; the same work is done where there are none (C26), and where
     * the hash is an older, cheaper one of the same algorithm. A hash of the other algorithm takes its own work on top
     * of that: until its owner's next sign-in, time tells it from an unknown account.
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

    /** Whether the password would be hashed in another way now: by another algorithm, or at a higher cost. */
    isOutdated: (credentials: Credentials): boolean =>
      credentials.algorithm !== settings.passwordHash || !algorithm.isCurrent(credentials, settings),
  };
});
