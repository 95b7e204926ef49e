import { defineConfig } from 'vitest/config';
import { findDynamoDbLocal } from './local/engine/dynamodb-local.ts';
import { findDynoxide } from './local/engine/dynoxide.ts';

const engines = { dynoxide: findDynoxide, 'dynamodb-local': findDynamoDbLocal };

/**
 * Behaviour is tested through HTTP on the local stack, on each DynamoDB engine that this machine has. Where one is
 * missing, its tests are collected and counted as skipped.
 */
async function behaviour(store: keyof typeof engines) {
  const isHere = (await engines[store]()) !== undefined;
  if (!isHere) process.stderr.write(`${store} does not run on this machine: its tests are skipped.\n`);
  const include = ['test/{operations,faults,journeys}/**/*.test.ts'];
  return {
    extends: true as const,
    test: { name: store, include, provide: { store }, ...(!isHere && { testNamePattern: /(?!)/ }) },
  };
}

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: ['test/global-setup.ts'],
    reporters: ['default', './test/reporter.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'rules', include: ['test/{rules,infra,local,host,domain}/**/*.test.ts'] },
      },
      await behaviour('dynoxide'),
      await behaviour('dynamodb-local'),
      { extends: true, test: { name: 'browser', include: ['test/browser/**/*.test.ts'] } },
    ],
  },
});
