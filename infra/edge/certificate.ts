import type { Stack } from 'aws-cdk-lib';
import { CfnCertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { FormerDomain } from '#shared/deployment/domain.ts';

/**
 * A certificate for these names; the first is its domain name. ACM verifies by a DNS record that the names are ours. ACM enters the
 * record itself if the hosted zone is known, and CloudFormation waits for the record in any case.
 */
export function createCertificate(stack: Stack, id: string, names: readonly FormerDomain[]): CfnCertificate {
  const [first, ...others] = names;
  const inZones = names.filter(({ hostedZoneId }) => hostedZoneId !== null);
  return new CfnCertificate(stack, id, {
    domainName: first!.name,
    ...(others.length > 0 && { subjectAlternativeNames: others.map(({ name }) => name) }),
    validationMethod: 'DNS',
    ...(inZones.length > 0 && {
      domainValidationOptions: inZones.map(({ name, hostedZoneId }) => ({
        domainName: name,
        hostedZoneId: hostedZoneId!,
      })),
    }),
  });
}
