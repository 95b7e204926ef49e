import type { Stack } from '#local/stack/running-stack.ts';
import { usageOf, type Usage } from './usage.ts';

/** What is known of a function from its template. */
export type MemoryOf = (functionId: string) => number;

/**
 * What AWS counts of an act: of the request, if it is one and answered, and of every run that follows from it.
 * @param id the function that it leads to.
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
      // The pepper is asked for before each hash.
      hashes: own.filter(({ resources }) => resources.includes('key/pepper')).length,
      logBytes: lines
        .filter((line) => line.function === name)
        .reduce((sum, line) => sum + Buffer.byteLength(line.text), 0),
      answerBytes: name === id && answer ? Buffer.byteLength(answer.text) : undefined,
    });
  });
}
