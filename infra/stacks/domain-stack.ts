import { Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnApiMapping, CfnDomainName } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { logicalIdOf } from '#shared/deployment/logical-id.ts';
import type { Domain, FormerDomain } from '#shared/deployment/domain.ts';
import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { stackNameOf } from '#shared/deployment/stack-names.ts';
import { createCertificate } from '../edge/certificate.ts';
import { edgeRegion } from '../edge/limits.ts';
import { addRecords, tellRecord, type Target } from '../edge/records.ts';
import { edgeStackNameOf } from './stack-names.ts';

interface Properties extends StackProps {
  settings: DeploymentSettings;
  domain: Domain;
}

/** The hosted zone of all distributions of CloudFront. */
const cloudFrontZone = 'Z2FDTNDATAQYW2';

/**
 * The names of the API. It is a stack of its own, after the others: a certificate that waits for the operator to enter a record
 * delays nothing else, and one that is given up undoes nothing else. The stack writes the records also with CloudFront in front,
 * so that a name moves from the API to CloudFront in one step.
 */
export class DomainStack extends Stack {
  constructor(scope: Construct, id: string, { settings, domain, ...properties }: Properties) {
    super(scope, id, { description: 'Latchkey: the names under which it is found', ...properties });
    const names = [domain, ...settings.formerDomains];
    for (const one of names) {
      const target = domain.edge ? this.#distribution(settings) : this.#lead(one, settings);
      const { name, hostedZoneId } = one;
      if (hostedZoneId !== null) addRecords(this, name, hostedZoneId, target);
      else if (!domain.edge) tellRecord(this, name, target.dnsName);
    }
  }

  #distribution(settings: DeploymentSettings): Target {
    const dnsName = Fn.getStackOutput(edgeStackNameOf(settings), 'DistributionName', edgeRegion);
    return { dnsName, hostedZoneId: cloudFrontZone };
  }

  /** Lets the API answer under a name. */
  #lead(one: FormerDomain, settings: DeploymentSettings): Target {
    const { name, certificateArn } = one;
    const id = logicalIdOf(name);
    const domainName = new CfnDomainName(this, `${id}Domain`, {
      domainName: name,
      domainNameConfigurations: [
        {
          certificateArn: certificateArn ?? createCertificate(this, `${id}Certificate`, [one]).ref,
          endpointType: 'REGIONAL',
          securityPolicy: 'TLS_1_2',
          ipAddressType: 'dualstack',
        },
      ],
    });
    new CfnApiMapping(this, `${id}Mapping`, {
      apiId: Fn.getStackOutput(stackNameOf(settings, 'service'), 'ApiId'),
      domainName: domainName.ref,
      stage: '$default',
    });
    return { dnsName: domainName.attrRegionalDomainName, hostedZoneId: domainName.attrRegionalHostedZoneId };
  }
}
