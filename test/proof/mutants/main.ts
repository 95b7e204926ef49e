import {
  appendFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { folders, testsOf, type Folder } from './folders.ts';
import type { Mutant } from './instrument.ts';
import { table, tell, unexplained } from './report.ts';
import { openRuns, type Result, type Runs } from './runs.ts';
import type { Note } from './trial.ts';
import { makeSandbox, mutantsIn, projectFiles, root, type Sandbox } from './sandbox.ts';

/**
 * Mutation testing: `npm run prove mutants [folder | file[:line] | id]… [--writes]`. Without arguments, it tries all mutants of all
 * folders. `LATCHKEY_MUTANTS=n` tries n of them, drawn by `LATCHKEY_SEED`. `LATCHKEY_TESTS=n` runs at most n tests on each.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { writes: { type: 'boolean', default: false } },
});

const isWished = ({ id, file, line }: Mutant): boolean =>
  positionals.length === 0 ||
  positionals.some(
    (one) => one === id || one === file || one === `${file}:${line}` || file.startsWith(`shared/${one}/`),
  );

/** An order that depends only on the seed, as the ids are hashes. */
const shuffled = (mutants: readonly Mutant[], seed: string): Mutant[] => {
  const place = ({ id }: Mutant): number => Number.parseInt(id, 16) ^ (Number(seed) * 0x9e3779b1);
  return mutants.toSorted((a, b) => (place(a) >>> 0) - (place(b) >>> 0));
};

/** The chosen mutants, writes to the store first. */
function choose(mutants: readonly Mutant[]): Mutant[] {
  const wished = mutants.filter((mutant) => isWished(mutant) && (mutant.isOfWrite || !values.writes));
  const { LATCHKEY_MUTANTS: count, LATCHKEY_SEED: seed = '1' } = process.env;
  const drawn = count ? shuffled(wished, seed).slice(0, Number(count)) : wished;
  return drawn.toSorted((a, b) => Number(b.isOfWrite) - Number(a.isOfWrite));
}

const kept = join(root, '.local', 'mutants');

/** The mutants that each test reaches. Kept until the project changes, so that one mutant can be tried again quickly. */
async function recorded({ hash }: Sandbox, folder: Folder, runs: Runs): Promise<Note[]> {
  const file = join(kept, `${folder}-${hash}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Note[];
  const notes = await runs.record(testsOf[folder].flatMap((pattern) => globSync(pattern, { cwd: root })));
  writeFileSync(file, JSON.stringify(notes));
  return notes;
}

/** Runs the tests of one folder against its mutants. */
async function prove(
  sandbox: Sandbox,
  folder: Folder,
  chosen: readonly Mutant[],
  results: Result[],
): Promise<void> {
  mkdirSync(kept, { recursive: true });
  const say = (text: string): void => {
    console.log(text);
    appendFileSync(join(kept, 'log'), `${text}\n`);
  };
  const runs = await openRuns(sandbox);
  try {
    const notes = await recorded(sandbox, folder, runs);
    say(`${folder}: ${notes.length} tests recorded, ${chosen.length} mutants to try`);
    await runs.tryOut(chosen, notes, (result) => {
      results.push(result);
      say(tell(result));
    });
    const killers = new Set(results.flatMap(({ killedBy }) => killedBy ?? []));
    const failed = await runs.confirm(killers, notes);
    if (failed.length > 0)
      throw new Error(`These fail without a mutant too, and prove nothing:\n${failed.join('\n')}`);
    say(`${folder}: ${killers.size} tests that killed pass twice without a mutant`);
  } finally {
    await runs.close();
  }
}

async function main(): Promise<number> {
  const sources = projectFiles(...folders.map((folder) => `shared/${folder}`));
  const made = mutantsIn(sources);
  const chosen = choose(made);
  const results: Result[] = [];
  for (const folder of folders) {
    const isOfFolder = ({ file }: { file: string }): boolean => file.startsWith(`shared/${folder}/`);
    const order = chosen.filter(isOfFolder).map(({ id }) => id);
    if (order.length === 0) continue;
    const sandbox = makeSandbox(sources.filter((file) => isOfFolder({ file })));
    const byId = new Map(sandbox.mutants.map((mutant) => [mutant.id, mutant]));
    const mutants = order.map((id) => byId.get(id)!);
    await prove(sandbox, folder, mutants, results).finally(() =>
      rmSync(sandbox.directory, { recursive: true }),
    );
  }
  console.log(table(made, results));
  return unexplained(results).length === 0 ? 0 : 1;
}

process.exitCode = await main();
