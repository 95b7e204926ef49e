import { GenerateMacCommand, KMSInvalidMacException, VerifyMacCommand } from '@aws-sdk/client-kms';
import { kms } from './kms.ts';

/**
 * HMAC-SHA-256 of `message` by a key that cannot leave KMS; 32 bytes.
 * @param key ARN of the key.
 * @param message begins with its purpose, so that no HMAC of one purpose is good for another; at most 4,096 bytes.
 */
export async function macOf(key: string, message: string | Uint8Array): Promise<Uint8Array> {
  const Message = typeof message === 'string' ? Buffer.from(message) : message;
  const { Mac } = await kms.send(
    new GenerateMacCommand({ KeyId: key, MacAlgorithm: 'HMAC_SHA_256', Message }),
  );
  return Mac!;
}

/** Whether `mac` is the HMAC of `message` by `key`. KMS compares in constant time. */
export async function isMacOf(key: string, message: string, mac: Uint8Array): Promise<boolean> {
  try {
    const { MacValid = false } = await kms.send(
      new VerifyMacCommand({
        KeyId: key,
        MacAlgorithm: 'HMAC_SHA_256',
        Message: Buffer.from(message),
        Mac: mac,
      }),
    );
    return MacValid;
  } catch (error) {
    if (error instanceof KMSInvalidMacException) return false;
    throw error;
  }
}
