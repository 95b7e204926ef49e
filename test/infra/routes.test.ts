import { describe, expect, test } from 'vitest';
import { isOperation } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { routesOf } from '#infra/api/routes.ts';
import { jobs } from './fixtures.ts';
import { functionsOf, ofType, readable, synthesize, type Json, type Resource } from './synthesize.ts';

const entries = findOperations().filter(isOperation);
const templates = synthesize(entries);
const { service } = templates;

interface Throttle {
  ThrottlingRateLimit: number;
  ThrottlingBurstLimit: number;
}
interface Operation {
  isDefaultRoute?: true;
  'x-amazon-apigateway-integration': { $ref: string };
}
interface Body {
  paths: Record<string, Record<string, Operation>>;
  components: { 'x-amazon-apigateway-integrations': Record<string, Record<string, Json>> };
}

const [[, api]] = ofType(service, 'AWS::ApiGatewayV2::Api') as [[string, Resource]];
const { paths, components } = api.Properties['Body'] as unknown as Body;
const integrations = components['x-amazon-apigateway-integrations'];
const arnOf = (name: string) => `arn:\${AWS::Partition}:lambda:us-east-1:\${AWS::AccountId}:function:${name}`;

/** The id of the operation to whose function a route leads. */
function operationOf({ 'x-amazon-apigateway-integration': { $ref } }: Operation): string | undefined {
  const uri = readable(integrations[$ref.split('/').at(-1)!]!['uri']!, templates);
  const found = [...functionsOf(service)].find(
    ([, { Properties }]) =>
      uri ===
      `arn:\${AWS::Partition}:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arnOf(Properties['FunctionName'] as string)}/invocations`,
  );
  return found?.[0];
}

const routes = Object.entries(paths).flatMap(([path, { parameters: _, ...operations }]) =>
  Object.entries(operations).map(
    ([method, operation]) =>
      [
        operation.isDefaultRoute ? '$default' : `${method.toUpperCase()} ${path}`,
        operationOf(operation),
      ] as const,
  ),
);

test('R5.3: every route leads to the operation that declares it, and every declared route is there', () => {
  const wanted = entries.flatMap((entry) => routesOf(entry).map((route) => [route, entry.id]));
  expect(routes.toSorted()).toEqual(wanted.toSorted());
});

describe.each(entries)('$id', ({ id, declaration: { method, path, forms = [] } }) => {
  const mine = routes.filter(([, operation]) => operation === id).map(([route]) => route);

  test('R5.3: its method and path reach it', () => {
    expect(mine).toContain(id === 'not-found' ? '$default' : `${method} ${path}`);
    if (id !== 'not-found' && method === 'GET') expect(mine).toContain(`HEAD ${path}`);
    for (const form of forms) expect(mine).toContain(`POST ${form.path}`);
  });
});

test('API Gateway starts functions by one role, with payload format 2.0, and no route is left out silently', () => {
  for (const integration of Object.values(integrations))
    expect(integration).toMatchObject({
      type: 'AWS_PROXY',
      httpMethod: 'POST',
      payloadFormatVersion: '2.0',
      credentials: { 'Fn::GetAtt': ['ApiRole', 'Arn'] },
    });
  expect(api.Properties['FailOnWarnings']).toBe(true);
  // No other caller may start them: functions with routes have no policy of their own.
  expect(ofType(service, 'AWS::Lambda::Permission')).toEqual([]);
});

test('C64: the role of the API may start the functions with routes, and no other', () => {
  const all = synthesize([...findOperations(), ...jobs], { mailFrom: 'invites@example.com' });
  const { Policies } = all.service.Resources['ApiRole']!.Properties as unknown as {
    Policies: { PolicyDocument: { Statement: { Action: string[]; Resource: Json[] }[] } }[];
  };
  expect(Policies).toHaveLength(1);
  const [{ Action, Resource }, ...more] = Policies[0]!.PolicyDocument.Statement as [
    { Action: string[]; Resource: Json[] },
  ];
  expect([Action, more, Resource.length]).toEqual([['lambda:InvokeFunction'], [], 1]);
  const pattern = readable(Resource[0]!, all);
  expect(pattern).toBe(arnOf('latchkey-service-api-*'));
  for (const [id, { logicalId, Properties }] of functionsOf(all.service)) {
    // CloudFormation joins the stack's name, the logical id and random letters.
    const name = (Properties['FunctionName'] ?? `latchkey-service-${logicalId}-0`) as string;
    expect(name.length, id).toBeLessThanOrEqual(64);
    expect(arnOf(name).startsWith(pattern.slice(0, -1)), id).toBe(entries.some((entry) => entry.id === id));
  }
});

test('OpenAPI holds: each parameter of a path is declared, each answer described', () => {
  for (const [path, { parameters = [], ...operations }] of Object.entries(paths)) {
    const named = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
    expect(
      (parameters as unknown as { name: string }[]).map(({ name }) => name),
      path,
    ).toEqual(named);
    for (const operation of Object.values(operations))
      if (!operation.isDefaultRoute) expect(operation).toHaveProperty('responses.default.description');
  }
  expect(paths['/$default']).toHaveProperty('x-amazon-apigateway-any-method');
});

test('the API waits for no function, which knows its address', () => {
  for (const resource of [api, service.Resources['ApiRole']])
    expect(JSON.stringify(resource)).not.toMatch(/"(Ref|Fn::GetAtt)":\[?"\w+Function"/);
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
  expect(ofType(service, 'AWS::ApiGatewayV2::Api')).toHaveLength(1);
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

test('C104: the files of pages, which are large, have a rate of their own below that of the rest', () => {
  const [[, stage]] = ofType(service, 'AWS::ApiGatewayV2::Stage') as [[string, Resource]];
  const { DefaultRouteSettings, RouteSettings } = stage.Properties as unknown as {
    DefaultRouteSettings: { ThrottlingRateLimit: number };
    RouteSettings: Record<string, { ThrottlingRateLimit: number }>;
  };
  expect(entries.flatMap(routesOf)).toEqual(expect.arrayContaining(Object.keys(RouteSettings)));
  for (const route of ['GET /assets/{file}', 'GET /openapi.json', 'POST /v1/sessions', 'POST /login'])
    expect(RouteSettings[route]!.ThrottlingRateLimit, route).toBeLessThan(
      DefaultRouteSettings.ThrottlingRateLimit,
    );
});

test('R8.4: pages and the token endpoint take what the usual route takes: whoever fills one of dear ones shuts out no guest', () => {
  const { RouteSettings } = ofType(service, 'AWS::ApiGatewayV2::Stage')[0]![1].Properties as unknown as {
    RouteSettings: Record<string, unknown>;
  };
  const narrow = Object.keys(RouteSettings).filter((route) => route.startsWith('GET '));
  expect(narrow.toSorted()).toEqual(['GET /assets/{file}', 'GET /openapi.json']);
  for (const route of ['POST /oauth/token', 'POST /oauth/authorize', 'POST /v1/invites/verify'])
    expect(RouteSettings).not.toHaveProperty(route);
  expect(RouteSettings).toHaveProperty('POST /v1/codes');
});

test('R8.4: requestsPerSecond sets the throttles of the stage, bursts in proportion', () => {
  const throttles = (requestsPerSecond: number) =>
    ofType(synthesize(entries, { requestsPerSecond }).service, 'AWS::ApiGatewayV2::Stage')[0]![1]
      .Properties as unknown as {
      DefaultRouteSettings: Throttle;
      RouteSettings: Record<string, Throttle>;
    };
  const [usual, double] = [throttles(10), throttles(20)];
  const twice = ({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst }: Throttle): Throttle => ({
    ThrottlingRateLimit: 2 * rate,
    ThrottlingBurstLimit: 2 * burst,
  });
  expect(double.DefaultRouteSettings).toEqual(twice(usual.DefaultRouteSettings));
  for (const [route, throttle] of Object.entries(usual.RouteSettings))
    expect(double.RouteSettings[route], route).toEqual(twice(throttle));
  // R4.12: a hundred simultaneous sign-ins are let in.
  expect(usual.RouteSettings['POST /v1/sessions']!.ThrottlingBurstLimit).toBeGreaterThanOrEqual(100);
  // AWS accepts no higher burst limit, and would refuse the deployment.
  expect(throttles(1_000).DefaultRouteSettings.ThrottlingBurstLimit).toBe(5_000);
});

test('R8.4: whatever hashes a password is throttled below the rest', () => {
  const { RouteSettings } = stage.Properties as unknown as { RouteSettings: Record<string, Throttle> };
  const hashing = entries.filter(
    ({ id }) => functionsOf(service).get(id)!.Properties['MemorySize'] === 1_769,
  );
  expect(hashing.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['session-create', 'registration-create', 'password-update', 'password-reset']),
  );
  for (const route of hashing.flatMap(routesOf))
    expect(RouteSettings[route]!.ThrottlingRateLimit, route).toBe(1.25);
});

test('R8.3: the stage changes after all else, so that a deployment that fails has told API Gateway no throttle of a route that it takes back', () => {
  const [id, { DependsOn = [] }] = ofType(service, 'AWS::ApiGatewayV2::Stage')[0]!;
  // The stage refers to the API and the log group itself.
  const others = Object.keys(service.Resources).filter((one) => ![id, 'Api', 'AccessLogs'].includes(one));
  expect(DependsOn.toSorted()).toEqual(others.toSorted());
});
