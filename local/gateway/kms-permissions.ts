import { keyIdOf } from '../kms/ciphertext.ts';
import { arn } from '../template/arn.ts';
import type { Territory } from './need.ts';
import type { Need } from './policy.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The key that a ciphertext names; `*` where the bytes are no ciphertext, which KMS will refuse. */
function keyOfCiphertext(blob: unknown): string {
  try {
    return keyIdOf(Buffer.from(String(blob), 'base64'));
  } catch {
    return '*';
  }
}

/** What IAM asks for a KMS request: the action on the key, for ReEncrypt on both keys. */
export function kmsNeeds(action: string, fields: Fields, { region }: Territory): Need[] {
  const need = (name: string, key: unknown): Need => {
    const id = typeof key === 'string' ? key : keyOfCiphertext(fields['CiphertextBlob']);
    const resource = id === '*' || id.startsWith('arn:') ? id : arn('kms', region, `key/${id}`);
    return { action: `kms:${name}`, resource };
  };
  if (action === 'ReEncrypt') {
    return [need('ReEncryptFrom', fields['SourceKeyId']), need('ReEncryptTo', fields['DestinationKeyId'])];
  }
  return [need(action, fields['KeyId'])];
}
