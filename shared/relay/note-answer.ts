import { traceOf, type Log } from '../aws/log.ts';
import type { Ending } from './end-reservation.ts';

/** Notes for the key's owner what the provider answered. It must not turn an answer into an error: the use itself is written down. */
export async function noteAnswer(
  note: (status: number) => Promise<void>,
  { status }: Ending,
  { log }: { log: Log },
): Promise<void> {
  if (status === undefined) return;
  await note(status).catch((error: unknown) => log.warn('relay.unnoted', traceOf(error)));
}
