import { fileURLToPath } from 'node:url';
import { findDynamoDbLocal } from '#local/engine/dynamodb-local.ts';
import { findDynoxide } from '#local/engine/dynoxide.ts';
import { startStack } from '#local/stack/stack.ts';
import type { Stack, StackOptions } from '#local/stack/running-stack.ts';

/** A small template in the shape that the CDK gives, with the functions beside it. */
export const assembly = fileURLToPath(new URL('./fixtures/assembly', import.meta.url));

/** Its functions may take eight times as long as it says, as the machine may be busy; tests of time-outs want a factor of 1. */
export const startFixture = (options: Partial<StackOptions> = {}): Promise<Stack> =>
  startStack({ assembly, timeoutFactor: 8, ...options });

/** How an AWS call of the function `store-run` went. */
export interface CallResult {
  output?: Record<string, unknown>;
  error?: string;
  message?: string;
  status?: number;
  reasons?: string[];
}

/** Makes the function `store-run` do one AWS call, without retries. */
export const callAws = async (
  stack: Stack,
  service: string,
  action: string,
  input: object,
): Promise<CallResult> => (await stack.invoke('store-run', { service, action, input })) as CallResult;

/** Makes the function `probe-run` do something. */
export const probe = (stack: Stack, action: string, event: object = {}): Promise<unknown> =>
  stack.invoke('probe-run', { do: action, ...event });

/** The DynamoDB engines that this machine has. */
export async function enginesHere(): Promise<string[]> {
  const [dynoxide, dynamoDbLocal] = await Promise.all([findDynoxide(), findDynamoDbLocal()]);
  return [...(dynoxide ? ['dynoxide'] : []), ...(dynamoDbLocal ? ['dynamodb-local'] : [])];
}
