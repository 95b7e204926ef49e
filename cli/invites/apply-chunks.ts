import { Ending, exit } from '../failures.ts';
import type { Server } from '../server/server.ts';
import type { Progress } from '../terminal/progress.ts';
import type { Chunk } from './chunks.ts';
import { createChunk } from './create-invites.ts';
import type { Link } from './link-table.ts';
import { keepRun, type Run } from './run-file.ts';

export interface Applying {
  server: Server;
  /** The file in which the run is kept. */
  path: string;
  signal: AbortSignal;
  progress: Progress;
}

/**
 * Sends the requests of a run that have no answer yet, and keeps the results of each before it sends the next. A process
 * that is killed between the server's answer and the file asks again with the same Idempotency-Key and gets the same
 * answer. Returns the links that it saw.
 */
export async function applyChunks(
  run: Run,
  chunks: readonly Chunk[],
  { server, path, signal, progress }: Applying,
): Promise<Map<string, Link>> {
  const links = new Map<string, Link>();
  // Kept before the first request, so that a later process asks with the same keys.
  await keepRun(path, run);
  for (const chunk of chunks) {
    if (chunk.people.every(({ line }) => run.done[line])) {
      progress.resume(chunk.people.length);
      continue;
    }
    if (signal.aborted) throw new Ending(exit.interrupted, 'Stopped. The same command goes on.');
    const created = await createChunk(server, run.run, chunk);
    for (const [at, { id, result, mailed, url, code }] of created.entries()) {
      const person = chunk.people[at];
      if (!person) continue;
      run.done[person.line] = {
        result,
        ...(id !== undefined && { id }),
        ...(mailed !== undefined && { mailed }),
      };
      if (id !== undefined && url !== undefined) links.set(id, { url, code });
    }
    await keepRun(path, run);
    progress.advance(chunk.people.length);
  }
  run.finished = true;
  await keepRun(path, run);
  return links;
}
