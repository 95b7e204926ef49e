import { CommandError, exit, wrongUsage } from '../failures.ts';

export const noRegion = (): CommandError =>
  wrongUsage('No AWS region is set: say --region, or set AWS_REGION.');

/** AWS's own settings give no credentials, or expired ones. */
export const noCredentials = (why: string): CommandError =>
  new CommandError(exit.signedOut, `No AWS credentials: ${why}`, [
    'Set AWS_PROFILE, or sign in with: aws sso login',
  ]);
