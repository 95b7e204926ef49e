import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { kms } from './kms.ts';
import { capability, onKey } from '../deployment/capability.ts';
import { keyNames, type KeyName } from '../deployment/keys.ts';

/** Asks KMS for the state of each key of the deployment. */
export const describeKeys = capability(
  'keys',
  keyNames.map((name) => onKey(name, 'DescribeKey')),
  (config) => ({
    /** The keys that cannot be used, because they are disabled or scheduled for deletion. */
    async unusable(): Promise<KeyName[]> {
      const states = await Promise.all(
        keyNames.map((name) => kms.send(new DescribeKeyCommand({ KeyId: config.key(name) }))),
      );
      return keyNames.filter((_, index) => !states[index]!.KeyMetadata?.Enabled);
    },
  }),
);
