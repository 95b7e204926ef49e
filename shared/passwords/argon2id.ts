// Not imported by name: Node 24.0 to 24.6 have no argon2, and a deployment that stays with bcrypt needs none.
import crypto from 'node:crypto';
import { promisify } from 'node:util';
import { encode } from '../base64url.ts';
import type { Argon2idHash, PasswordAlgorithm } from './password-hash.ts';

type Parameters = Pick<Argon2idHash, 'memory' | 'passes' | 'lanes'>;

/** The minimum that OWASP's Password Storage Cheat Sheet recommends: 19 MiB, two passes, one lane. */
const now: Parameters = { memory: 19 * 1_024, passes: 2, lanes: 1 };

const saltBytes = 16;
const hashBytes = 32;

/** Runs in a thread of its own, so that other requests of the process go on. */
const derive = ({ memory, passes, lanes }: Parameters, secret: string, salt: Uint8Array): Promise<Buffer> =>
  promisify(crypto.argon2)('argon2id', {
    message: secret,
    nonce: salt,
    memory,
    passes,
    parallelism: lanes,
    tagLength: hashBytes,
  });

const isAsNow = ({ memory, passes, lanes }: Parameters): boolean =>
  memory === now.memory && passes === now.passes && lanes === now.lanes;

/** Node's Argon2id, with our own parameters. */
export const argon2id: PasswordAlgorithm<Argon2idHash> = {
  async hash(secret) {
    const salt = crypto.randomBytes(saltBytes);
    return {
      algorithm: 'argon2id',
      ...now,
      salt: encode(salt),
      hash: encode(await derive(now, secret, salt)),
    };
  },
  async matches(secret, kept) {
    const derived = await derive(kept, secret, Buffer.from(kept.salt, 'base64url'));
    return crypto.timingSafeEqual(derived, Buffer.from(kept.hash, 'base64url'));
  },
  isCurrent: isAsNow,
  async makeUp(secret, kept) {
    if (!kept || !isAsNow(kept)) await derive(now, secret, new Uint8Array(saltBytes));
  },
};
