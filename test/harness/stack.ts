import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, inject } from 'vitest';
import { startStack, type Stack } from '#local/stack.ts';
import type { Variant } from './variants.ts';

/** Starts a stack of its own for the test file. Clock, faults, settings and records begin anew with every test. */
export function useStack(variant: Variant = 'plain'): () => Stack {
  let stack: Stack | undefined;
  beforeAll(async () => {
    stack = await openStack(variant);
  });
  beforeEach(() => {
    stack!.clock.offsetSeconds = 0;
    stack!.faults([]);
    stack!.deploy({});
    stack!.clearCalls();
  });
  afterAll(async () => {
    await stack?.stop();
  });
  return () => stack!;
}

/** A stack on this project's engine; whoever opens it stops it. */
export function openStack(variant: Variant): Promise<Stack> {
  const shared = inject('store') === 'dynamodb-local' ? inject('dynamodbLocal') : undefined;
  return startStack({
    assembly: inject('assemblies')[variant],
    store: shared ?? inject('store'),
    prefix: shared ? `t${randomUUID().slice(0, 8)}-` : '',
  });
}
