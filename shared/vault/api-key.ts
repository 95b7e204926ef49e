import { day } from '../clock.ts';

/** A user's key for a provider's API as it is stored: encrypted, with its last characters readable. Times in milliseconds. */
export interface ApiKey {
  userId: string;
  service: string;
  ciphertext: Uint8Array;
  last4: string;
  active: boolean;
  /** When this key was set. */
  createdAt: number;
  expiresAt: number;
  lastUsedAt?: number;
  /** When the owner is to be told that the key expires; absent once they were told, or if the key's term is too short for that. */
  remindAt?: number;
  /** Present if the key is on and has a `remindAt`: the index on this field holds no other keys. */
  reminder?: 'due';
}

/** How long before the key expires its owner is told. */
const noticeMs = 3 * day;
/** How long an expired key can be renewed without being typed again. */
const renewableMs = 90 * day;

/** The term of a key from now on: when it expires, and when its owner is told. */
export function termFrom(now: number, keyDays: number): Pick<ApiKey, 'expiresAt' | 'remindAt'> {
  const expiresAt = now + keyDays * day;
  return keyDays * day <= noticeMs ? { expiresAt } : { expiresAt, remindAt: expiresAt - noticeMs };
}

/** From this time on the key is gone, whether or not the store has deleted its row. */
export const keptUntil = ({ expiresAt }: Pick<ApiKey, 'expiresAt'>): number => expiresAt + renewableMs;

export const keyStates = ['active', 'inactive', 'expired'] as const;
export type KeyState = (typeof keyStates)[number];

/** The state of a key at `now`. A key that is both off and expired is `inactive`, which its owner has chosen. */
export function keyState({ active, expiresAt }: Pick<ApiKey, 'active' | 'expiresAt'>, now: number): KeyState {
  if (!active) return 'inactive';
  return expiresAt > now ? 'active' : 'expired';
}

/** The last four characters, by which people tell their keys apart, but no more than a quarter of a short key. */
export const lastCharacters = (secret: string): string =>
  secret.slice(secret.length - Math.min(4, Math.floor(secret.length / 4)));

export interface KeyChange {
  active?: boolean | undefined;
  /** The term begins anew. */
  renew?: true | undefined;
}

/** The key with its owner's change. A reminder that was sent stays sent until the term begins anew. */
export function changedKey(key: ApiKey, { active, renew }: KeyChange, now: number, keyDays: number): ApiKey {
  const { expiresAt, remindAt, reminder: _, ...rest } = key;
  const term = renew ? termFrom(now, keyDays) : { expiresAt, ...(remindAt !== undefined && { remindAt }) };
  return withReminder({ ...rest, ...term, active: active ?? key.active });
}

/** Puts a key that is on and still has a reminder ahead into the index of reminders. */
export const withReminder = (key: Omit<ApiKey, 'reminder'>): ApiKey => ({
  ...key,
  ...(key.active && key.remindAt !== undefined && { reminder: 'due' }),
});
