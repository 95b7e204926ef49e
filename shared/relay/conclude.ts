import type { Ports } from '../deployment/capability.ts';
import type { Clock } from '../clock.ts';
import type { Reservation, useQuotas } from '../quotas/use-quotas.ts';
import { traceOf, type Log } from '../log.ts';
import { ProviderFailure } from './call-provider.ts';

interface Ending {
  reservation: Reservation;
  /** Status of the provider's answer, if there was one. */
  status?: number | undefined;
  /** What went wrong, if something did. */
  failure?: unknown;
}

/** What comes of a reservation: the same call again counts anew, counts no more, or was never counted. */
export type Conclusion = 'answered' | 'unanswered' | 'refunded';

/** Statuses on which the providers' clients send the same call again by themselves. */
const isRepeated = (status: number): boolean => status >= 500 || [408, 409, 429].includes(status);

export function conclusionOf({ status, failure }: Omit<Ending, 'reservation'>): Conclusion {
  if (status === undefined) {
    const wasReached = failure instanceof ProviderFailure && failure.how !== 'unreached';
    return wasReached ? 'unanswered' : 'refunded';
  }
  // A caller who leaves, or takes until our time is over, has had their answer: only the provider can fail to give one.
  const brokeOff = failure instanceof ProviderFailure && failure.how !== 'overdue';
  return brokeOff || isRepeated(status) ? 'unanswered' : 'answered';
}

/**
 * Ends a reservation. It must not turn an answer into an error: if the store is down now, the call stays counted, which
 * is the strict side.
 */
export async function conclude(
  { reservation, ...ending }: Ending,
  { quotas, clock, log }: Ports<readonly [typeof useQuotas]> & { clock: Clock; log: Log },
): Promise<void> {
  const conclusion = conclusionOf(ending);
  try {
    if (conclusion === 'refunded') await quotas.refund(reservation, clock.now());
    else await quotas.settle(reservation, conclusion, clock.now());
  } catch (error) {
    log.error('relay.unconcluded', { outcome: conclusion, ...traceOf(error) });
  }
}
