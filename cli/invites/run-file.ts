import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { wrongUsage } from '../failures.ts';
import { readIfThere } from '../files/read-file.ts';
import { replaceFile } from '../files/replace-file.ts';

const doneSchema = z.object({
  result: z.string(),
  id: z.optional(z.string()),
  mailed: z.optional(z.boolean()),
});

const schema = z.object({
  format: z.literal(1),
  /** Names the run; the Idempotency-Key of each request begins with it. */
  run: z.string(),
  server: z.string(),
  /** SHA-256 of the CSV file. */
  csv: z.string(),
  /** Whether mail goes out. */
  send: z.boolean(),
  finished: z.boolean(),
  /** The result of each line, without links: a reader of this file cannot sign in by it. */
  done: z.record(z.string(), doneSchema),
});

/** How far a run has come. */
export type Run = z.output<typeof schema>;

/** The file beside the CSV file in which a run is kept. */
export const runPath = (csv: string): string => `${csv}.latchkey.json`;

/** Written before the first request, and after each. */
export const keepRun = (path: string, run: Run): Promise<void> =>
  replaceFile(path, `${JSON.stringify(run)}\n`);

const wayOut = ['A new run begins with --new-run; whoever has an open invite does not get another.'];

function parse(path: string, text: string): Run {
  try {
    const { data } = schema.safeParse(JSON.parse(text));
    if (data) return data;
  } catch {
    // Said below.
  }
  throw wrongUsage(`${path} is not what "latchkey apply" keeps there.`, wayOut);
}

/** The run to go on with, or a new one. A run belongs to one file, one server and one way of doing it. */
export async function openRun(
  path: string,
  wanted: Pick<Run, 'server' | 'csv' | 'send'>,
  { anew }: { anew: boolean },
): Promise<Run> {
  const text = anew ? undefined : await readIfThere(path);
  if (text === undefined) return { format: 1, run: randomUUID(), ...wanted, finished: false, done: {} };
  const run = parse(path, text);
  const state = run.finished ? 'was finished' : 'was begun';
  if (run.csv !== wanted.csv) throw wrongUsage(`The file has changed since its run ${state}.`, wayOut);
  if (run.server !== wanted.server) throw wrongUsage(`The file’s run ${state} on ${run.server}.`, wayOut);
  if (run.send !== wanted.send) {
    throw wrongUsage(`The file’s run ${state} ${run.send ? 'without' : 'with'} --no-send.`, wayOut);
  }
  return run;
}
