import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { kms } from './kms.ts';
import { readRow } from './read-row.ts';
import { capability, onKey, onTable } from '../deployment/capability.ts';
import { Failure } from '../errors/failure.ts';

/** Asks the store and the key service for the least that shows that they work. */
export const checkHealth = capability(
  'health',
  [onTable('counters', 'GetItem'), onKey('tokens', 'DescribeKey')],
  (config) => ({
    /** @throws Failure `store_unavailable` when the store does not answer. */
    async store(): Promise<void> {
      await readRow({ TableName: config.table('counters'), Key: { pk: 'health' } });
    },

    /** @throws Failure `keys_unavailable` when KMS does not answer or the key is disabled. */
    async keys(): Promise<void> {
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: config.key('tokens') }));
      if (!KeyMetadata?.Enabled) throw new Failure('keys_unavailable');
    },
  }),
);
