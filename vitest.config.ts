import { defineConfig } from 'vitest/config';
import { findDynamoDbLocal } from './local/engine/dynamodb-local.ts';
import { findDynoxide } from './local/engine/dynoxide.ts';

const engines = { dynoxide: findDynoxide, 'dynamodb-local': findDynamoDbLocal };

const runs = async (store: keyof typeof engines) => (await engines[store]()) !== undefined;

const onEngine = (name: string, store: keyof typeof engines, include: string[], isHere: boolean) => ({
  extends: true as const,
  // Files of one process share warm stacks, which each of them finds empty (test/harness/stack.ts).
  test: {
    name,
    include,
    isolate: false,
    provide: { store },
    ...(!isHere && { testNamePattern: /(?!)/ }),
  },
});

/**
 * Behaviour is tested through HTTP on the local stack, on each DynamoDB engine that this machine has. Where one is
 * missing, its tests are collected and counted as skipped.
 */
async function behaviour(store: keyof typeof engines) {
  const isHere = await runs(store);
  if (!isHere) process.stderr.write(`${store} does not run on this machine: its tests are skipped.\n`);
  const include = ['test/{operations,faults,journeys}/**/*.test.ts'];
  return onEngine(store, store, include, isHere);
}

/** The command line is tested once, on whichever engine is here: it does not see which. */
async function commandLine() {
  const store = (await runs('dynoxide')) ? 'dynoxide' : 'dynamodb-local';
  return onEngine('cli', store, ['test/cli/**/*.test.ts'], await runs(store));
}

export default defineConfig({
  test: {
    pool: 'forks',
    // One more than the cores of a small machine: tests wait about as much as they compute.
    maxWorkers: 3,
    // Limits in milliseconds that only what hangs reaches, on a busy machine too; hooks tour the whole API.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    // What a test waits for comes at once, but not on a machine that is busy.
    expect: { poll: { timeout: 20_000 } },
    globalSetup: ['test/global-setup.ts'],
    reporters: ['default', './test/reporter.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'rules', include: ['test/{rules,infra,local,host,domain}/**/*.test.ts'] },
      },
      await behaviour('dynoxide'),
      await behaviour('dynamodb-local'),
      await commandLine(),
      { extends: true, test: { name: 'browser', include: ['test/browser/**/*.test.ts'] } },
    ],
  },
});
