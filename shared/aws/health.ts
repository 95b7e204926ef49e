import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { kms } from './kms.ts';
import { readRow } from './read-row.ts';
import { second } from '../clock.ts';
import { capability, onKey, onTable } from '../deployment/capability.ts';
import { Failure } from '../errors/failure.ts';

/** How long an instance repeats its last result, so that constant requests put little load on KMS and the store. */
const rememberMs = 10 * second;

/** Sends the store and KMS the cheapest calls that show that they work. */
export const checkHealth = capability(
  'health',
  [onTable('counters', 'GetItem'), onKey('tokens', 'DescribeKey')],
  (config) => {
    let last: { at: number; found: Promise<void> } | undefined;

    /** @throws Failure `store_unavailable` when the store does not answer. */
    async function store(): Promise<void> {
      await readRow({ TableName: config.table('counters'), Key: { pk: 'health' } });
    }

    /** @throws Failure `keys_unavailable` when KMS does not answer or the key is disabled. */
    async function keys(): Promise<void> {
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: config.key('tokens') }));
      if (!KeyMetadata?.Enabled) throw new Failure('keys_unavailable');
    }

    /** Waits for both calls even if one fails: Lambda would freeze a call that is still under way when the function answers. */
    async function ask(): Promise<void> {
      for (const outcome of await Promise.allSettled([store(), keys()]))
        if (outcome.status === 'rejected') throw outcome.reason;
    }

    return {
      store,
      keys,
      /** Asks both, at most once in ten seconds; a failure is repeated too, as most ask during an outage. @throws as they do. */
      async both(now: number): Promise<void> {
        if (!last || now < last.at || now >= last.at + rememberMs) last = { at: now, found: ask() };
        await last.found;
      },
    };
  },
);
