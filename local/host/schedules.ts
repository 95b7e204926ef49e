import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { day, hour, minute } from '#shared/clock.ts';
import type { ShiftedClock } from '../base/clock.ts';
import { account } from '../template/arn.ts';
import type { Template } from '../template/template.ts';
import type { Outcome } from './outcome.ts';
import { invokeWithRetries } from './retries.ts';

// Strict: a property that is not implemented here, such as a retry policy, stops the stack instead of being ignored.
const ruleSchema = z.strictObject({
  ScheduleExpression: z.string(),
  State: z._default(z.string(), 'ENABLED'),
  Targets: z.array(
    z.strictObject({
      Id: z.string(),
      Arn: z.string(),
      Input: z.optional(z.string()),
      // The queue for events that the rule cannot deliver. Here it can always deliver.
      DeadLetterConfig: z.optional(z.strictObject({ Arn: z.string() })),
    }),
  ),
});

const units: Readonly<Record<string, number>> = { minute, hour, day };

interface Schedule {
  ruleArn: string;
  periodMs: number;
  targets: readonly { Arn: string; Input?: string | undefined }[];
  /** When it runs next, in milliseconds since 1970 on the stack's clock. */
  nextAt: number;
}

export interface ScheduleOptions {
  clock: ShiftedClock;
  region: string;
  invoke(functionArn: string, event: string): Promise<Outcome>;
  /** The number of retries of a failed function. */
  retriesOf(functionArn: string): number;
  /** Receives an event for which every try failed. */
  putAway(functionArn: string, event: string): void;
  /** Resolves when the runs that other triggers have started so far are over. */
  othersDone(): Promise<unknown>;
}

function periodMsOf(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (count === undefined || unit === undefined) {
    throw new Error(`the schedule ${expression} is not supported by the local stack`);
  }
  return Number(count) * (units[unit] ?? 0);
}

/** The longest delay of Node's timers. */
const maxTimerMs = 2 ** 31 - 1;

/**
 * Runs the functions of a template's schedules on the stack's clock. A jump past the next time runs them at once, but only
 * after the runs that were under way. In AWS no function runs as long as the jump lasts, so a scheduled run never overtakes
 * one.
 */
export class Schedules {
  readonly #schedules: Schedule[];
  readonly #options: ScheduleOptions;
  readonly #running = new Set<Promise<unknown>>();
  #timer: NodeJS.Timeout | undefined;
  readonly #stopping = new AbortController();

  constructor(template: Template, options: ScheduleOptions) {
    this.#options = options;
    this.#schedules = template.resources('AWS::Events::Rule').flatMap(({ arn = '', properties }) => {
      const { ScheduleExpression, State, Targets } = ruleSchema.parse(properties);
      if (State !== 'ENABLED') return [];
      const periodMs = periodMsOf(ScheduleExpression);
      return [{ ruleArn: arn, periodMs, targets: Targets, nextAt: options.clock.now() + periodMs }];
    });
    options.clock.onShift(() => this.#check());
    this.#check();
  }

  /** Resolves when the runs that have begun are over. */
  async settle(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** Restarts all periods. */
  restart(): void {
    const now = this.#options.clock.now();
    for (const schedule of this.#schedules) schedule.nextAt = now + schedule.periodMs;
    this.#check();
  }

  stop(): void {
    this.#stopping.abort();
    clearTimeout(this.#timer);
  }

  #check(): void {
    clearTimeout(this.#timer);
    if (this.#stopping.signal.aborted || this.#schedules.length === 0) return;
    const now = this.#options.clock.now();
    for (const schedule of this.#schedules) {
      if (schedule.nextAt <= now) this.#run(schedule, now);
      // The minimum keeps the next run within one period after a jump back.
      schedule.nextAt =
        schedule.nextAt <= now ? now + schedule.periodMs : Math.min(schedule.nextAt, now + schedule.periodMs);
    }
    const next = Math.min(...this.#schedules.map(({ nextAt }) => nextAt));
    this.#timer = setTimeout(() => this.#check(), Math.min(next - now, maxTimerMs));
  }

  #run({ ruleArn, targets }: Schedule, now: number): void {
    const event = JSON.stringify({
      version: '0',
      id: randomUUID(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account,
      time: `${new Date(now).toISOString().slice(0, 19)}Z`,
      region: this.#options.region,
      resources: [ruleArn],
      detail: {},
    });
    const { othersDone, invoke, retriesOf, putAway } = this.#options;
    for (const { Arn, Input = event } of targets) {
      const run = othersDone()
        .then(() =>
          invokeWithRetries({
            invoke: () => invoke(Arn, Input),
            retries: retriesOf(Arn),
            onGivenUp: () => putAway(Arn, Input),
            signal: this.#stopping.signal,
          }),
        )
        .finally(() => this.#running.delete(run));
      this.#running.add(run);
    }
  }
}
