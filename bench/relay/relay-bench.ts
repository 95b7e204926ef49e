import type { Stack } from '#local/stack/running-stack.ts';
import type { Holder } from './people.ts';
import type { StandIn } from './stand-in.ts';

/** What each part of the benchmark works with: clients and the stand-in are processes of their own. */
export interface RelayBench {
  stack: Stack;
  assembly: string;
  standIn: StandIn;
  holders: readonly Holder[];
}
