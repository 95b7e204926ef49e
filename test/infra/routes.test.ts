import { describe, expect, test } from 'vitest';
import { isOperation } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { routesOf } from '#infra/routes.ts';
import { functionsOf, ofType, readable, synthesize, type Json } from './synthesize.ts';

const entries = findOperations().filter(isOperation);
const templates = synthesize(entries);
const { service } = templates;

/** The operation whose function a route leads to. */
function operationOf(target: Json): string | undefined {
  const [, integration] = /^integrations\/\$\{(\w+)\}$/.exec(readable(target, templates))!;
  const { Properties } = service.Resources[integration!]!;
  expect(Properties).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
  const uri = readable(Properties['IntegrationUri']!, templates);
  return [...functionsOf(service)].find(([, { logicalId }]) => uri === `\${${logicalId}.Arn}`)?.[0];
}

const routes = ofType(service, 'AWS::ApiGatewayV2::Route').map(
  ([, { Properties }]) => [Properties['RouteKey'] as string, operationOf(Properties['Target']!)] as const,
);

test('R5.3: every route leads to the operation that declares it, and every declared route is there', () => {
  const wanted = entries.flatMap((entry) => routesOf(entry).map((route) => [route, entry.id]));
  expect(routes.toSorted()).toEqual(wanted.toSorted());
});

describe.each(entries)('$id', ({ id, declaration: { kind, method, path, forms = [] } }) => {
  const mine = routes.filter(([, operation]) => operation === id).map(([route]) => route);

  test('R5.3: its method and path reach it', () => {
    expect(mine).toContain(id === 'not-found' ? '$default' : `${method} ${path}`);
    if (kind === 'page' && method === 'GET') expect(mine).toContain(`HEAD ${path}`);
    for (const form of forms) expect(mine).toContain(`POST ${form.path}`);
  });

  test('this API may start it, and nobody else', () => {
    const { logicalId } = functionsOf(service).get(id)!;
    const permissions = ofType(service, 'AWS::Lambda::Permission').filter(
      ([, { Properties }]) => readable(Properties['FunctionName']!, templates) === `\${${logicalId}.Arn}`,
    );
    expect(permissions).toHaveLength(1);
    const { Principal, SourceArn } = permissions[0]![1].Properties;
    expect(Principal).toBe('apigateway.amazonaws.com');
    expect(readable(SourceArn!, templates)).toBe(
      'arn:${AWS::Partition}:execute-api:us-east-1:${AWS::AccountId}:${Api}/*',
    );
  });
});

test('no address is without an operation: what no route matches has one too', () => {
  expect(routes.map(([route]) => route)).toContain('$default');
});

const [, stage] = ofType(service, 'AWS::ApiGatewayV2::Stage')[0]!;

test('the access log has the route and never the path', () => {
  const { Format } = stage.Properties['AccessLogSettings'] as { Format: string };
  const fields = Object.values(JSON.parse(Format) as Record<string, string>);
  for (const field of [
    'routeKey',
    'status',
    'requestId',
    'responseLatency',
    'integrationErrorMessage',
    'identity.sourceIp',
  ])
    expect(fields).toContain(`$context.${field}`);
  expect(Format).not.toMatch(
    /\$context\.(path|http|requestOverride|customDomain)|querystring|header|authorizer/i,
  );
});

test('the stage is the API itself, deploys by itself and has a rate limit', () => {
  expect(ofType(service, 'AWS::ApiGatewayV2::Api')).toMatchObject([
    [expect.any(String), { Properties: { ProtocolType: 'HTTP' } }],
  ]);
  expect(ofType(service, 'AWS::ApiGatewayV2::Stage')).toHaveLength(1);
  expect(stage.Properties).toMatchObject({ StageName: '$default', AutoDeploy: true });
  const { ThrottlingRateLimit, ThrottlingBurstLimit } = stage.Properties['DefaultRouteSettings'] as Record<
    string,
    number
  >;
  expect(ThrottlingRateLimit).toBeGreaterThan(0);
  expect(ThrottlingBurstLimit).toBeGreaterThan(0);
});

test('the address of the app is an output', () => {
  expect(readable(service.Outputs['Address']!.Value, templates)).toBe('${Api.ApiEndpoint}');
  const own = synthesize([], { origin: 'https://join.example.com' });
  expect(own.service.Outputs['Address']!.Value).toBe('https://join.example.com');
});
