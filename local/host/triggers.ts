import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { ShiftedClock } from '../base/clock.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Ses } from '../ses/ses.ts';
import type { Template } from '../template/template.ts';
import { FeedbackTopics } from './feedback.ts';
import type { FailureQueue } from './failure-queue.ts';
import type { Host } from './host.ts';
import type { Metrics } from './metrics.ts';
import type { Positions } from './positions.ts';
import { Schedules } from './schedules.ts';
import { readFeeds } from './streams.ts';

export interface TriggerOptions {
  template: Template;
  engineUrl: string;
  clock: ShiftedClock;
  gateway: Gateway;
  host: Host;
  queue: FailureQueue;
  metrics: Metrics;
  ses: Ses;
  streamPositions: Positions;
}

export interface Triggers {
  /**
   * Resolves when all present stream records and mail events, and those that result from them, have been handled or given up,
   * and no scheduled run is under way.
   */
  settle(): Promise<void>;
  /** Restarts the periods of all schedules. */
  restart(): void;
  /** Starts nothing more. Resolves when the invocations under way have ended, or after a time limit. */
  stop(): Promise<void>;
}

/** How long a stopping stack waits for invocations under way. */
const stopMs = 2_000;

/** Starts the triggers that invoke functions without a request: streams, schedules and SES events. */
export async function startTriggers({
  template,
  engineUrl,
  clock,
  gateway,
  host,
  queue,
  metrics,
  ses,
  streamPositions,
}: TriggerOptions): Promise<Triggers> {
  const { region } = template;
  let runs = 0;
  const underWay = new Set<Promise<unknown>>();
  const invoke: Host['invoke'] = (name, event) => {
    runs += 1;
    const run = host.invoke(name, event).finally(() => underWay.delete(run));
    underWay.add(run);
    return run;
  };
  const report = (name: string, text: string): void => host.log(name, `${text}\n`);
  // Before the streams, because their first records may send mail.
  const failing = { putAway: queue.putEvent.bind(queue), retriesOf: queue.retriesOf.bind(queue) };
  const topics = new FeedbackTopics(template, { clock, region, invoke, report, ...failing });
  ses.onFeedback((feedback) => topics.publish(feedback));
  const feeds = readFeeds(template, {
    ...streamPositions,
    engineUrl,
    region,
    invoke,
    report,
    putAway: (name, queueArn, body) => queue.put(name, queueArn, body),
    onAge: (name, ageMs) => metrics.addOfFunction('IteratorAge', name, ageMs),
    now: clock.now,
  });
  await Promise.all(feeds.map((feed) => feed.start()));
  gateway.onWrite((table) => {
    for (const feed of feeds) if (feed.table === table) feed.notify();
  });
  const schedules = new Schedules(template, {
    clock,
    region,
    invoke: (name, event) => {
      runs += 1;
      return host.invoke(name, event);
    },
    ...failing,
    othersDone: () => Promise.allSettled(underWay),
  });
  return {
    async settle() {
      // A run may cause further runs, so this repeats until a round starts none.
      for (let before = -1; before !== runs;) {
        before = runs;
        await Promise.all([gateway.late.settle(), schedules.settle()]);
        await Promise.all(feeds.map((feed) => feed.settle()));
        // SES publishes its events one turn after its answer.
        await nextTurn();
        await topics.settle();
      }
    },
    restart: () => schedules.restart(),
    async stop() {
      schedules.stop();
      for (const feed of feeds) feed.stop();
      const ended = Promise.all([topics.stop(), schedules.settle(), Promise.allSettled(underWay)]);
      await Promise.race([ended, delay(stopMs, undefined, { ref: false })]);
    },
  };
}
