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
  /** When the owner is to be told that it expires; absent once they were, and where it lives too short for that. */
  remindAt?: number;
  /** Present while `remindAt` counts, which it does not for a key that is off: the index on it holds nothing else. */
  reminder?: 'due';
}

/** The owner is told so long before the key expires. */
const noticeMs = 3 * day;
/** An expired key can be renewed for so long without being typed again. */
const renewableMs = 90 * day;

/** How long a key is good for, from now on, and when its owner is told. */
export function termFrom(now: number, keyDays: number): Pick<ApiKey, 'expiresAt' | 'remindAt'> {
  const expiresAt = now + keyDays * day;
  return keyDays * day <= noticeMs ? { expiresAt } : { expiresAt, remindAt: expiresAt - noticeMs };
}

/** From then on the key is gone, whether or not the store has deleted its row. */
export const keptUntil = ({ expiresAt }: Pick<ApiKey, 'expiresAt'>): number => expiresAt + renewableMs;

export const keyStates = ['active', 'inactive', 'expired'] as const;
export type KeyState = (typeof keyStates)[number];

/** What a key is good for at `now`; of two reasons against it, the one that its owner has chosen. */
export function keyState({ active, expiresAt }: Pick<ApiKey, 'active' | 'expiresAt'>, now: number): KeyState {
  if (!active) return 'inactive';
  return expiresAt > now ? 'active' : 'expired';
}

/** Four characters by which people know their keys apart, and no more than a quarter of a short one. */
export const lastCharacters = (secret: string): string =>
  secret.slice(secret.length - Math.min(4, Math.floor(secret.length / 4)));

export interface KeyChange {
  active?: boolean | undefined;
  /** The term begins anew. */
  renew?: true | undefined;
}

/** The key as its owner wishes it. A reminder that was sent stays sent until the term begins anew. */
export function changedKey(key: ApiKey, { active, renew }: KeyChange, now: number, keyDays: number): ApiKey {
  const { expiresAt, remindAt, reminder: _, ...rest } = key;
  const term = renew ? termFrom(now, keyDays) : { expiresAt, ...(remindAt !== undefined && { remindAt }) };
  return withReminder({ ...rest, ...term, active: active ?? key.active });
}

/** Puts a key that is on and has a reminder before it where reminders are looked for. */
export const withReminder = (key: Omit<ApiKey, 'reminder'>): ApiKey => ({
  ...key,
  ...(key.active && key.remindAt !== undefined && { reminder: 'due' }),
});
