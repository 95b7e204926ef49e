import { DecryptCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { kms } from '../aws/kms.ts';
import type { BoundTo } from '../deployment/capability.ts';
import type { ApiKey } from './api-key.ts';

type Place = Pick<ApiKey, 'userId' | 'service'>;

/** The encryption context that binds the ciphertext: in the row of another user or service it cannot be decrypted. */
const contextOf = ({ userId, service }: Place) => ({ userId, service });

/** Limits a grant to API keys: KMS requires the whole context, and no other ciphertext has a user in it. */
export const ofApiKeys: BoundTo = { has: ['userId', 'service'] };

/** Encrypts an API key for its place in the store. @param key ARN of the KMS key. */
export async function encryptKey(key: string, place: Place, secret: string): Promise<Uint8Array> {
  const { CiphertextBlob } = await kms.send(
    new EncryptCommand({ KeyId: key, Plaintext: Buffer.from(secret), EncryptionContext: contextOf(place) }),
  );
  return CiphertextBlob!;
}

/** Exceptions of KMS if the ciphertext is not one of this KMS key and place. */
const unreadable = new Set(['InvalidCiphertextException', 'IncorrectKeyException']);

/** The decrypted API key; undefined if the ciphertext was made for another place, or by another KMS key. */
export async function decryptKey(
  key: string,
  row: Place & Pick<ApiKey, 'ciphertext'>,
): Promise<string | undefined> {
  try {
    const { Plaintext } = await kms.send(
      new DecryptCommand({
        KeyId: key,
        CiphertextBlob: row.ciphertext,
        EncryptionContext: contextOf(row),
      }),
    );
    return Buffer.from(Plaintext!).toString();
  } catch (error) {
    if (error instanceof Error && unreadable.has(error.name)) return undefined;
    throw error;
  }
}
