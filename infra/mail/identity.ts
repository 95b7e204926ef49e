import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { CfnEmailIdentity } from 'aws-cdk-lib/aws-ses';
import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { keep } from '../stacks/keep.ts';
import { dnsRecords, mailFromOf } from './dns-records.ts';
import { tellWhole } from '../dns/records.ts';

/**
 * Makes the sender known to SES: the domain, whose DNS records prove it and sign its mail, or the address alone, to which SES mails a
 * link to follow once. If the settings say that SES knows the sender already, another stack or a person manages it: nothing is made.
 */
export function createIdentity(stack: Stack, settings: DeploymentSettings): void {
  const { mailFrom, mailDomain, mailIdentity, protect } = settings;
  if (mailIdentity === 'existing') return;
  const identity = new CfnEmailIdentity(stack, 'Sender', {
    emailIdentity: mailDomain ?? mailFrom!,
    ...(mailDomain !== null && {
      dkimSigningAttributes: { nextSigningKeyLength: 'RSA_2048_BIT' },
      mailFromAttributes: {
        mailFromDomain: mailFromOf(mailDomain),
        // While this domain's records are missing, mail leaves with SES's own domain.
        behaviorOnMxFailure: 'USE_DEFAULT_VALUE',
      },
    }),
  });
  keep(identity, protect);
  if (mailDomain === null) return;
  for (const { id, description, ...record } of dnsRecords(mailDomain, settings.region, identity))
    new CfnOutput(stack, id, { value: tellWhole(record), description });
}
