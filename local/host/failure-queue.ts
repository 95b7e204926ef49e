import * as z from 'zod/mini';
import type { ShiftedClock } from '../base/clock.ts';
import { allows, type Statement } from '../gateway/policy.ts';
import { Recent } from '../gateway/records.ts';
import { resourceOf } from '../template/arn.ts';
import type { Template } from '../template/template.ts';
import type { FunctionSpec } from './functions.ts';
import type { Metrics } from './metrics.ts';

/** The record that Lambda keeps of an event after the last try has failed. */
export interface FailedEvent {
  /** Milliseconds since 1970, on the stack's clock. */
  at: number;
  /** Name of the queue. */
  queue: string;
  /** Id of the function. */
  function: string;
  body: unknown;
}

const destination = z.optional(
  z.strictObject({ OnFailure: z.optional(z.strictObject({ Destination: z.string() })) }),
);
/** The number of retries if the template sets none. */
const usualRetries = 2;
// Strict: a property that is not implemented here stops the stack instead of being ignored.
const invokeConfigSchema = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.literal('$LATEST'),
  MaximumRetryAttempts: z._default(z.int(), usualRetries),
  DestinationConfig: destination,
});

/** Part of an event source mapping: the destination of records that were given up. */
export const onFailureSchema = destination;

export interface FailureQueueOptions {
  functions: readonly FunctionSpec[];
  /** Statements of each role, by the role's ARN. */
  policies: ReadonlyMap<string, readonly Statement[]>;
  clock: ShiftedClock;
  metrics: Metrics;
  /** Adds a line to the function's log. */
  report(functionName: string, text: string): void;
}

/** Sends events whose last try failed to the template's destination, with the permissions of the function's role, as Lambda does. */
export class FailureQueue {
  readonly messages = new Recent<FailedEvent>(1_000);
  readonly #options: FailureQueueOptions;
  readonly #configs: ReadonlyMap<string, z.output<typeof invokeConfigSchema>>;

  constructor(template: Template, options: FailureQueueOptions) {
    this.#options = options;
    const configs = template
      .resources('AWS::Lambda::EventInvokeConfig')
      .map(({ properties }) => invokeConfigSchema.parse(properties));
    this.#configs = new Map(configs.map((config) => [config.FunctionName, config]));
  }

  /** The number of retries of a function that failed in an asynchronous invocation. */
  retriesOf(functionName: string): number {
    return this.#configs.get(this.#specOf(functionName).name)?.MaximumRetryAttempts ?? usualRetries;
  }

  /** Sends an event of an asynchronous invocation to the failure queue. */
  putEvent(functionName: string, event: string): void {
    const { name } = this.#specOf(functionName);
    const queueArn = this.#configs.get(name)?.DestinationConfig?.OnFailure?.Destination;
    this.put(functionName, queueArn, { requestPayload: JSON.parse(event) as unknown });
  }

  put(functionName: string, queueArn: string | undefined, body: unknown): void {
    const { id, role } = this.#specOf(functionName);
    const { policies, clock, metrics, report } = this.#options;
    if (queueArn === undefined) return report(id, 'what failed is lost: the template says no place for it');
    if (!allows(policies.get(role) ?? [], { action: 'sqs:SendMessage', resource: queueArn }))
      return report(id, `what failed is lost: the role may not send to ${queueArn}`);
    const queue = resourceOf(queueArn);
    this.messages.add({ at: clock.now(), queue, function: id, body });
    const { length } = this.messages.list();
    metrics.add('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: queue }, length);
  }

  #specOf(functionName: string): FunctionSpec {
    return this.#options.functions.find(({ name, arn }) => name === functionName || arn === functionName)!;
  }
}
