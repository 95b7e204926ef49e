import { CfnResource, type Stack } from 'aws-cdk-lib';
import { CfnApi, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Settings } from '#shared/deployment/settings.ts';
import type { Operation } from '#shared/operation/operation.ts';
import { apiBody } from './api-body.ts';
import { createApiRole } from './api-role.ts';
import type { Entry } from '../entry.ts';
import { createLogGroup } from '../function/operation-function.ts';
import { throttles } from './throttles.ts';

/** The access log's line of a request: the route, never the path, which may hold a token. */
const accessLog = {
  time: '$context.requestTimeEpoch',
  requestId: '$context.requestId',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latency: '$context.responseLatency',
  integrationError: '$context.integrationErrorMessage',
  sourceIp: '$context.identity.sourceIp',
};

interface Api {
  api: CfnApi;
  /** To be called when all else of the stack is there. */
  deployStageLast(): void;
}

/** The HTTP API with the routes of `entries`, and its one stage, which deploys what it is given. */
export function createApi(stack: Stack, settings: Settings, entries: readonly Entry<Operation>[]): Api {
  const api = new CfnApi(stack, 'Api', {
    body: apiBody(stack, entries, createApiRole(stack).attrArn),
    // Without it, a route that API Gateway does not understand is left out without a word.
    failOnWarnings: true,
  });
  const logs = createLogGroup(stack, 'AccessLogs', settings);
  const stage = new CfnStage(stack, 'Stage', {
    apiId: api.ref,
    stageName: '$default',
    autoDeploy: true,
    accessLogSettings: {
      destinationArn: logs.attrArn,
      format: JSON.stringify(accessLog),
    },
    ...throttles(settings, entries),
  });
  return { api, deployStageLast: () => deployLast(stage, [api, logs]) };
}

/**
 * Changes the stage after all else of its stack, of which it names `known`: API Gateway keeps the throttle of a route that goes, and
 * refuses each change of the stage then. A deployment that fails takes its new routes back, and has by then told no throttle of theirs.
 */
function deployLast(stage: CfnStage, known: readonly CfnResource[]): void {
  const resources = stage.stack.node.children.filter(CfnResource.isCfnResource);
  for (const one of resources) if (one !== stage && !known.includes(one)) stage.addResourceDependency(one);
}
