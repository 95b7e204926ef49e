import { keyIdOf } from '../kms/ciphertext.ts';
import { arn } from '../template/arn.ts';
import type { Account, Permission } from './permission.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The key that a ciphertext names; `*` where the bytes are no ciphertext, which KMS will refuse. */
function keyOfCiphertext(blob: unknown): string {
  try {
    return keyIdOf(Buffer.from(String(blob), 'base64'));
  } catch {
    return '*';
  }
}

/** The permissions that IAM checks for a KMS request: the action on the key, for ReEncrypt on both keys. */
export function kmsPermissions(action: string, fields: Fields, { region }: Account): Permission[] {
  const permission = (name: string, key: unknown): Permission => {
    const id = typeof key === 'string' ? key : keyOfCiphertext(fields['CiphertextBlob']);
    const resource = id === '*' || id.startsWith('arn:') ? id : arn('kms', region, `key/${id}`);
    return { action: `kms:${name}`, resource };
  };
  if (action === 'ReEncrypt') {
    return [
      permission('ReEncryptFrom', fields['SourceKeyId']),
      permission('ReEncryptTo', fields['DestinationKeyId']),
    ];
  }
  return [permission(action, fields['KeyId'])];
}
