import { keyIdOf } from '../kms/ciphertext.ts';
import { isObject } from '../base/is-object.ts';
import { arn } from '../template/arn.ts';
import type { Context } from './condition.ts';
import type { Account, Permission } from './permission.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The key that a ciphertext names; `*` if the bytes are no ciphertext, because KMS will then refuse them. */
function keyOfCiphertext(blob: unknown): string {
  try {
    return keyIdOf(Buffer.from(String(blob), 'base64'));
  } catch {
    return '*';
  }
}

/** The condition keys that IAM sees in a KMS request. ReEncrypt has two contexts: it fulfils no condition on a single one. */
export const kmsContext = ({ EncryptionContext: given }: Fields): Context =>
  isObject(given)
    ? Object.fromEntries(
        Object.entries(given).map(([name, value]) => [`kms:EncryptionContext:${name}`, String(value)]),
      )
    : {};

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
