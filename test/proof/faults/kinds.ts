import { canConflict, type FaultRequest } from '#local/gateway/faults.ts';
import type { CallRecord } from '#local/gateway/records.ts';

type Kind = Pick<FaultRequest, 'kind' | 'times' | 'ms'> & {
  /** Whether the request succeeds all the same, because the SDK or the product tries the call again. */
  passes: boolean;
};

/** Longer than the SDK's pause before its next try, so that the late write comes after the repeated one. */
const lateMs = 250;

/** Longer than our clients wait (`clientOptions` of `shared/aws/outage.ts`). */
const tooLongMs = 2_300;

/** The faults of an AWS call: once, as often as it is tried, or for good. */
export const kinds = {
  'error before': { kind: 'error', passes: true },
  'answer lost': { kind: 'lost', passes: true },
  'done late': { kind: 'late', ms: lateMs, passes: true },
  'time-out': { kind: 'delay', ms: tooLongMs, passes: true },
  throttled: { kind: 'throttle', passes: true },
  conflict: { kind: 'conflict', passes: true },
  outage: { kind: 'error', times: 3, passes: false },
  'answers lost': { kind: 'lost', times: 3, passes: false },
  crash: { kind: 'crash', passes: false },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as KindName[];

/** All kinds without the one that waits for the client's time-out; `done late` is the same without the wait. */
export const quickKinds = kindNames.filter((kind) => kind !== 'time-out');

/** A fault for one request: which of its calls it strikes, counted without other faults, and how. */
export interface Hit {
  nth: number;
  kind: KindName;
}

/** The properties of a call that decide how it can fail. */
export type Call = Pick<CallRecord, 'service' | 'action'>;

/**
 * The faults to set for one request of these calls. A call that was struck before and tried again counts once more. For a conflict,
 * the gateway counts only calls that can meet one. Counted among all calls, the number would be too high for any write after a read.
 */
export const faultsOf = (functionId: string, calls: readonly Call[], hits: readonly Hit[]): FaultRequest[] =>
  hits.map(({ nth, kind }, at) => {
    const { passes: _, ...fault } = kinds[kind];
    const again = hits.slice(0, at).flatMap((earlier) => calls[earlier.nth - 1] ?? []);
    const counted = [...calls.slice(0, nth), ...again].filter(
      (call) => kind !== 'conflict' || canConflict(call),
    );
    return { ...fault, function: functionId, nth: counted.length };
  });
