import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, inject } from 'vitest';
import { startStack } from '#local/stack/stack.ts';
import { type Stack } from '#local/stack/running-stack.ts';
import { keepersOfRows } from './keepers-of-rows.ts';
import { notePermissions } from './noted-permissions.ts';
import type { Variant } from './variants.ts';

/** Stacks that this process has started and no test file uses just now. Their functions are warm. */
const idle = new Map<string, Stack[]>();

/** Beyond so many calls of AWS a stack is not worth emptying. */
const busy = 5_000;

/** A machine that also does something else is slower than AWS; no test of the app asserts a duration. */
const timeoutFactor = 8;

interface Wish {
  /** A stack that nobody has used before, and nobody will: for what functions keep in their memory. */
  fresh?: boolean;
}

/** A stack for the test file alone, empty. Clock, faults, the providers' stand-in, settings and records begin anew with every test. */
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
    // A clock that was behind jumps, which sets schedules off.
    stack!.clock.offsetSeconds = 0;
    // What the test before left under way, such as a mail, would meet the faults of this one.
    await stack!.settle();
    stack!.deploy({});
    // None begins by itself in the middle of a test, whose clock moves less than its period.
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

/** Idle stacks of a variant on this project's engine. */
function idleOf(variant: Variant): Stack[] {
  const key = `${inject('store')} ${variant}`;
  const stacks = idle.get(key) ?? [];
  idle.set(key, stacks);
  return stacks;
}

/** A stack on this project's engine; whoever opens it stops it. */
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
