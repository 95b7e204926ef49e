import { toMilliseconds } from '../duration.ts';
import { fail } from '../errors/failure.ts';
import { whenToTry } from '../guards/when-to-try.ts';
import { addressBucket } from '../http/address.ts';
import type { Exchange, Runtime, Step } from './step.ts';

/** Counts the request against the declaration's limits of one kind, before any more expensive work. */
export function limitRate({ id, operation, config, clock, ports }: Runtime, per: 'address' | 'user'): Step {
  const limits = config.settings.rates === 'on' ? operation.rate.filter((limit) => limit.per === per) : [];
  const who = (exchange: Exchange) =>
    per === 'address' ? addressBucket(exchange.request.address) : exchange.caller!.user.id;
  return {
    before: async ({ context }) => {
      const { exchange } = context;
      for (const { limit: wanted, window, captchaFrom = Infinity } of limits) {
        const limit = typeof wanted === 'function' ? wanted(config.settings) : wanted;
        const now = clock.now();
        const windowMs = toMilliseconds(window);
        const turn = await ports.rates!.take(`${id}#${per}#${who(exchange)}`, limit, windowMs, now);
        if (turn.admitted) {
          exchange.nearLimit ||= turn.nth >= captchaFrom;
          continue;
        }
        fail('rate_limited', whenToTry({ limit, windowMs }, turn.until, now));
      }
    },
  };
}
