import type { Clock } from '../clock.ts';
import type { Ports } from '../deployment/capability.ts';
import { noteFirstStep, type notingFirstSteps } from '../inviting/note-first-step.ts';
import { traceOf, type Log } from '../aws/log.ts';
import type { Reservation } from '../quotas/end-call.ts';
import type { useQuotas } from '../quotas/use-quotas.ts';
import type { User } from '../users/user.ts';

/** How a relayed call has ended. */
export interface CallOutcome {
  /** Status of the provider's answer, if there was one that can be passed on. */
  status?: number;
  /** Whether a byte of the answer's body has come. */
  hasBody?: boolean;
  /** The error, if there was one. */
  failure?: unknown;
}

/** Statuses after which the providers' clients send the same call again by themselves: the call is not answered. */
const isRepeated = (status: number): boolean => status >= 500 || [408, 409, 429].includes(status);

/** Whether the provider has answered: only then does a call count. A caller who leaves or reads slowly has had an answer. */
export const isAnswered = ({ status, hasBody, failure }: CallOutcome): boolean =>
  status !== undefined && !isRepeated(status) && (hasBody === true || failure === undefined);

/**
 * Ends a reservation. A failure must not turn an answer into an error: if the store is down now, the call stays counted,
 * which errs on the strict side.
 */
export async function endReservation(
  reservation: Reservation,
  user: User,
  ending: CallOutcome,
  tools: Ports<readonly [typeof useQuotas, ...typeof notingFirstSteps]> & { clock: Clock; log: Log },
): Promise<void> {
  const { quotas, clock, log } = tools;
  const outcome = isAnswered(ending) ? 'answered' : 'refunded';
  try {
    if (outcome === 'answered') await quotas.settle(reservation, clock.now());
    else await quotas.refund(reservation, clock.now());
  } catch (error) {
    log.error('relay.unconcluded', { outcome, ...traceOf(error) });
    return;
  }
  if (outcome === 'answered') await noteFirstStep(user, 'firstRelayAt', tools, clock.now());
}

/** Notes the provider's status for the key's owner. A failure must not turn an answer into an error: the use itself is recorded. */
export async function noteAnswer(
  note: (status: number) => Promise<void>,
  { status }: CallOutcome,
  { log }: { log: Log },
): Promise<void> {
  if (status === undefined) return;
  await note(status).catch((error: unknown) => log.warn('relay.unnoted', traceOf(error)));
}
