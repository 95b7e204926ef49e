import { createHmac, timingSafeEqual } from 'node:crypto';
import { KmsError } from './errors.ts';
import type { Fields } from './fields.ts';
import type { Key, KeyStore } from './keystore.ts';

const algorithms = ['HMAC_SHA_224', 'HMAC_SHA_256', 'HMAC_SHA_384', 'HMAC_SHA_512'] as const;

/** The longest message that KMS accepts, in bytes. */
const maxMessageBytes = 4096;

function macKey(keys: KeyStore, fields: Fields): Key {
  const key = keys.usable(fields.text('KeyId'), 'HMAC_256');
  const algorithm = fields.choice('MacAlgorithm', algorithms);
  if (algorithm !== 'HMAC_SHA_256') {
    throw new KmsError(
      'InvalidKeyUsageException',
      `Algorithm ${algorithm} is incompatible with key spec HMAC_256.`,
    );
  }
  return key;
}

const macOf = (key: Key, fields: Fields): Buffer =>
  createHmac('sha256', key.material).update(fields.bytes('Message', maxMessageBytes)).digest();

/** Answers `GenerateMac` as KMS does. @throws KmsError as KMS would. */
export function generateMac(keys: KeyStore, fields: Fields): object {
  const key = macKey(keys, fields);
  return { KeyId: key.arn, Mac: macOf(key, fields).toString('base64'), MacAlgorithm: 'HMAC_SHA_256' };
}

/** Answers `VerifyMac` as KMS does. @throws KmsError as KMS would. */
export function verifyMac(keys: KeyStore, fields: Fields): object {
  const key = macKey(keys, fields);
  const expected = macOf(key, fields);
  const given = fields.bytes('Mac', 6144);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new KmsError(
      'KMSInvalidMacException',
      'The MAC does not match the message, the key or the algorithm.',
    );
  }
  return { KeyId: key.arn, MacValid: true, MacAlgorithm: 'HMAC_SHA_256' };
}
