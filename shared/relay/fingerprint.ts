import { createHash } from 'node:crypto';

/** Tells whether two calls of one user are the same one again: 128 bits of SHA-256 over route, query and body. */
export const fingerprint = (call: string, query: string, body: Buffer): string =>
  createHash('sha256').update(`${call}${query}\n`).update(body).digest('base64url').slice(0, 22);
