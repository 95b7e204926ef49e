import type { Stack } from '#local/stack/running-stack.ts';
import type { Holder } from './people.ts';
import type { StandIn } from './stand-in.ts';

/** The environment of each part of the benchmark. Clients and the stand-in run in separate processes. */
export interface RelayBench {
  stack: Stack;
  assembly: string;
  standIn: StandIn;
  holders: readonly Holder[];
}
