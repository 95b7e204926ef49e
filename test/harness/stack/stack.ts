import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, inject } from 'vitest';
import { startStack } from '#local/stack/stack.ts';
import { type Stack } from '#local/stack/running-stack.ts';
import { keepersOfRows } from './keepers-of-rows.ts';
import { notePermissions } from './noted-permissions.ts';
import type { Variant } from './variants.ts';

/** Started stacks of this process that no test file uses at present. Their functions are warm. */
const idle = new Map<string, Stack[]>();

/** After this many calls of AWS, a stack is stopped rather than emptied and reused. */
const busy = 5_000;

/** A busy machine is slower than AWS. No test of the app asserts a duration. */
const timeoutFactor = 8;

interface Wish {
  /** A stack for this test file only, neither used before nor reused: for tests of what functions keep in their memory. */
  fresh?: boolean;
}

/** An empty stack for the test file. Clock, faults, the providers' stand-in, settings and records start afresh for every test. */
export function useStack(variant: Variant = 'plain', { fresh = false }: Wish = {}): () => Stack {
  let stack: Stack | undefined;
  let calls = 0;
  beforeAll(async () => {
    stack = fresh ? undefined : idleOf(variant).pop();
    await stack?.reset();
    for (const id of keepersOfRows) stack?.restart(id);
    stack ??= await openStack(variant);
  });
  beforeEach(async () => {
    stack!.faults([]);
    stack!.hold(undefined);
    stack!.provider.clear();
    // If the clock was behind, it jumps, which starts schedules.
    stack!.clock.offsetSeconds = 0;
    // Work left by the test before, such as a mail, would meet this test's faults.
    await stack!.settle();
    stack!.deploy({});
    // So that no schedule starts by itself during a test, whose clock moves less than the schedule's period.
    stack!.restartSchedules();
    calls += stack!.calls().length;
    stack!.clearCalls();
  });
  afterAll(async () => {
    if (!stack) return;
    if (fresh || calls + stack.calls().length > busy) return stack.stop();
    notePermissions(stack);
    idleOf(variant).push(stack);
  });
  return () => stack!;
}

/** The idle stacks of a variant on this project's engine. */
function idleOf(variant: Variant): Stack[] {
  const key = `${inject('store')} ${variant}`;
  const stacks = idle.get(key) ?? [];
  idle.set(key, stacks);
  return stacks;
}

/** A stack on this project's engine. The caller must stop it. */
export async function openStack(variant: Variant): Promise<Stack> {
  const shared = inject('store') === 'dynamodb-local' ? inject('dynamodbLocal') : undefined;
  const stack = await startStack({
    assembly: inject('assemblies')[variant],
    store: shared ?? inject('store'),
    timeoutFactor,
    prefix: shared ? `t${randomUUID().slice(0, 8)}-` : '',
  });
  const stop = async (): Promise<void> => {
    notePermissions(stack);
    await stack.stop();
  };
  return { ...stack, stop };
}
