import { fileURLToPath } from 'node:url';
import { findDynamoDbLocal } from '#local/engine/dynamodb-local.ts';
import { findDynoxide } from '#local/engine/dynoxide.ts';
import { startStack } from '#local/stack/stack.ts';
import type { Stack, StackOptions } from '#local/stack/running-stack.ts';

/** A small template in the CDK's form, with its functions beside it. */
export const assembly = fileURLToPath(new URL('./fixtures/assembly', import.meta.url));

/** Gives functions eight times their time-out, as the machine may be busy. Tests of time-outs set the factor to 1. */
export const startFixture = (options: Partial<StackOptions> = {}): Promise<Stack> =>
  startStack({ assembly, timeoutFactor: 8, ...options });

/** The outcome of an AWS call by the function `store-run`. */
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

/** Makes the function `probe-run` carry out an action. */
export const probe = (stack: Stack, action: string, event: object = {}): Promise<unknown> =>
  stack.invoke('probe-run', { do: action, ...event });

/** The DynamoDB engines that are installed on this machine. */
export async function enginesHere(): Promise<string[]> {
  const [dynoxide, dynamoDbLocal] = await Promise.all([findDynoxide(), findDynamoDbLocal()]);
  return [...(dynoxide ? ['dynoxide'] : []), ...(dynamoDbLocal ? ['dynamodb-local'] : [])];
}
