import type { Ports } from '../deployment/capability.ts';
import { minute } from '../clock.ts';
import type { Settings } from '../deployment/settings.ts';
import { Failure } from '../errors/failure.ts';
import type { countOutcomes } from '../guards/rates.ts';
import { whenToTry } from '../guards/when-to-try.ts';
import { addressBucket } from '../http/address.ts';
import type { Request } from '../http/request.ts';

/** Counts a registration to which nothing is wanting any more. @throws Failure `rate_limited` */
export type Admit = (now: number) => Promise<void>;

/**
 * The limit of registrations a minute from one address (R3.7). Only what reaches an invite's use is counted, once and before the dear
 * hash of its password: what people mistype costs them nothing, and neither do others who share their address (C76).
 */
export function limitRegistrations(
  { outcomes }: Ports<readonly [typeof countOutcomes]>,
  { rates, registrationsPerMinute: limit }: Pick<Settings, 'rates' | 'registrationsPerMinute'>,
  { address }: Pick<Request, 'address'>,
): Admit {
  let isCounted = rates === 'off';
  return async (now) => {
    if (isCounted) return;
    const budget = { limit, windowMs: minute };
    const turn = await outcomes.take(`registrations#${addressBucket(address)}`, limit, minute, now);
    if (!turn.admitted) throw new Failure('rate_limited', whenToTry(budget, turn.until, now));
    isCounted = true;
  };
}
