import { describeKey } from './describe.ts';
import { decrypt, encrypt, generateDataKey, reEncrypt } from './encryption.ts';
import { KmsError } from './errors.ts';
import { Fields } from './fields.ts';
import { KeyFiles } from './key-files.ts';
import { KeyStore, type KeySpec } from './keystore.ts';
import { generateMac, verifyMac } from './mac.ts';

export interface KmsOptions {
  /** The keys that exist, by ARN. */
  keys: Readonly<Record<string, KeySpec>>;
  /** The file for the key material (mode 0600), with a copy beside it. If absent, the keys are in memory only. */
  file?: string;
  /** Whether stored data exists that is worthless without the keys. If so, no new keys replace a missing file. */
  isUsed?: boolean;
}

export interface Kms {
  /**
   * Answers one request of the AWS JSON 1.1 protocol.
   * @param target the header `X-Amz-Target`, such as `TrentService.GenerateMac`
   * @param body the parsed JSON body
   * @returns the status, 200 or 400, and the body, to be sent as JSON
   */
  handle(target: string, body: unknown): { status: number; body: object };
}

type Action = (keys: KeyStore, fields: Fields) => object;

const enable =
  (enabled: boolean): Action =>
  (keys, fields) => {
    keys.setEnabled(fields.text('KeyId'), enabled);
    return {};
  };

const actions = new Map<string, Action>([
  ['TrentService.GenerateMac', generateMac],
  ['TrentService.VerifyMac', verifyMac],
  ['TrentService.Encrypt', encrypt],
  ['TrentService.Decrypt', decrypt],
  ['TrentService.ReEncrypt', reEncrypt],
  ['TrentService.GenerateDataKey', generateDataKey],
  ['TrentService.DescribeKey', describeKey],
  ['TrentService.EnableKey', enable(true)],
  ['TrentService.DisableKey', enable(false)],
]);

/** A KMS in this process: real HMAC-SHA-256 and AES-256-GCM under keys that no request can read. */
export function createKms({ keys: specs, file, isUsed = false }: KmsOptions): Kms {
  const keys = new KeyStore(specs, file === undefined ? undefined : new KeyFiles(file, isUsed));

  return {
    handle(target, body) {
      try {
        const action = actions.get(target);
        if (action === undefined)
          throw new KmsError('UnknownOperationException', `${target} is not served here`);
        return { status: 200, body: action(keys, new Fields(body)) };
      } catch (error) {
        if (!(error instanceof KmsError)) throw error;
        return { status: 400, body: { __type: error.type, message: error.message } };
      }
    },
  };
}
