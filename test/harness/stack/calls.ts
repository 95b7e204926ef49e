import type { Stack } from '#local/stack/running-stack.ts';
import type { CallRecord } from '#local/gateway/records.ts';

/**
 * AWS calls of one function since the records were cleared, oldest first. A call that the SDK repeats without a fault, because a busy
 * machine answered too late, counts once.
 */
export function callsOf(stack: Stack, functionId: string): CallRecord[] {
  const before = new Map<string, CallRecord>();
  return stack.calls().filter((call) => {
    if (call.function !== functionId) return false;
    const { invocationId } = call;
    if (invocationId === '') return true;
    const last = before.get(invocationId);
    before.set(invocationId, call);
    return last === undefined || last.fault !== undefined;
  });
}

/** The same as `service action resources`, for comparing. */
export const callNames = (stack: Stack, functionId: string): string[] =>
  callsOf(stack, functionId).map(
    ({ service, action, resources }) => `${service} ${action} ${resources.join(' ')}`,
  );
