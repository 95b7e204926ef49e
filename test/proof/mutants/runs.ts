import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  BaseSequencer,
  createVitest,
  type TestModule,
  type TestSpecification,
  type Vitest,
} from 'vitest/node';
import type { Mutant } from './instrument.ts';
import type { Sandbox } from './sandbox.ts';
import { none, recording } from './switch.ts';
import type { Note } from './trial.ts';

/** A test that takes longer has met a mutant that hangs. */
const testTimeoutMs = 30_000;

/** Mutants per run of vitest. After it, the tests that notice most are known. The next run starts new stacks. */
const perRun = 10;

/**
 * Which of a mutant's tests are run together, the likeliest first. A trial loads and prepares all of its files even if the first one
 * fails, and most mutants need no more than two tests.
 */
const rounds = [
  [0, 2],
  [2, 12],
  [12, Number(process.env['LATCHKEY_TESTS'] ?? Infinity)],
] as const;

/** Runs trials in the order of their file names, which is the order of the mutants. */
class InOrder extends BaseSequencer {
  override sort = (files: TestSpecification[]) =>
    Promise.resolve(files.toSorted((a, b) => (a.moduleId < b.moduleId ? -1 : 1)));
}

/** The outcome of a mutant: the test that it made fail, if any. */
export interface Result {
  mutant: Mutant;
  reachedBy: number;
  killedBy?: string | undefined;
  reason?: string | undefined;
}

export interface Runs {
  /** Runs test files without an active mutant, and notes the mutants that each test reaches. All tests must pass. */
  record(files: readonly string[]): Promise<Note[]>;
  /** Tries mutants one after another. `onResult` gets each result at once. */
  tryOut(
    mutants: readonly Mutant[],
    notes: readonly Note[],
    onResult: (result: Result) => void,
  ): Promise<void>;
  /** Runs the killing tests without a mutant, twice in one process as in trials. A test that then fails has proven nothing. */
  confirm(killers: ReadonlySet<string>, notes: readonly Note[]): Promise<string[]>;
  close(): Promise<void>;
}

/** Runs a sandbox's tests in one warm process. Stacks are started and emptied as between any two test files. */
export async function openRuns({ directory, switchFile, mutants }: Sandbox): Promise<Runs> {
  const trials = join(directory, 'test/trials');
  mkdirSync(trials);
  const notesFile = join(directory, 'notes');
  let hear: (module: TestModule) => void = () => undefined;
  const vitest = await createVitest(
    'test',
    {
      root: directory,
      config: false,
      watch: false,
      pool: 'forks',
      maxWorkers: 1,
      isolate: false,
      testTimeout: testTimeoutMs,
      hookTimeout: 2 * testTimeoutMs,
      expect: { poll: { timeout: 10_000 } },
      include: ['test/trials/*.test.ts'],
      tags: [{ name: 'engine' }],
      globalSetup: [join(directory, 'test/global-setup.ts')],
      provide: { store: 'dynoxide' },
      sequence: { sequencer: InOrder },
      reporters: [{ onTestModuleEnd: (module) => hear(module) }],
    },
    { server: { watch: null } },
  );

  const writeTrial = (
    name: string,
    active: number,
    files: readonly { file: string; tests?: string[] }[],
  ): string => {
    const path = join(trials, `${name}.test.ts`);
    const loaded = files.map(
      ({ file, tests }, nth) =>
        `{ file: ${JSON.stringify(file)}, load: () => import('${join(directory, file)}?of=${name}-${nth}'), tests: ${JSON.stringify(tests)} }`,
    );
    writeFileSync(
      path,
      `import { trial } from '../proof/mutants/trial.ts';
trial({ switchFile: ${JSON.stringify(switchFile)}, mutants: ${mutants.length}, active: ${active}, notes: ${JSON.stringify(notesFile)}, files: [${loaded.join(', ')}] });
`,
    );
    return path;
  };
  const run = async (paths: readonly string[], onModule: (module: TestModule) => void): Promise<void> => {
    hear = onModule;
    if (paths.length > 0)
      await vitest.runTestSpecifications(paths.map((path) => specificationOf(vitest, path)));
  };

  return {
    async record(files) {
      const paths = files.map((file, n) => writeTrial(`record-${n}`, recording, [{ file }]));
      const broken: string[] = [];
      await run(paths, (module) => broken.push(...failuresOf(module)));
      if (broken.length > 0) throw new Error(`Without any mutant these fail:\n${broken.join('\n')}`);
      return existsSync(notesFile)
        ? readFileSync(notesFile, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as Note)
        : [];
    },
    async tryOut(chosen, notes, onResult) {
      /** How often each test was the first to notice a mutant. */
      const kills = new Map<string, number>();
      for (let at = 0; at < chosen.length; at += perRun) {
        let open = chosen.slice(at, at + perRun).map((mutant, n) => {
          const reaching = notes.filter(({ reached }) => reached.includes(mutant.number));
          const name = `${String(at + n).padStart(5, '0')}-${mutant.id}`;
          return { name, mutant, tests: likeliestFirst(reaching, kills), reachedBy: reaching.length };
        });
        for (const [from, to] of rounds) {
          const byPath = new Map(
            open
              .filter(({ reachedBy }) => reachedBy > from)
              .map((one) => {
                const tests = byFile(one.tests.slice(from, to));
                return [writeTrial(`${one.name}-${from}`, one.mutant.number, tests), one];
              }),
          );
          await run([...byPath.keys()], (module) => {
            const { mutant, reachedBy } = byPath.get(module.moduleId)!;
            const [killedBy, reason] = failuresOf(module)[0]?.split('\n') ?? [];
            if (killedBy === undefined) return;
            kills.set(killedBy, (kills.get(killedBy) ?? 0) + 1);
            open = open.filter((one) => one.mutant !== mutant);
            onResult({ mutant, reachedBy, killedBy, reason });
          });
        }
        for (const { mutant, reachedBy } of open) onResult({ mutant, reachedBy });
      }
    },
    async confirm(killers, notes) {
      const files = byFile(notes.filter(({ file, test }) => killers.has(test) || killers.has(file)));
      const failed: string[] = [];
      const paths = ['a', 'b'].map((name) => writeTrial(`confirm-${name}`, none, files));
      if (files.length > 0) await run(paths, (module) => failed.push(...failuresOf(module)));
      return failed;
    },
    close: () => vitest.close(),
  };
}

const specificationOf = (vitest: Vitest, path: string): TestSpecification =>
  vitest.getRootProject().createSpecification(path);

/** The failed tests of a module, and the errors that kept it from running, each with its reason. */
function failuresOf(module: TestModule): string[] {
  const tests = [...module.children.allTests('failed')].map(
    (test) => `${test.fullName}\n${test.result().errors?.[0]?.message.split('\n')[0]}`,
  );
  const suites = [...module.children.allSuites()].flatMap((suite) =>
    suite.errors().map(({ message }) => `${suite.fullName}\n${message.split('\n')[0]}`),
  );
  return [...tests, ...suites, ...module.errors().map(({ message }) => `${module.moduleId}\n${message}`)];
}

/** The tests that reach a mutant: first those with the most kills, then the fastest. */
function likeliestFirst(reaching: readonly Note[], kills: ReadonlyMap<string, number>): Note[] {
  const killsOf = ({ test }: Note): number => kills.get(test) ?? 0;
  return reaching.toSorted((a, b) => killsOf(b) - killsOf(a) || a.milliseconds - b.milliseconds);
}

const byFile = (notes: readonly Note[]): { file: string; tests: string[] }[] =>
  [...Map.groupBy(notes, ({ file }) => file)].map(([file, inFile]) => ({
    file,
    tests: inFile.map(({ test }) => test),
  }));
