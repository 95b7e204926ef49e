import type { Settings } from '../deployment/settings.ts';

/** Made by bcrypt; cost and salt are in `hash` too. */
export interface BcryptHash {
  algorithm: 'bcrypt';
  cost: number;
  hash: string;
}

/** Made by Argon2id (RFC 9106): memory in KiB; salt and hash in base64url. */
export interface Argon2idHash {
  algorithm: 'argon2id';
  memory: number;
  passes: number;
  lanes: number;
  salt: string;
  hash: string;
}

/** A hash with its algorithm and parameters, so that it can still be compared after the settings have changed. */
export type PasswordHash = BcryptHash | Argon2idHash;

/** One way to hash. `secret` is the peppered password: 43 characters. */
export interface PasswordAlgorithm<Kept extends PasswordHash = PasswordHash> {
  hash(secret: string, settings: Settings): Promise<Kept>;
  matches(secret: string, kept: Kept): Promise<boolean>;
  /** Whether `kept` is at least as strong as what `hash` makes now. */
  isCurrent(kept: Kept, settings: Settings): boolean;
  /** Does the work that a comparison with a present hash takes beyond one with `kept`; all of it if `kept` is undefined. */
  makeUp(secret: string, kept: Kept | undefined, settings: Settings): Promise<void>;
}
