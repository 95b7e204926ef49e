import * as z from 'zod/mini';
import { builtInServices } from '#shared/deployment/built-in-services.ts';

/** The services that the stand-in answers for. */
const standsFor = Object.keys(builtInServices);

const common = {
  /** The service whose calls are affected; if absent, every service. */
  service: z.optional(z.enum(standsFor)),
  /** The number of calls affected; if absent, all calls until the behaviours are replaced. */
  times: z.optional(z.int().check(z.gte(1))),
};

const onThisMachine = z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost|\[::1\])$/ });

/**
 * The stand-in's behaviour in place of a good answer:
 * - `hang`: accepts the call and sends nothing. `hang-after`: sends part of its answer, then nothing. Both continue when
 *   released.
 * - `cut`: sends part of its answer and breaks the connection. `refuse`: breaks the connection at once. `garbage`: sends bytes
 *   that are not HTTP.
 * - `garbage-body`: 200 with a body that is not JSON.
 * - `error`: the provider's own error of this status. 429 says after how many seconds to retry.
 * - `echo-key`: an error that repeats the key in its headers and, in two pieces, in its body.
 * - `redirect`: redirects the client to another address of this machine.
 * - `slow`: waits before each further piece. `stream`: fills its answer up to `bytes` bytes.
 */
export const behaviourSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.enum(['hang', 'hang-after', 'cut', 'refuse', 'garbage', 'garbage-body']),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('error'),
    status: z.literal([400, 401, 403, 404, 429, 500, 503, 529]),
    /** Seconds, for 429. */
    retryAfter: z._default(z.int().check(z.gte(0)), 7),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('echo-key'),
    status: z._default(z.int().check(z.gte(400), z.lte(599)), 401),
  }),
  z.strictObject({ ...common, kind: z.literal('redirect'), location: onThisMachine }),
  z.strictObject({ ...common, kind: z.literal('slow'), ms: z.int().check(z.gte(0)) }),
  z.strictObject({ ...common, kind: z.literal('stream'), bytes: z.int().check(z.gte(1), z.lte(2 ** 30)) }),
]);

export type Behaviour = z.output<typeof behaviourSchema>;
/** A behaviour as requested: members with a default are optional. */
export type BehaviourRequest = z.input<typeof behaviourSchema>;

/** The behaviours in force. The first one that fits a call applies, and its count goes down. */
export class Behaviours {
  #list: { behaviour: Behaviour; left: number }[] = [];

  replace(list: readonly BehaviourRequest[]): void {
    this.#list = list
      .map((one) => behaviourSchema.parse(one))
      .map((behaviour) => ({ behaviour, left: behaviour.times ?? Infinity }));
  }

  /** The behaviour for this call; undefined for a good answer. */
  take(service: string): Behaviour | undefined {
    const entry = this.#list.find(
      ({ behaviour, left }) => left > 0 && (behaviour.service ?? service) === service,
    );
    if (entry !== undefined) entry.left -= 1;
    return entry?.behaviour;
  }
}
