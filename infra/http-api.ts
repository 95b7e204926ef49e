import type { Stack } from 'aws-cdk-lib';
import { CfnApi, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnPermission, type CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { Settings } from '#shared/deployment/settings.ts';
import { pascal } from './names.ts';
import { createLogGroup } from './operation-function.ts';
import type { Entry } from './entry.ts';
import { explainWildcard } from './policy.ts';
import { routesOf } from './routes.ts';

/** What the access log says of a request: the route, never the path, which may hold a token. */
const accessLog = {
  time: '$context.requestTimeEpoch',
  requestId: '$context.requestId',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latency: '$context.responseLatency',
  integrationError: '$context.integrationErrorMessage',
  sourceIp: '$context.identity.sourceIp',
};

/** Requests per second of all callers together, and how many may come at once: a bound for the bill. */
const throttling = { throttlingRateLimit: 500, throttlingBurstLimit: 1000 };

/** The HTTP API with its one stage, which deploys what it is given. */
export function createApi(stack: Stack, settings: Settings): CfnApi {
  const api = new CfnApi(stack, 'Api', { name: 'latchkey', description: 'Latchkey', protocolType: 'HTTP' });
  new CfnStage(stack, 'Stage', {
    apiId: api.ref,
    stageName: '$default',
    autoDeploy: true,
    accessLogSettings: {
      destinationArn: createLogGroup(stack, 'AccessLogs', settings).attrArn,
      format: JSON.stringify(accessLog),
    },
    defaultRouteSettings: throttling,
  });
  return api;
}

/** Leads an operation's routes to its function, and lets this API, and no other, start it. */
export function addRoutes(stack: Stack, api: CfnApi, entry: Entry, handler: CfnFunction): void {
  const name = pascal(entry.id);
  const integration = new CfnIntegration(stack, `${name}Integration`, {
    apiId: api.ref,
    integrationType: 'AWS_PROXY',
    integrationUri: handler.attrArn,
    payloadFormatVersion: '2.0',
  });
  for (const [index, routeKey] of routesOf(entry).entries())
    new CfnRoute(stack, `${name}Route${index || ''}`, {
      apiId: api.ref,
      routeKey,
      target: `integrations/${integration.ref}`,
    });
  const permission = new CfnPermission(stack, `${name}Permission`, {
    action: 'lambda:InvokeFunction',
    functionName: handler.attrArn,
    principal: 'apigateway.amazonaws.com',
    sourceArn: stack.formatArn({ service: 'execute-api', resource: api.ref, resourceName: '*' }),
  });
  explainWildcard(
    permission,
    'SourceArn',
    'The ARN names stage and route, of which a function can have several.',
  );
}
