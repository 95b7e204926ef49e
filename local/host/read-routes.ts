import * as z from 'zod/mini';
import { allows, readPolicies, readTrust } from '../gateway/policy.ts';
import type { Template } from '../template/template.ts';
import type { Route } from './routes.ts';

// Strict throughout: this code does not know how API Gateway treats anything else.
const integrationSchema = z.strictObject({
  type: z.literal('AWS_PROXY'),
  httpMethod: z.literal('POST'),
  payloadFormatVersion: z.literal('2.0'),
  uri: z.string(),
  credentials: z.string(),
  timeoutInMillis: z._default(z.number(), 30_000),
});
const operationSchema = z.strictObject({
  isDefaultRoute: z.optional(z.literal(true)),
  responses: z.optional(z.unknown()),
  'x-amazon-apigateway-integration': z.strictObject({ $ref: z.string() }),
});
const methods = [
  'get',
  'head',
  'post',
  'put',
  'patch',
  'delete',
  'options',
  'x-amazon-apigateway-any-method',
];
const apiSchema = z.strictObject({
  FailOnWarnings: z.literal(true),
  Body: z.strictObject({
    openapi: z.literal('3.0.1'),
    info: z.unknown(),
    paths: z.record(
      z.string(),
      z.strictObject({
        parameters: z.optional(z.unknown()),
        ...Object.fromEntries(methods.map((method) => [method, z.optional(operationSchema)])),
      }),
    ),
    components: z.strictObject({
      'x-amazon-apigateway-integrations': z.record(z.string(), integrationSchema),
    }),
  }),
});
type Operation = z.output<typeof operationSchema>;

const apiGateway = 'apigateway.amazonaws.com';
const reference = '#/components/x-amazon-apigateway-integrations/';

/** The routes of the template's HTTP API, from its OpenAPI document. */
export const readRoutes = (template: Template): Route[] =>
  template.resources('AWS::ApiGatewayV2::Api').flatMap(({ properties }) => {
    const { paths, components } = apiSchema.parse(properties).Body;
    const integrations = components['x-amazon-apigateway-integrations'];
    const mayStart = invoker(template);
    return Object.entries(paths).flatMap(([path, { parameters: _, ...operations }]) =>
      Object.entries(operations as Record<string, Operation>).map(([method, operation]) => {
        const key = keyOf(method, path, operation);
        const { $ref } = operation['x-amazon-apigateway-integration'];
        const integration = $ref.startsWith(reference) && integrations[$ref.slice(reference.length)];
        if (!integration) throw new Error(`route ${key} has no integration`);
        const target = functionArn(integration.uri);
        const allowed = mayStart(integration.credentials, target);
        return { key, target, allowed, timeoutMs: integration.timeoutInMillis };
      }),
    );
  });

/** Whether API Gateway may assume a role, and the role may start a function of the template. */
function invoker(template: Template): (role: string, target: string) => boolean {
  const policies = readPolicies(template);
  const trust = readTrust(template);
  const functions = new Set(template.resources('AWS::Lambda::Function').map(({ arn }) => arn));
  return (role, target) => {
    if (!functions.has(target))
      throw new Error(`a route leads to ${target}, which the template does not have`);
    const need = { action: 'lambda:InvokeFunction', resource: target };
    return trust.get(role)?.includes(apiGateway) === true && allows(policies.get(role) ?? [], need);
  };
}

function keyOf(method: string, path: string, { isDefaultRoute }: Operation): string {
  const isAny = method === 'x-amazon-apigateway-any-method';
  const isDefault = path === '/$default' && isAny;
  if (isDefault !== (isDefaultRoute === true))
    throw new Error(`${method} ${path} must be $default or no such route`);
  return isDefault ? '$default' : `${isAny ? 'ANY' : method.toUpperCase()} ${path}`;
}

/** An integration names the function's ARN inside API Gateway's own path. */
function functionArn(uri: string): string {
  const arn = /^arn:[\w-]+:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(
    uri,
  )?.[1];
  if (arn === undefined) throw new Error(`${uri} names no function`);
  return arn;
}
