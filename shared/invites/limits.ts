import { settingLimits } from '../deployment/limits.ts';

/**
 * Limits of what people type about invites. Schemas, pages, the command line and error texts take them from here, so
 * that every limit that is shown is the one that is enforced. Lengths are in characters.
 */
export const inviteLimits = {
  /** Invites that one request creates. */
  count: { min: 1, max: 1_000 },
  /** Invites that one request changes. */
  batch: { min: 1, max: 100 },
  maxUses: { min: 1, max: 100_000 },
  expiresInDays: { min: 1, max: settingLimits.inviteDays },
  noteLength: { max: 200 },
  labelLength: { max: 40 },
  messageLength: { max: 500 },
  appLength: { max: 30 },
  passphraseLength: { min: 6, max: 200 },
  codeLength: { min: 4, max: 10 },
  /** Uses of an invite whose code an administrator chose: people can guess a chosen code. */
  ownCodeUses: { max: 10 },
  /** A code with the blanks and hyphens that people type into it. */
  typedCodeLength: { max: 40 },
  tokenLength: { max: 200 },
  /** Longer than any address, so that one address that is too long does not refuse a whole list. */
  listedAddressLength: { max: 320 },
  /** Invites that one answer counts, newest first, so that it comes in time. */
  counted: { max: 50_000 },
  /** New links that one invite gives in a day, over all callers. */
  renewalsPerDay: { max: 3 },
} as const;
