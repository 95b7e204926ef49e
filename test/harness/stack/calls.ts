import type { Stack } from '#local/stack/running-stack.ts';
import type { CallRecord } from '#local/gateway/records.ts';

/** AWS calls of one function since the records were cleared, oldest first. */
export const callsOf = (stack: Stack, functionId: string): CallRecord[] =>
  stack.calls().filter((call) => call.function === functionId);

/** The same as `service action resources`, for comparing. */
export const callNames = (stack: Stack, functionId: string): string[] =>
  callsOf(stack, functionId).map(
    ({ service, action, resources }) => `${service} ${action} ${resources.join(' ')}`,
  );
