import type { Fields } from './fields.ts';
import type { KeySpec, KeyStore } from './keystore.ts';

const usages: Record<KeySpec, object> = {
  HMAC_256: { KeyUsage: 'GENERATE_VERIFY_MAC', MacAlgorithms: ['HMAC_SHA_256'] },
  SYMMETRIC_DEFAULT: { KeyUsage: 'ENCRYPT_DECRYPT', EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] },
};

/** Answers `DescribeKey` as KMS does. @throws KmsError as KMS would. */
export function describeKey(keys: KeyStore, fields: Fields): object {
  const key = keys.find(fields.text('KeyId'));
  return {
    KeyMetadata: {
      AWSAccountId: key.arn.split(':')[4] ?? '',
      Arn: key.arn,
      KeyId: key.id,
      KeySpec: key.spec,
      CustomerMasterKeySpec: key.spec,
      ...usages[key.spec],
      CreationDate: key.createdAt / 1000,
      Description: '',
      Enabled: key.enabled,
      KeyState: key.enabled ? 'Enabled' : 'Disabled',
      KeyManager: 'CUSTOMER',
      Origin: 'AWS_KMS',
      MultiRegion: false,
    },
  };
}
