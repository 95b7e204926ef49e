import { randomBytes } from 'node:crypto';
import { encode } from './base64url.ts';

/**
 * An identifier of 128 bits in base64url, 22 characters. `draw` gives the bits. It is called again if the identifier would begin
 * with a hyphen, which spreadsheets take for a formula and command lines for an option.
 */
export function idFrom(draw: (time: number) => Uint8Array): string {
  for (let time = 0; ; time += 1) {
    const id = encode(draw(time));
    if (!id.startsWith('-')) return id;
  }
}

/** A new identifier of random bits. */
export const newId = (): string => idFrom(() => randomBytes(16));

/** A new secret: 256 random bits in base64url, 43 characters. */
export const newSecret = (): string => encode(randomBytes(32));

/** A username for a user who chose none: `device` and 10 letters and digits. */
export const newName = (): string => `device${randomBytes(5).toString('hex')}`;
