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
   * Resolves when all stream records and mail events that are there, and those that they have led to, have been handled
   * or given up, and no scheduled run is under way.
   */
  settle(): Promise<void>;
  /** Begins the periods of all schedules anew. */
  restart(): void;
  /** Starts nothing more, and resolves when what is under way has ended or had its time for it. */
  stop(): Promise<void>;
}

/** How long invocations under way are waited for when the stack stops. */
const stopMs = 2_000;

/** Starts what calls functions without a request: streams, schedules and what SES reports. */
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
  // Before the streams, whose first records may send mail.
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
      // What one starts may give work to another: until a round starts nothing.
      for (let before = -1; before !== runs;) {
        before = runs;
        await Promise.all([gateway.late.settle(), schedules.settle()]);
        await Promise.all(feeds.map((feed) => feed.settle()));
        // SES reports a turn after it has answered.
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
