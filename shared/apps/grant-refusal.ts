import { errorAnswer } from './oauth-error.ts';

/** One answer for a code or refresh token that is unknown, expired, used or another app's, or whose user or session has ended. */
export const invalidGrant = () =>
  errorAnswer({
    error: 'invalid_grant',
    description: 'The code or token is not, or no longer, good for this.',
  });
