import * as z from 'zod/mini';

/** The answer to the operator who wants the secret of an app. */
export const clientSecretResponse = z.union([
  z.object({
    clientId: z.string(),
    secret: z.string(),
    generation: z.int(),
    endsFormer: z.optional(z.boolean()),
  }),
  z.object({ refused: z.enum(['unknown_app', 'public_app', 'shown_already']) }),
]);
