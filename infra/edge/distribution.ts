import {
  CachePolicy,
  CfnDistribution,
  OriginRequestPolicy,
  type CfnFunction,
} from 'aws-cdk-lib/aws-cloudfront';
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Stack } from 'aws-cdk-lib';
import { relayPath } from '#shared/deployment/addresses.ts';
import type { Proxy } from '#shared/deployment/proxy.ts';
import { readSecondsFor } from './limits.ts';
import { secretNameOf } from './secret-name.ts';

interface Parts {
  names: readonly string[];
  certificateArn: string;
  firewall: CfnWebACL;
  viewerRequest: CfnFunction;
  /** Hosts of the API and of the relay. */
  hosts: { api: string; relay: string };
  proxy: Proxy;
  relaySilenceSeconds: number;
}

/** An HTTP API gives up after 30 seconds. CloudFront waits a little longer, so that the client gets the API's answer. */
const apiReadSeconds = 35;

/**
 * Errors that CloudFront would cache for ten seconds and send to other clients, most of them regardless of the answer's headers
 * (CloudFront guide, "HTTP status codes").
 */
const keptErrors = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** CloudFront in front of API and relay. It caches no answer, and forwards everything but the Host header, which they do not know. */
export function createDistribution(stack: Stack, parts: Parts): CfnDistribution {
  const { names, certificateArn, firewall, hosts, relaySilenceSeconds } = parts;
  return new CfnDistribution(stack, 'Distribution', {
    distributionConfig: {
      enabled: true,
      comment: stack.stackName,
      aliases: [...names],
      viewerCertificate: {
        acmCertificateArn: certificateArn,
        sslSupportMethod: 'sni-only',
        minimumProtocolVersion: 'TLSv1.2_2021',
      },
      httpVersion: 'http2and3',
      ipv6Enabled: true,
      webAclId: firewall.attrArn,
      origins: [
        originOf(parts, 'api', hosts.api, apiReadSeconds),
        {
          ...originOf(parts, 'relay', hosts.relay, readSecondsFor(relaySilenceSeconds)),
          // By default CloudFront sends a call that takes too long three times, and each one counts.
          connectionAttempts: 1,
        },
      ],
      defaultCacheBehavior: { ...behaviourOf(parts, 'api'), viewerProtocolPolicy: 'redirect-to-https' },
      cacheBehaviors: [
        { ...behaviourOf(parts, 'relay'), viewerProtocolPolicy: 'https-only', pathPattern: `${relayPath}/*` },
      ],
      customErrorResponses: keptErrors.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
    },
  });
}

/** CloudFormation reads the secret from Secrets Manager when its name here changes. No template holds the secret. */
const originOf = ({ proxy }: Parts, id: string, domainName: string, originReadTimeout: number) => ({
  id,
  domainName,
  customOriginConfig: {
    originProtocolPolicy: 'https-only',
    originSslProtocols: ['TLSv1.2'],
    originReadTimeout,
  },
  originCustomHeaders: [
    {
      headerName: proxy.secretHeader,
      headerValue: `{{resolve:secretsmanager:${secretNameOf(proxy.secretHashes[0]!)}:SecretString}}`,
    },
  ],
});

const behaviourOf = ({ viewerRequest }: Parts, targetOriginId: string) => ({
  targetOriginId,
  allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
  compress: false,
  cachePolicyId: CachePolicy.CACHING_DISABLED.cachePolicyId,
  originRequestPolicyId: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER.originRequestPolicyId,
  functionAssociations: [{ eventType: 'viewer-request', functionArn: viewerRequest.attrFunctionArn }],
});
