import { traceOf, type Log } from '../aws/log.ts';
import type { CallOutcome } from './end-reservation.ts';

/** Notes the provider's status for the key's owner. A failure must not turn an answer into an error: the use itself is recorded. */
export async function noteAnswer(
  note: (status: number) => Promise<void>,
  { status }: CallOutcome,
  { log }: { log: Log },
): Promise<void> {
  if (status === undefined) return;
  await note(status).catch((error: unknown) => log.warn('relay.unnoted', traceOf(error)));
}
