import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { kms } from './kms.ts';
import { capability, onKey } from '../deployment/capability.ts';
import { keyNames, type KeyName } from '../deployment/keys.ts';

/** Asks KMS how each key of the deployment stands. */
export const describeKeys = capability(
  'keys',
  keyNames.map((name) => onKey(name, 'DescribeKey')),
  (config) => ({
    /** The keys that cannot be used: somebody has disabled them, or they are to be deleted. */
    async unusable(): Promise<KeyName[]> {
      const states = await Promise.all(
        keyNames.map((name) => kms.send(new DescribeKeyCommand({ KeyId: config.key(name) }))),
      );
      return keyNames.filter((_, index) => !states[index]!.KeyMetadata?.Enabled);
    },
  }),
);
