import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { KmsError } from './errors.ts';
import type { EncryptionContext } from './fields.ts';
import type { Key } from './keystore.ts';

/**
 * A ciphertext blob: version 1 | length of the key id | key id | nonce (12 bytes) | tag (16) | ciphertext.
 * The header and the encryption context are authenticated with the content.
 */
const algorithm = 'aes-256-gcm';
const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** KMS does not say whether the ciphertext or the context was wrong. */
export const refusedCiphertext = (): KmsError =>
  new KmsError('InvalidCiphertextException', 'The ciphertext or its encryption context does not match.');

/** One canonical form for a context, whatever the order of its names. */
const canonical = (context: EncryptionContext): string =>
  JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1)));

const authenticated = (header: Buffer, context: EncryptionContext): Buffer =>
  Buffer.concat([header, Buffer.from(canonical(context))]);

function headerOf(blob: Buffer): Buffer {
  const end = 2 + (blob[1] ?? 0);
  if (blob[0] !== version || blob.length < end + nonceBytes + tagBytes) throw refusedCiphertext();
  return blob.subarray(0, end);
}

/** The id of the key that made `blob`; not authenticated until `open` has succeeded. */
export const keyIdOf = (blob: Buffer): string => headerOf(blob).toString('utf8', 2);

/** Encrypts with AES-256-GCM under a fresh nonce, bound to the key and the context. */
export function seal(key: Key, plaintext: Buffer, context: EncryptionContext): Buffer {
  const id = Buffer.from(key.id);
  const header = Buffer.concat([Buffer.from([version, id.length]), id]);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key.material, nonce, { authTagLength: tagBytes });
  cipher.setAAD(authenticated(header, context));
  const content = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header, nonce, cipher.getAuthTag(), content]);
}

/** The plaintext that `seal` encrypted. Throws InvalidCiphertextException if a bit or the context differs. */
export function open(key: Key, blob: Buffer, context: EncryptionContext): Buffer {
  const header = headerOf(blob);
  const nonce = blob.subarray(header.length, header.length + nonceBytes);
  const tag = blob.subarray(header.length + nonceBytes, header.length + nonceBytes + tagBytes);
  const content = blob.subarray(header.length + nonceBytes + tagBytes);
  const decipher = createDecipheriv(algorithm, key.material, nonce, { authTagLength: tagBytes });
  decipher.setAAD(authenticated(header, context));
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(content), decipher.final()]);
  } catch {
    throw refusedCiphertext();
  }
}
