import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { day, hour, minute } from '#shared/clock.ts';
import type { ShiftedClock } from '../base/clock.ts';
import { account } from '../template/arn.ts';
import type { Template } from '../template/template.ts';
import type { Outcome } from './outcome.ts';
import { invokeWithRetries } from './retries.ts';

// Strict, so that what is not honoured here, such as a policy of retries, stops the stack instead of being ignored.
const ruleSchema = z.strictObject({
  ScheduleExpression: z.string(),
  State: z._default(z.string(), 'ENABLED'),
  Targets: z.array(
    z.strictObject({
      Id: z.string(),
      Arn: z.string(),
      Input: z.optional(z.string()),
      // Of what the rule could not hand over, which here it always can.
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
  /** How often a function is tried again. */
  retriesOf(functionArn: string): number;
  /** Takes an event that the function failed at each time. */
  putAway(functionArn: string, event: string): void;
  /** Resolves when the runs that others have started by now are over. */
  othersDone(): Promise<unknown>;
}

function periodMsOf(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (count === undefined || unit === undefined) {
    throw new Error(`the schedule ${expression} is not supported by the local stack`);
  }
  return Number(count) * (units[unit] ?? 0);
}

/** Node's timers wait no longer. */
const maxTimerMs = 2 ** 31 - 1;

/**
 * Runs the functions of a template's schedules on the stack's clock; a jump past the next time runs them at once, after
 * what was under way before: no function lives as long as a jump lasts, so none is overtaken by one.
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

  /** Begins all periods anew. */
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
      // Also after a jump back.
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
