import { randomBytes } from 'node:crypto';
import { keyIdOf, open, refusedCiphertext, seal } from './ciphertext.ts';
import { KmsError } from './errors.ts';
import type { Fields } from './fields.ts';
import type { Key, KeyStore } from './keystore.ts';

const spec = 'SYMMETRIC_DEFAULT';
const algorithms = [spec, 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE'] as const;

/** KMS's own limits, in bytes. */
const maxPlaintextBytes = 4096;
const maxCiphertextBytes = 6144;
const maxDataKeyBytes = 1024;

function symmetricKey(keys: KeyStore, fields: Fields, name: string, algorithmField: string): Key {
  const key = keys.usable(name, spec);
  const algorithm = fields.choice(algorithmField, algorithms, spec);
  if (algorithm !== spec) {
    throw new KmsError(
      'InvalidKeyUsageException',
      `Algorithm ${algorithm} is incompatible with key spec ${spec}.`,
    );
  }
  return key;
}

/** The key that the ciphertext names. If the caller names a key, it must be the same one. */
function keyOfCiphertext(
  keys: KeyStore,
  fields: Fields,
  blob: Buffer,
  keyField: string,
  algorithmField: string,
): Key {
  const id = keyIdOf(blob);
  if (!keys.has(id)) throw refusedCiphertext();
  if (!fields.has(keyField)) return symmetricKey(keys, fields, id, algorithmField);
  const key = symmetricKey(keys, fields, fields.text(keyField), algorithmField);
  if (key.id === id) return key;
  throw new KmsError(
    'IncorrectKeyException',
    'The key ID in the request does not identify a CMK that can perform this operation.',
  );
}

/** Answers `Encrypt` as KMS does. @throws KmsError as KMS would. */
export function encrypt(keys: KeyStore, fields: Fields): object {
  const key = symmetricKey(keys, fields, fields.text('KeyId'), 'EncryptionAlgorithm');
  const blob = seal(key, fields.bytes('Plaintext', maxPlaintextBytes), fields.context('EncryptionContext'));
  return { KeyId: key.arn, CiphertextBlob: blob.toString('base64'), EncryptionAlgorithm: spec };
}

/** Answers `Decrypt` as KMS does. @throws KmsError as KMS would. */
export function decrypt(keys: KeyStore, fields: Fields): object {
  const blob = fields.bytes('CiphertextBlob', maxCiphertextBytes);
  const key = keyOfCiphertext(keys, fields, blob, 'KeyId', 'EncryptionAlgorithm');
  const plaintext = open(key, blob, fields.context('EncryptionContext'));
  return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: spec };
}

/** Answers `ReEncrypt` as KMS does. @throws KmsError as KMS would. */
export function reEncrypt(keys: KeyStore, fields: Fields): object {
  const blob = fields.bytes('CiphertextBlob', maxCiphertextBytes);
  const from = keyOfCiphertext(keys, fields, blob, 'SourceKeyId', 'SourceEncryptionAlgorithm');
  const to = symmetricKey(keys, fields, fields.text('DestinationKeyId'), 'DestinationEncryptionAlgorithm');
  const plaintext = open(from, blob, fields.context('SourceEncryptionContext'));
  return {
    KeyId: to.arn,
    SourceKeyId: from.arn,
    CiphertextBlob: seal(to, plaintext, fields.context('DestinationEncryptionContext')).toString('base64'),
    SourceEncryptionAlgorithm: spec,
    DestinationEncryptionAlgorithm: spec,
  };
}

/** Answers `GenerateDataKey` as KMS does. @throws KmsError as KMS would. */
export function generateDataKey(keys: KeyStore, fields: Fields): object {
  const key = keys.usable(fields.text('KeyId'), spec);
  if (fields.has('KeySpec') === fields.has('NumberOfBytes')) {
    throw new KmsError('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  const length = fields.has('NumberOfBytes')
    ? fields.integer('NumberOfBytes', maxDataKeyBytes)
    : { AES_128: 16, AES_256: 32 }[fields.choice('KeySpec', ['AES_128', 'AES_256'])];
  const plaintext = randomBytes(length);
  return {
    KeyId: key.arn,
    Plaintext: plaintext.toString('base64'),
    CiphertextBlob: seal(key, plaintext, fields.context('EncryptionContext')).toString('base64'),
  };
}
