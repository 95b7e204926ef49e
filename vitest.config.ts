import { defineConfig } from 'vitest/config';
import { engines, engineTag, taggedIn, testsOn } from './test/engines.ts';

const [first, second] = await engines();

const proof = 'test/proof/**/*.test.ts';

const onEngine = (
  name: string,
  { store, isHere }: NonNullable<typeof first>,
  tests: ReturnType<typeof testsOn>,
) => {
  if (!isHere) process.stderr.write(`${store} does not run on this machine: tests on it are skipped.\n`);
  return {
    extends: true as const,
    // Files of one process share warm stacks, which each of them finds empty (test/harness/stack/stack.ts).
    test: {
      name,
      ...tests,
      isolate: false,
      provide: { store },
      ...(!isHere && { testNamePattern: /(?!)/ }),
    },
  };
};

/** What the whole run must have done. */
const afterAllOthers = {
  extends: true as const,
  test: { name: 'whole run', include: ['test/whole-run/**/*.test.ts'], sequence: { groupOrder: 1 } },
};

/** Arguments narrow a run down: after a part of the tests nothing can be said of what no test has done. */
const isWhole = process.argv.slice(2).join() === 'run';

/**
 * Behaviour is tested through HTTP on the local stack: all of it on the default engine of this machine, and what depends
 * on the engine on the other one too. `npm run prove` runs everything on both.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    // One for each core of a small machine, and no more, as each holds warm stacks.
    maxWorkers: 2,
    // Limits in milliseconds that only what hangs reaches, on a busy machine too; hooks tour the whole API.
    testTimeout: 300_000,
    hookTimeout: 240_000,
    // What a test waits for comes at once, but not on a machine that is busy.
    expect: { poll: { timeout: 60_000 } },
    globalSetup: ['test/global-setup.ts'],
    reporters: ['default', './test/reporter.ts'],
    tags: [
      {
        name: engineTag,
        description:
          'Depends on the engine (transactions, conditions, races, indexes, streams): runs on both.',
      },
    ],
    projects: [
      {
        extends: true,
        test: { name: 'rules', include: ['test/{rules,units}/**/*.test.ts'], isolate: false },
      },
      { extends: true, test: { name: 'local', include: ['test/{infra,local}/**/*.test.ts'] } },
      onEngine(first!.store, first!, testsOn(true)),
      onEngine(second!.store, second!, testsOn(false)),
      // The command line and the pages do not see which engine it is.
      onEngine('cli', first!, { include: ['test/cli/**/*.test.ts'] }),
      onEngine('browser', first!, { include: ['test/browser/**/*.test.ts'] }),
      // Machines try to break promises here: a seeded part in each run, the whole of it in `npm run prove`.
      onEngine('proof', first!, { include: [proof] }),
      ...(process.env['LATCHKEY_PROVE'] ? [onEngine('proof on the other', second!, taggedIn(proof))] : []),
      ...(isWhole ? [afterAllOthers] : []),
    ],
  },
});
