import { toMilliseconds } from '../duration.ts';
import { fail } from '../errors/failure.ts';
import { addressBucket } from '../http/address.ts';
import { second } from '../clock.ts';
import type { Exchange, Runtime, Step } from './step.ts';

/** Counts the request against the declaration's limits of one kind, before anything dearer is done for it. */
export function limitRate({ id, operation, config, clock, ports }: Runtime, per: 'address' | 'user'): Step {
  const limits = config.settings.rates === 'on' ? operation.rate.filter((limit) => limit.per === per) : [];
  const who = (exchange: Exchange) =>
    per === 'address' ? addressBucket(exchange.request.address) : exchange.caller!.user.id;
  return {
    before: async ({ context }) => {
      for (const { limit, window } of limits) {
        const now = clock.now();
        const length = toMilliseconds(window);
        const until = await ports.rates!.refusal(`${id}#${per}#${who(context.exchange)}`, limit, length, now);
        if (until === undefined) continue;
        const seconds = Math.ceil((until - now) / second);
        fail('rate_limited', { retryAfter: seconds, values: { limit, window: length / second, seconds } });
      }
    },
  };
}
