import { callEngine } from '#local/engine/client.ts';
import type { Stack } from '#local/stack/running-stack.ts';

/** A call of DynamoDB by its JSON; what it refuses is thrown under the service's own name. */
export type Call = (action: string, fields: object) => Promise<unknown>;

/** Calls of the engine of a stack, by somebody who may use every table. */
export function callEngineOf(stack: Stack): Call {
  const url = new URL(stack.aws);
  url.username = stack.insider()['AWS_ACCESS_KEY_ID'] ?? '';
  return (action, fields) => callEngine(url.href, `DynamoDB_20120810.${action}`, fields);
}
