import { createHash } from 'node:crypto';
import { compare, hash as bcrypt } from 'bcryptjs';
import { capability, onKey } from '../capability.ts';
import { encode } from '../domain/base64url.ts';
import { normalizePassword } from '../domain/password.ts';
import { macOf } from './mac.ts';

/** How a password is kept. How it was made stands beside it, so that it can change at the next sign-in. */
export interface Credentials {
  /** The user, or for a pass phrase the invite, whose it is. */
  userId: string;
  algorithm: 'bcrypt';
  cost: number;
  /** ARN of the KMS key whose HMAC stands before the hash. */
  pepperKey: string;
  hash: string;
  /** Milliseconds. */
  updatedAt: number;
}

/** A well-formed hash that no password has: an unknown account costs the same work as a known one (C26). */
const nobodysHash = (cost: number): string => `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`;

/**
 * The password as bcrypt sees it: 43 characters that take the pepper key to make, different for each user. bcrypt
 * alone would ignore everything past 72 bytes, and a stolen table could be tried at leisure.
 */
async function pepper(pepperKey: string, userId: string, password: string): Promise<string> {
  const digest = createHash('sha512').update(normalizePassword(password)).digest();
  const message = Buffer.concat([Buffer.from(`password|${userId}|`), digest]);
  return encode(await macOf(pepperKey, message));
}

/** Hashes and compares passwords. */
export const hashPasswords = capability('passwords', [onKey('pepper', 'GenerateMac')], (config) => ({
  async hash(userId: string, password: string, now: number): Promise<Credentials> {
    const pepperKey = config.key('pepper');
    const cost = config.settings.bcryptCost;
    const hash = await bcrypt(await pepper(pepperKey, userId, password), cost);
    return { userId, algorithm: 'bcrypt', cost, pepperKey, hash, updatedAt: now };
  },

  /** Whether `password` is the one of `credentials`; the same work is done where there are none. */
  async matches(password: string, credentials: Credentials | undefined): Promise<boolean> {
    const { pepperKey, userId, hash } = credentials ?? {
      pepperKey: config.key('pepper'),
      userId: 'nobody',
      hash: nobodysHash(config.settings.bcryptCost),
    };
    const peppered = await pepper(pepperKey, userId, password);
    const matches = await compare(peppered, hash);
    // An older and cheaper hash is not to be told from a new one: the costs from it up to now add up to now's.
    for (let cost = credentials?.cost ?? Infinity; cost < config.settings.bcryptCost; cost += 1) {
      await compare(peppered, nobodysHash(cost));
    }
    return matches && credentials !== undefined;
  },
}));
