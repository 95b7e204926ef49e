import * as z from 'zod/mini';

/** The answer to an administrator who lifts a suppression. */
export const liftedResponse = z.object({
  email: z.string(),
  /** What became of the mail that caused the suppression. */
  delivery: z.enum(['bounced', 'complained']),
  since: z.string(),
});
