import type { FaultRequest } from '#local/gateway/faults.ts';

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

/** What is hit of a request: its nth call, and how. */
export interface Hit {
  nth: number;
  kind: KindName;
}

export const faultOf = (functionId: string, { nth, kind }: Hit): FaultRequest => {
  const { passes: _, ...fault } = kinds[kind];
  return { ...fault, function: functionId, nth };
};
