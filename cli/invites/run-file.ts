import { createHmac, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { normalizeEmail } from '#shared/email.ts';
import { CommandError, wrongUsage } from '../failures.ts';
import { readIfThere } from '../files/read-file.ts';
import { createFile, replaceFile } from '../files/replace-file.ts';
import type { Person } from '#shared/inviting/read-people.ts';
import { digestOf } from './chunks.ts';

const doneSchema = z.object({
  result: z.string(),
  id: z.optional(z.string()),
  mailed: z.optional(z.boolean()),
  /** A digest of everything in the line but the address. */
  wish: z.string(),
});

const schema = z.object({
  format: z.literal(2),
  /** Names the run; the Idempotency-Key of each request begins with it. */
  run: z.string(),
  server: z.string(),
  /** Whether mail goes out. */
  send: z.boolean(),
  finished: z.boolean(),
  /** The result of each person. Without addresses and links, so that a reader of this file cannot sign in with it. */
  done: z.record(z.string(), doneSchema),
});

/** The progress of a run. */
export type Run = z.output<typeof schema>;
export type Done = z.output<typeof doneSchema>;

/** The file beside the CSV file in which a run is kept. */
export const runPath = (csv: string): string => `${csv}.latchkey.json`;

const textOf = (run: Run): string => `${JSON.stringify(run)}\n`;

/** Saves a run: before the first request, and after each one. */
export const keepRun = (path: string, run: Run): Promise<void> => replaceFile(path, textOf(run));

/** The key of a person in `done`, the same wherever the line is. Without the CSV file, no one can tell from the key who it is. */
const nameOf = ({ run }: Run, { email }: Person): string =>
  createHmac('sha256', run).update(normalizeEmail(email)).digest().subarray(0, 16).toString('base64url');

/** What the run has done for a person. */
export const doneFor = (run: Run, person: Person): Done | undefined => run.done[nameOf(run, person)];

export function noteDone(run: Run, person: Person, done: Omit<Done, 'wish'>): void {
  run.done[nameOf(run, person)] = { ...done, wish: digestOf(person.wish) };
}

/** Whether the line was edited after the run had handled it. */
export const isEdited = (run: Run, person: Person): boolean => {
  const done = doneFor(run, person);
  return done !== undefined && done.wish !== digestOf(person.wish);
};

const wayOut = ['A new run begins with --new-run; whoever has an open invite does not get another.'];

function parse(path: string, text: string): Run {
  try {
    const { data } = schema.safeParse(JSON.parse(text));
    if (data) return data;
  } catch {
    // Reported below.
  }
  throw wrongUsage(`${path} is not what this version of "latchkey apply" keeps there.`, wayOut);
}

/** The saved run; undefined if there is none. A run belongs to one server and one choice of `send`. */
export async function readRun(
  path: string,
  wanted: Pick<Run, 'server'> & Partial<Pick<Run, 'send'>>,
): Promise<Run | undefined> {
  const text = await readIfThere(path);
  if (text === undefined) return undefined;
  const run = parse(path, text);
  const state = run.finished ? 'was finished' : 'was begun';
  if (run.server !== wanted.server) throw wrongUsage(`The file’s run ${state} on ${run.server}.`, wayOut);
  if (wanted.send !== undefined && run.send !== wanted.send) {
    throw wrongUsage(`The file’s run ${state} ${run.send ? 'without' : 'with'} --no-send.`, wayOut);
  }
  return run;
}

/** The saved run, or else a new one, which is saved. If two processes begin at once, one makes the run and the other joins it. */
export async function openRun(
  path: string,
  wanted: Pick<Run, 'server' | 'send'>,
  { anew }: { anew: boolean },
): Promise<Run> {
  const fresh: Run = { format: 2, run: randomUUID(), ...wanted, finished: false, done: {} };
  if (anew) {
    await keepRun(path, fresh);
    return fresh;
  }
  const kept = await readRun(path, wanted);
  if (kept) return kept;
  const isFirst = await createFile(path, textOf(fresh)).catch((error: unknown) => {
    if (!(error instanceof CommandError)) throw error;
    throw wrongUsage(error.message, [
      'What is done is kept there: copy your file to where that can be written.',
    ]);
  });
  if (isFirst) return fresh;
  return (await readRun(path, wanted)) ?? fresh;
}
