import { randomBytes } from 'node:crypto';
import { encode } from './base64url.ts';

/** A new identifier: 128 random bits in base64url, 22 characters. */
export const newId = (): string => encode(randomBytes(16));

/** A new secret: 256 random bits in base64url, 43 characters. */
export const newSecret = (): string => encode(randomBytes(32));

/** A username for a user who chose none: `device` and 10 letters and digits. */
export const newName = (): string => `device${randomBytes(5).toString('hex')}`;
