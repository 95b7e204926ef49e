import { callEngine } from '#local/engine/client.ts';
import type { Stack } from '#local/stack/running-stack.ts';

/** Calls DynamoDB with its own JSON. @throws an error with DynamoDB's own name if it refuses the call. */
export type Call = (action: string, fields: object) => Promise<unknown>;

/** Calls a stack's engine as a caller with access to every table. */
export function callEngineOf(stack: Stack): Call {
  const url = new URL(stack.aws);
  url.username = stack.insider()['AWS_ACCESS_KEY_ID'] ?? '';
  return (action, fields) => callEngine(url.href, `DynamoDB_20120810.${action}`, fields);
}
