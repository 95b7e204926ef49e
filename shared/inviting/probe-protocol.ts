import * as z from 'zod/mini';
import { deliveries, deliveryReasons } from '../mail/delivery.ts';

/** An operator's requests to `deployment-probe`: whether there is an administrator, an invite, or what became of that invite. */
export const probeQuestion = z.discriminatedUnion('do', [
  z.object({ do: z.literal('look') }),
  z.object({ do: z.literal('invite') }),
  z.object({ do: z.literal('follow'), invite: z.string(), end: z._default(z.boolean(), false) }),
]);

/** The answers of `deployment-probe`, by what it was asked to do. */
export const probeAnswers = {
  look: z.object({ hasAdmin: z.boolean(), at: z.string() }),
  invite: z.union([z.object({ invite: z.string() }), z.object({ refused: z.literal('no_mail') })]),
  follow: z.union([
    z.object({ delivery: z.enum(deliveries), deliveryReason: z.optional(z.enum(deliveryReasons)) }),
    z.object({ refused: z.literal('not_found') }),
  ]),
};

export type ProbeAnswer = z.input<(typeof probeAnswers)[keyof typeof probeAnswers]>;
