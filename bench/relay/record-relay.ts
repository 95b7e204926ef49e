import type { Stack } from '#local/stack/running-stack.ts';
import type { BareCall } from '../harness/bare-calls.ts';
import { eventOf } from '../harness/functions.ts';
import { recordCalls } from '../harness/record-calls.ts';
import { repeatable } from '../harness/repeatable.ts';
import type { Holder } from './people.ts';

/** The AWS calls of one relayed call: those before the provider is asked, and those after its answer. */
export interface RecordedCalls {
  before: readonly BareCall[];
  /** The quota's call removes what the other calls wrote, so that all of them can be repeated. */
  after: readonly BareCall[];
}

/** Lets the relay's function make calls for `holder`, and records the AWS calls of one of them. */
export async function recordRelay(stack: Stack, assembly: string, { token }: Holder): Promise<RecordedCalls> {
  const event = eventOf('relay', { token });
  const { calls: recorded, answer } = await recordCalls(stack, assembly, 'relay', [event, event]);
  if (answer !== '{"statusCode":200}') throw new Error(`the relay answered ${answer}`);
  const calls = recorded.map(repeatable);
  const asked = calls.findIndex(({ action }) => action === 'Decrypt') + 1;
  return { before: calls.slice(0, asked), after: calls.slice(asked) };
}
