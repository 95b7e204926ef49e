import { Ending, exit, wrongUsage } from '../failures.ts';

/** Nothing says which region of AWS is meant. */
export const noRegion = (): Ending => wrongUsage('No AWS region is set: say --region, or set AWS_REGION.');

/** AWS's own ways lead to no credentials, or to such as hold no longer. */
export const noCredentials = (why: string): Ending =>
  new Ending(exit.signedOut, `No AWS credentials: ${why}`, [
    'Set AWS_PROFILE, or sign in with: aws sso login',
  ]);
