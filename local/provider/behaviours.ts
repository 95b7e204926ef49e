import * as z from 'zod/mini';
import { builtInServices } from '#shared/deployment/built-in-services.ts';

/** The services that the stand-in answers for. */
const standsFor = Object.keys(builtInServices);

const common = {
  /** Without one, calls of every service. */
  service: z.optional(z.enum(standsFor)),
  /** How many calls; without it, all until told otherwise. */
  times: z.optional(z.int().check(z.gte(1))),
};

const onThisMachine = z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost|\[::1\])$/ });

/**
 * The stand-in's behaviour in place of a good answer:
 * - `hang`: takes the call and says nothing; `hang-after`: begins its answer, then says nothing. Both go on when released.
 * - `cut`: begins its answer and breaks the connection; `refuse`: breaks it at once; `garbage`: sends bytes that are not HTTP.
 * - `garbage-body`: 200 with a body that is no JSON.
 * - `error`: the provider's own error of this status; 429 says after how many seconds to come again.
 * - `echo-key`: an error that repeats the key in its headers and, in two pieces, in its body.
 * - `redirect`: sends the caller to another address of this machine.
 * - `slow`: waits before each further piece; `stream`: fills its answer up to so many bytes.
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
/** A behaviour as one writes it down. */
export type BehaviourRequest = z.input<typeof behaviourSchema>;

/** The behaviours that are in force; the first that fits a call is used, and used up. */
export class Behaviours {
  #list: { behaviour: Behaviour; left: number }[] = [];

  replace(list: readonly BehaviourRequest[]): void {
    this.#list = list
      .map((one) => behaviourSchema.parse(one))
      .map((behaviour) => ({ behaviour, left: behaviour.times ?? Infinity }));
  }

  /** What to do with this call; undefined: answer it well. */
  take(service: string): Behaviour | undefined {
    const entry = this.#list.find(
      ({ behaviour, left }) => left > 0 && (behaviour.service ?? service) === service,
    );
    if (entry !== undefined) entry.left -= 1;
    return entry?.behaviour;
  }
}
