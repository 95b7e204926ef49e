import { afterAll, beforeAll } from 'vitest';
import type { Stack } from '#local/stack/running-stack.ts';
import { openInOneProcess, type OneProcess } from '../../harness/stack/one-process.ts';
import { useStack } from '../../harness/stack/stack.ts';
import { volume } from '../../harness/volume.ts';

/**
 * A stack for races. In ordinary runs its functions are the bundles. In a proof they run from source in one thread, which makes
 * several times as many schedules in a second. A seed of a proof can be repeated on the bundles.
 */
export function useRaceStack(): () => Stack {
  const stack = useStack();
  let api: OneProcess | undefined;
  beforeAll(async () => {
    if (volume(true, false)) api = await openInOneProcess(stack(), 'plain');
  });
  afterAll(() => api?.close());
  return () => api ?? stack();
}
