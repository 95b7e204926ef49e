import * as z from 'zod/mini';

/** The answer to an operator who requests an app's secret. */
export const clientSecretResponse = z.union([
  z.object({
    clientId: z.string(),
    secret: z.string(),
    generation: z.int(),
    endsFormer: z.optional(z.boolean()),
  }),
  z.object({ refused: z.enum(['unknown_app', 'public_app', 'shown_already']) }),
]);
