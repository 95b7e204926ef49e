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

/** Beyond this a test is of a mutant that hangs. */
const testTimeoutMs = 30_000;

/** Mutants of one run of vitest, after which is known which tests notice most; the next run starts new stacks. */
const perRun = 10;

/**
 * Which tests of a mutant are tried together, the likeliest first: all files of a trial are loaded and prepared, whatever
 * fails in the first of them, and most mutants need no more than two tests.
 */
const rounds = [
  [0, 2],
  [2, 12],
  [12, Number(process.env['LATCHKEY_TESTS'] ?? Infinity)],
] as const;

/** Mutants as they are numbered, which is the order of their files. */
class InOrder extends BaseSequencer {
  override sort = (files: TestSpecification[]) =>
    Promise.resolve(files.toSorted((a, b) => (a.moduleId < b.moduleId ? -1 : 1)));
}

/** What became of a mutant: the test that failed by it, if any did. */
export interface Result {
  mutant: Mutant;
  reachedBy: number;
  killedBy?: string | undefined;
  reason?: string | undefined;
}

export interface Runs {
  /** Runs test files with no mutant active, and notes what each test reaches. All of them must pass. */
  record(files: readonly string[]): Promise<Note[]>;
  /** Tries mutants one after another. `onResult` hears of each as soon as it is known. */
  tryOut(
    mutants: readonly Mutant[],
    notes: readonly Note[],
    onResult: (result: Result) => void,
  ): Promise<void>;
  /** Runs tests that have killed with no mutant active, twice in one process as in trials; what fails of them has proven nothing. */
  confirm(killers: ReadonlySet<string>, notes: readonly Note[]): Promise<string[]>;
  close(): Promise<void>;
}

/** The tests of a sandbox in one warm process: stacks are started and emptied as between any two test files. */
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
      /** How often a test was the one that noticed. */
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

/** Failed tests of a module, and what kept it from running, each with its reason. */
function failuresOf(module: TestModule): string[] {
  const tests = [...module.children.allTests('failed')].map(
    (test) => `${test.fullName}\n${test.result().errors?.[0]?.message.split('\n')[0]}`,
  );
  const suites = [...module.children.allSuites()].flatMap((suite) =>
    suite.errors().map(({ message }) => `${suite.fullName}\n${message.split('\n')[0]}`),
  );
  return [...tests, ...suites, ...module.errors().map(({ message }) => `${module.moduleId}\n${message}`)];
}

/** The tests that reach a mutant: those that have killed others first, then the cheapest ones. */
function likeliestFirst(reaching: readonly Note[], kills: ReadonlyMap<string, number>): Note[] {
  const killsOf = ({ test }: Note): number => kills.get(test) ?? 0;
  return reaching.toSorted((a, b) => killsOf(b) - killsOf(a) || a.milliseconds - b.milliseconds);
}

const byFile = (notes: readonly Note[]): { file: string; tests: string[] }[] =>
  [...Map.groupBy(notes, ({ file }) => file)].map(([file, inFile]) => ({
    file,
    tests: inFile.map(({ test }) => test),
  }));
