import { defineConfig } from 'vitest/config';

/** Behaviour is tested through HTTP on the local stack, on each DynamoDB engine that this machine has. */
const behaviour = (store: 'dynoxide' | 'dynamodb-local') => ({
  extends: true as const,
  test: {
    name: store,
    include: ['test/{operations,faults,journeys}/**/*.test.ts'],
    provide: { store },
  },
});

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
      behaviour('dynoxide'),
      behaviour('dynamodb-local'),
      { extends: true, test: { name: 'browser', include: ['test/browser/**/*.test.ts'] } },
    ],
  },
});
