import * as z from 'zod/mini';
import { isWrite } from './dynamo-permissions.ts';

const count = z.int().check(z.gte(1));

/**
 * A fault that hits matching calls:
 * - `error`: the answer is 500, and the service is not reached.
 * - `lost`: the call is performed, but the connection breaks instead of the answer.
 * - `late`: the connection breaks at once, and the call is still performed `ms` milliseconds later, as after a caller's
 *   timeout.
 * - `delay`: the call is performed `ms` milliseconds late.
 * - `throttle`, `conflict`: the call is refused, and the service is not reached. `conflict` hits only writes, because DynamoDB
 *   has conflicts only between writes.
 * - `in-progress`: refused because a transaction of the same request token is still under way. Hits transactions only.
 * - `crash`: the call is performed, and the calling execution environment ends before it has the answer.
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
/** A fault as requested: members with a default are optional. */
export type FaultRequest = z.input<typeof faultSchema>;

/** The properties of a call that a fault can match. */
export interface Matchable {
  /** Id of the calling function. */
  function: string;
  service: string;
  action: string;
  /** Tables, by their names in the code. */
  tables: readonly string[];
}

/** A call that waits for its turn. */
export interface HeldCall extends Matchable {
  /** Trace id of the request that the function handles, as `Root=…` of X-Ray. */
  trace: string;
}

/** Holds a call until the promise resolves. The value is the fault that then hits the call, if any. */
export type Hold = (call: HeldCall) => Promise<Exclude<Fault['kind'], 'delay'> | undefined>;

/** DynamoDB has conflicts only between writes. */
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
