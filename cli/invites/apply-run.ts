import { CommandError } from '../failures.ts';
import type { Server } from '../server/server.ts';
import { thisCommand } from '../terminal/command-line.ts';
import { interruption } from '../terminal/interruption.ts';
import type { Output } from '../terminal/output.ts';
import type { Person } from '#shared/inviting/read-people.ts';
import { chunksOf } from './chunks.ts';
import type { Link } from './link-table.ts';
import { doneFor, keepRun, noteDone, type Run } from './run-file.ts';
import { sendChunks, soFar } from './send-chunks.ts';

/** How to continue a run that broke off. The command leaves out --new-run, which would begin anew. */
const goesOn = () => [
  'What was done is kept; the same command goes on:',
  `  ${thisCommand({ '--new-run': false })}`,
];

export interface Applying {
  server: Server;
  /** The file in which the run is kept. */
  path: string;
  out: Output;
}

/**
 * Asks for invites for the people who have no result yet, and saves the results of each request before it sends the next. If a
 * process is killed between the server's answer and the save, the next run repeats the request with the same Idempotency-Key and
 * gets the same answer. So does a process that runs beside it. Returns the links that it saw.
 */
export async function applyRun(
  run: Run,
  people: readonly Person[],
  { server: connected, path, out }: Applying,
): Promise<Map<string, Link>> {
  const links = new Map<string, Link>();
  const left = people.filter((person) => !doneFor(run, person));
  const signal = interruption(out, goesOn);
  const server = connected.stoppedBy(signal);
  let done = people.length - left.length;
  const broken = await out.progress(people.length, 'invites', (progress) => {
    progress.resume(done);
    return sendChunks(
      server,
      run.run,
      chunksOf(left, run.send ? {} : { send: false }),
      signal,
      async (created, chunk) => {
        for (const [at, { id, result, mailed, url, code }] of created.entries()) {
          const person = chunk.people[at];
          if (!person) continue;
          noteDone(run, person, {
            result,
            ...(id !== undefined && { id }),
            ...(mailed !== undefined && { mailed }),
          });
          if (id !== undefined && url !== undefined) links.set(id, { url, code });
        }
        done += chunk.people.length;
        run.finished = done === people.length;
        await keepRun(path, run);
        progress.advance(chunk.people.length);
      },
    );
  });
  if (!broken) return links;
  const { ending, unsure } = broken;
  throw new CommandError(ending.code, ending.message, [
    ...ending.lines,
    soFar(done, people.length, 'are done', unsure),
    ...goesOn(),
  ]);
}
