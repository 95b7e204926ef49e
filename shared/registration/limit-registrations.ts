import type { Ports } from '../deployment/capability.ts';
import { minute } from '../clock.ts';
import type { Settings } from '../deployment/settings.ts';
import { Failure } from '../errors/failure.ts';
import type { countOutcomes } from '../guards/rates.ts';
import { endOfWindow, whenToTry } from '../guards/when-to-try.ts';
import { addressBucket } from '../http/address.ts';
import type { Request } from '../http/request.ts';

/** The limit of registrations a minute, for one registration. */
export interface Admission {
  /** Counts a registration that is about to use an invite, once. @throws Failure `rate_limited` */
  count(now: number): Promise<void>;
  /** Counts nothing. @throws Failure `rate_limited` if `count` would */
  look(now: number): Promise<void>;
}

/**
 * The limit of registrations a minute from one address (R3.7). A registration is counted only when it is about to use an invite,
 * once and before the costly hash of its password: mistyped input costs nothing, neither its sender nor others at the same
 * address (C76).
 */
export function limitRegistrations(
  { outcomes }: Ports<readonly [typeof countOutcomes]>,
  { rates, registrationsPerMinute: limit }: Pick<Settings, 'rates' | 'registrationsPerMinute'>,
  { address }: Pick<Request, 'address'>,
): Admission {
  const bucket = `registrations#${addressBucket(address)}`;
  const refuse = (until: number, now: number): never => {
    throw new Failure('rate_limited', whenToTry({ limit, windowMs: minute }, until, now));
  };
  let isCounted = rates === 'off';
  return {
    async count(now) {
      if (isCounted) return;
      const turn = await outcomes.take(bucket, limit, minute, now);
      if (!turn.admitted) refuse(turn.until, now);
      isCounted = true;
    },
    async look(now) {
      if (isCounted || !(await outcomes.isSpent(bucket, limit, minute, now))) return;
      refuse(endOfWindow(minute, now), now);
    },
  };
}
