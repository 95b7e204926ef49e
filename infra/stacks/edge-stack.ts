import { CfnOutput, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { Domain } from '#shared/deployment/domain.ts';
import type { Proxy } from '#shared/deployment/proxy.ts';
import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { stackNameOf } from '#shared/deployment/stack-names.ts';
import { createCertificate } from '../edge/certificate.ts';
import { createDistribution } from '../edge/distribution.ts';
import { createFirewall } from '../edge/firewall.ts';
import { tellRecord } from '../edge/records.ts';
import { viewerRequest } from '../edge/viewer-request.ts';

interface Properties extends StackProps {
  settings: DeploymentSettings;
  domain: Domain;
  proxy: Proxy;
}

/** CloudFront and its firewall, in the one region that has them, in front of the API and the relay. */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, { settings, domain, proxy, ...properties }: Properties) {
    super(scope, id, { description: 'Latchkey: CloudFront and its firewall', ...properties });
    const names = [domain, ...settings.formerDomains];
    const ofService = (output: string): string =>
      Fn.getStackOutput(stackNameOf(settings, 'service'), output, settings.region);
    const certificate =
      domain.certificateArn === null ? createCertificate(this, 'Certificate', names) : undefined;
    const viewer = new CfnFunction(this, 'ViewerRequest', {
      name: this.stackName,
      autoPublish: true,
      functionCode: viewerRequest(domain.name, proxy.header),
      functionConfig: {
        runtime: 'cloudfront-js-2.0',
        comment: 'The address of the client, and its way to the domain',
      },
    });
    // Once published, the function redirects browsers to the domain, which without its record may have no certificate for days.
    if (certificate) viewer.addResourceDependency(certificate);
    const distribution = createDistribution(this, {
      names: names.map(({ name }) => name),
      certificateArn: domain.certificateArn ?? certificate!.ref,
      firewall: createFirewall(this, domain.requestsPerFiveMinutes),
      viewerRequest: viewer,
      hosts: { api: ofService('ApiHost'), relay: ofService('RelayHost') },
      proxy,
      relaySilenceSeconds: settings.relaySilenceSeconds,
    });
    new CfnOutput(this, 'DistributionName', {
      value: distribution.attrDomainName,
      description: 'Where the domain leads',
    });
    // If there is a hosted zone, the stack of the domain writes the record.
    for (const { name, hostedZoneId } of names)
      if (hostedZoneId === null) tellRecord(this, name, distribution.attrDomainName);
  }
}
