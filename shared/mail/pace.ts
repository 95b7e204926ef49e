import { setTimeout as wait } from 'node:timers/promises';
import type { Ports } from '../capability.ts';
import { second, type Clock } from '../clock.ts';
import type { countRates } from '../data/rates.ts';

type Tools = Ports<readonly [typeof countRates]> & { clock: Clock };

/** Waits until the account may send one more mail: all mailers together keep its rate. */
export async function awaitTurn(perSecond: number, { rates, clock }: Tools): Promise<void> {
  for (;;) {
    const now = clock.now();
    const until = await rates.refusal('mail', perSecond, second, now);
    if (until === undefined) return;
    await wait(until - now);
  }
}
