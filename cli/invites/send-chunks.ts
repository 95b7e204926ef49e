import { CommandError } from '../failures.ts';
import type { Server } from '../server/server.ts';
import type { Chunk } from './chunks.ts';
import { createChunk, type Created } from './create-invites.ts';

/** Why a run broke off. */
export interface Break {
  ending: CommandError;
  /** Number of lines or invites in the request whose answer is missing. They may be made. */
  unsure: number;
}

const sizeOf = ({ people, wish }: Chunk): number => people.length || (wish.count ?? 1);

/**
 * Sends the requests of a run one after the other, and gives each answer to `take` before it sends the next. Stops early if a
 * request or `take` fails, or if `signal` aborts.
 */
export async function sendChunks(
  server: Server,
  run: string,
  chunks: readonly Chunk[],
  signal: AbortSignal,
  take: (created: Created[], chunk: Chunk) => Promise<void>,
): Promise<Break | undefined> {
  for (const chunk of chunks) {
    try {
      signal.throwIfAborted();
      await take(await createChunk(server, run, chunk), chunk);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return { ending: error, unsure: error.mayBeDone ? sizeOf(chunk) : 0 };
    }
  }
  return undefined;
}

/** `6 of 100 are made.`, and how many more may be. */
export const soFar = (done: number, total: number, what: string, unsure: number): string =>
  unsure === 0
    ? `${done} of ${total} ${what}.`
    : `${done} of ${total} ${what}, and up to ${unsure} more: their answer is missing.`;
