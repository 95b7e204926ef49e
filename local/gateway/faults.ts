import * as z from 'zod/mini';
import { isWrite } from './dynamo-permissions.ts';

const count = z.int().check(z.gte(1));

/**
 * Something that goes wrong with calls that match: `error` (500 before the service is reached), `lost` (done, but the
 * connection breaks instead of the answer), `late` (the connection breaks at once, and it is done all the same `ms`
 * milliseconds later, as where the caller's patience ends before the work), `delay` (`ms` milliseconds late), `throttle` and
 * `conflict` (refused before; conflicts, which DynamoDB has between writes alone, hit those only), `in-progress` (refused, as a
 * transaction of the same request token is still under way; hits transactions only), `crash` (done, and the execution
 * environment that asked is gone before it has the answer).
 */
export const faultSchema = z.strictObject({
  kind: z.enum(['error', 'lost', 'late', 'delay', 'throttle', 'conflict', 'in-progress', 'crash']),
  /** Id of the calling function. */
  function: z.optional(z.string()),
  service: z.optional(z.enum(['dynamodb', 'kms', 'ses'])),
  action: z.optional(z.string()),
  /** Table, by its name in the code. */
  table: z.optional(z.string()),
  /** The first matching call that is hit: 1 is the next one. */
  nth: z._default(count, 1),
  /** How many matching calls in a row are hit. */
  times: z._default(count, 1),
  /** Milliseconds, for `delay` and `late`. */
  ms: z._default(z.int().check(z.gte(0)), 0),
});

export type Fault = z.output<typeof faultSchema>;
/** A fault as one writes it down. */
export type FaultRequest = z.input<typeof faultSchema>;

/** What a call is known by here. */
export interface Matchable {
  /** Id of the calling function. */
  function: string;
  service: string;
  action: string;
  /** By their names in the code. */
  tables: readonly string[];
}

/** A call that waits for its turn. */
export interface HeldCall extends Matchable {
  /** Of the request that the function makes it for, as `Root=…` of X-Ray. */
  trace: string;
}

/** Lets a call be served once it resolves, and says what goes wrong with it then, if anything. */
export type Hold = (call: HeldCall) => Promise<Exclude<Fault['kind'], 'delay'> | undefined>;

/** DynamoDB has conflicts between writes alone. */
export const canConflict = ({ service, action }: Pick<Matchable, 'service' | 'action'>): boolean =>
  service === 'dynamodb' && (action === 'TransactWriteItems' || isWrite(action));

const matches = (fault: Fault, call: Matchable): boolean =>
  (fault.kind !== 'conflict' || canConflict(call)) &&
  (fault.kind !== 'in-progress' || call.action === 'TransactWriteItems') &&
  (fault.function ?? call.function) === call.function &&
  (fault.service ?? call.service) === call.service &&
  (fault.action ?? call.action) === call.action &&
  (fault.table === undefined || call.tables.includes(fault.table));

/** The faults that are in force, each with the number of matching calls it has seen. */
export class Faults {
  #active: { fault: Fault; seen: number }[] = [];

  /** Replaces the list; counting starts anew. */
  replace(faults: readonly FaultRequest[]): void {
    this.#active = faults.map((fault) => ({ fault: faultSchema.parse(fault), seen: 0 }));
  }

  /** The fault that hits this call, if any. Every matching fault counts the call. */
  take(call: Matchable): Fault | undefined {
    let hit: Fault | undefined;
    for (const entry of this.#active.filter(({ fault }) => matches(fault, call))) {
      entry.seen += 1;
      const { nth, times } = entry.fault;
      if (entry.seen >= nth && entry.seen < nth + times) hit ??= entry.fault;
    }
    return hit;
  }
}
