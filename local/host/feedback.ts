import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { ShiftedClock } from '../base/clock.ts';
import type { Feedback } from '../ses/feedback-event.ts';
import type { Template } from '../template/template.ts';
import type { Outcome } from './outcome.ts';
import { invokeWithRetries } from './retries.ts';
import { snsEvent } from './sns-event.ts';

const destinationSchema = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z._default(z.boolean(), false),
    MatchingEventTypes: z.array(z.string()),
    SnsDestination: z.optional(z.object({ TopicARN: z.string() })),
  }),
});
// Strict, so that a filter policy stops the stack instead of being ignored.
const subscriptionSchema = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.literal('lambda'),
  Endpoint: z.string(),
  // The queue for messages that the topic cannot deliver. Here it can always deliver.
  RedrivePolicy: z.optional(z.object({ deadLetterTargetArn: z.string() })),
});

export interface FeedbackOptions {
  clock: ShiftedClock;
  region: string;
  invoke(functionArn: string, event: string): Promise<Outcome>;
  /** Adds a line to the function's log. */
  report(functionArn: string, text: string): void;
  /** The number of retries of a failed function. */
  retriesOf(functionArn: string): number;
  /** Receives an event for which every try failed. */
  putAway(functionArn: string, event: string): void;
}

/** Delivers SES's events to the functions that subscribe to the topics of the mail's configuration set. */
export class FeedbackTopics {
  readonly #destinations: z.output<typeof destinationSchema>[];
  readonly #subscriptions: (z.output<typeof subscriptionSchema> & { arn: string })[];
  readonly #options: FeedbackOptions;
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(template: Template, options: FeedbackOptions) {
    this.#options = options;
    this.#destinations = template
      .resources('AWS::SES::ConfigurationSetEventDestination')
      .map(({ properties }) => destinationSchema.parse(properties));
    this.#subscriptions = template.resources('AWS::SNS::Subscription').map(({ properties }) => {
      const subscription = subscriptionSchema.parse(properties);
      return { ...subscription, arn: `${subscription.TopicArn}:${randomUUID()}` };
    });
  }

  /** Publishes one event of SES to the topics that receive its type. */
  publish(feedback: Feedback): void {
    const type = feedback.eventType.toLowerCase();
    const sets = feedback.mail.tags['ses:configuration-set'] ?? [];
    for (const { ConfigurationSetName, EventDestination } of this.#destinations) {
      const { Enabled, MatchingEventTypes, SnsDestination } = EventDestination;
      const matches = MatchingEventTypes.some((one) => one.toLowerCase() === type);
      if (!Enabled || !matches || !sets.includes(ConfigurationSetName)) continue;
      if (SnsDestination) this.#notify(SnsDestination.TopicARN, `${JSON.stringify(feedback)}\n`);
    }
  }

  /** Resolves when all published events have been handled or given up. */
  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.settle();
  }

  #notify(topicArn: string, message: string): void {
    const { clock, region, invoke, report, retriesOf, putAway } = this.#options;
    const { signal } = this.#stopping;
    if (signal.aborted) return;
    const subject = 'Amazon SES Email Event Notification';
    for (const { arn, Endpoint } of this.#subscriptions.filter(({ TopicArn }) => TopicArn === topicArn)) {
      const event = JSON.stringify(
        snsEvent({ topicArn, subscriptionArn: arn, region, subject, message, at: clock.now() }),
      );
      const run = invokeWithRetries({
        invoke: () => invoke(Endpoint, event),
        retries: retriesOf(Endpoint),
        onGivenUp: () => {
          report(Endpoint, `a message of ${topicArn} was given up`);
          putAway(Endpoint, event);
        },
        signal,
      }).finally(() => this.#running.delete(run));
      this.#running.add(run);
    }
  }
}
