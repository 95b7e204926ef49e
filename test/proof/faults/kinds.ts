import { canConflict, type FaultRequest } from '#local/gateway/faults.ts';
import type { CallRecord } from '#local/gateway/records.ts';

type Kind = Pick<FaultRequest, 'kind' | 'times' | 'ms'> & {
  /** Whether the request goes on: the SDK or the product tries the call again, and nobody notices. */
  passes: boolean;
};

/** Beyond the SDK's pause before its next try, so that what comes late comes after what was tried again. */
const lateMs = 250;

/** Beyond the patience of our clients (`clientOptions` of `shared/aws/outage.ts`). */
const tooLongMs = 2_300;

/** What goes wrong with one AWS call: once, as often as it is tried, or for good. */
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

/** All but what takes the client's whole patience; `done late` is the same without the wait. */
export const quickKinds = kindNames.filter((kind) => kind !== 'time-out');

/** What is hit of a request: its nth call where nothing else fails, and how. */
export interface Hit {
  nth: number;
  kind: KindName;
}

/** What of a call tells in which ways it can fail. */
export type Call = Pick<CallRecord, 'service' | 'action'>;

/**
 * What befalls one request of these calls. A call that was hit before and tried again is one more. The gateway counts for a
 * conflict only calls that can meet one: counted among all of them, it would come too late for any write after a read.
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
