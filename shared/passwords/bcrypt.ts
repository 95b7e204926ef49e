import type { BcryptHash, PasswordAlgorithm } from './password-hash.ts';

/** A well-formed hash that no password has. */
const decoyHash = (cost: number): string => `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`;

/** bcrypt at the cost of the settings. It reads 72 bytes at most, and the peppered password is always shorter. */
export const bcrypt: PasswordAlgorithm<BcryptHash> = {
  async hash(secret, { bcryptCost: cost }) {
    const { hash } = await import('bcryptjs');
    return { algorithm: 'bcrypt', cost, hash: await hash(secret, cost) };
  },
  async matches(secret, kept) {
    const { compare } = await import('bcryptjs');
    return compare(secret, kept.hash);
  },
  isCurrent: ({ cost }, { bcryptCost }) => cost >= bcryptCost,
  async makeUp(secret, kept, { bcryptCost }) {
    const { compare } = await import('bcryptjs');
    if (!kept) await compare(secret, decoyHash(bcryptCost));
    // Each step doubles the work, so that comparisons from the old cost up to just below the present one add up to the difference.
    else for (let { cost } = kept; cost < bcryptCost; cost += 1) await compare(secret, decoyHash(cost));
  },
};
