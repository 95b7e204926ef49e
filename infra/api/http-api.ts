import { CfnResource, type Stack } from 'aws-cdk-lib';
import { CfnApi, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import type { Operation } from '#shared/operation/operation.ts';
import { apiBody } from './api-body.ts';
import { createApiRole } from './api-role.ts';
import type { Entry } from '../entry.ts';
import { createLogGroup } from '../function/operation-function.ts';
import { throttles } from './throttles.ts';

/** The access log's line for a request. It holds the route, never the path, which may contain a token. */
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
  /** Call it after all other resources of the stack are created. */
  deployStageLast(): void;
}

/** The HTTP API with the routes of `entries`, and its only stage, which deploys every change of the API by itself. */
export function createApi(
  stack: Stack,
  settings: DeploymentSettings,
  entries: readonly Entry<Operation>[],
): Api {
  const api = new CfnApi(stack, 'Api', {
    body: apiBody(stack, entries, createApiRole(stack).attrArn),
    // Without it, API Gateway silently leaves out a route that it does not understand.
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
 * Makes CloudFormation change the stage after all other resources of its stack; the stage already refers to `known`. API Gateway keeps
 * the throttle of a deleted route and then refuses every change of the stage. A failed deployment deletes its new routes again: this
 * order makes sure that it has not set their throttles yet.
 */
function deployLast(stage: CfnStage, known: readonly CfnResource[]): void {
  const resources = stage.stack.node.children.filter(CfnResource.isCfnResource);
  for (const one of resources) if (one !== stage && !known.includes(one)) stage.addResourceDependency(one);
}
