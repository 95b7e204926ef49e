import type { Stack } from '#local/stack/running-stack.ts';
import { usageOf, type Usage } from './usage.ts';

/** The memory of a function in MB, from its template. */
export type MemoryOf = (functionId: string) => number;

/**
 * The usage that AWS bills for an act: for its request, if it is an answered one, and for every run that follows from it.
 * @param id the function that the request starts.
 */
export async function observe(
  stack: Stack,
  memoryOf: MemoryOf,
  id: string,
  act: () => Promise<{ text: string } | undefined>,
): Promise<Usage[]> {
  await stack.settle();
  stack.clearCalls();
  const before = stack.logs().length;
  const answer = await act();
  await stack.settle();
  const calls = stack.calls();
  const lines = stack.logs().slice(before);
  const functions = new Set([id, ...calls.map((call) => call.function)]);
  return [...functions].map((name) => {
    const own = calls.filter((call) => call.function === name);
    return usageOf({
      calls: own,
      memoryMb: memoryOf(name),
      // The function asks for the pepper once for each hash.
      hashes: own.filter(({ resources }) => resources.includes('key/pepper')).length,
      logBytes: lines
        .filter((line) => line.function === name)
        .reduce((sum, line) => sum + Buffer.byteLength(line.text), 0),
      answerBytes: name === id && answer ? Buffer.byteLength(answer.text) : undefined,
    });
  });
}
