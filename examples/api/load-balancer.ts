import { CfnListenerRule } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';

type Wanted = Readonly<Record<'issuer' | 'audience' | 'listenerArn' | 'targetGroupArn', string>>;

/** A rule of an HTTPS listener that lets a request through only with a Latchkey access token for this audience. */
export const letThrough = (scope: Construct, { issuer, audience, listenerArn, targetGroupArn }: Wanted) =>
  new CfnListenerRule(scope, 'SignedIn', {
    listenerArn,
    priority: 10,
    conditions: [{ field: 'path-pattern', pathPatternConfig: { values: ['/*'] } }],
    actions: [
      {
        type: 'jwt-validation',
        order: 1,
        jwtValidationConfig: {
          issuer,
          jwksEndpoint: `${issuer}/.well-known/jwks.json`,
          // Without this claim, tokens for other audiences would be accepted.
          additionalClaims: [{ name: 'aud', format: 'single-string', values: [audience] }],
        },
      },
      { type: 'forward', order: 2, targetGroupArn },
    ],
  });
