import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, LambdaFunctionURLEvent } from 'aws-lambda';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { handler as hello } from '#examples/api/hello.ts';
import { letThrough } from '#examples/api/load-balancer.ts';
import { ApiStack } from '#examples/api/stack.ts';
import { refresh, signInToPortal, type Tokens } from '../harness/apps/door.ts';
import { authorizedClaims, jwtConfiguration } from '../harness/apps/jwt-authorizer.ts';
import { send } from '../harness/http/http.ts';
import { mailedGuest } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();

const audience = 'https://api.example.com';
let tokens: Tokens;
beforeAll(async () => {
  tokens = await signInToPortal(stack(), admin);
});
afterAll(() => void vi.unstubAllEnvs());

/** The recipe's authorizer in CloudFormation's form. */
function recipe() {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const api = new ApiStack(app, 'Api', {
    issuer: stack().app,
    audience,
    origins: ['https://page.example.com'],
  });
  const template = Template.fromStack(api);
  const [authorizer] = Object.values(template.findResources('AWS::ApiGatewayV2::Authorizer'));
  template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
    RouteKey: 'GET /',
    AuthorizationType: 'JWT',
    AuthorizerId: Match.anyValue(),
  });
  expect(authorizer).toMatchObject({
    Properties: { AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'] },
  });
  return jwtConfiguration.parse(
    (authorizer as { Properties: Record<string, unknown> }).Properties['JwtConfiguration'],
  );
}

test('R6.2 R6.6: the authorizer of the recipe for an HTTP API takes an access token for it, and its function reads whose it is', async () => {
  const claims = await authorizedClaims(`Bearer ${tokens.access_token}`, recipe());
  expect(claims).toMatchObject({ sub: admin.user.id, client_id: 'portal', role: 'admin' });
  const event = { requestContext: { authorizer: { jwt: { claims } } } };
  expect(await hello(event as unknown as APIGatewayProxyEventV2WithJWTAuthorizer)).toEqual({
    statusCode: 200,
    body: `Hello from the API, admin ${admin.user.id}`,
  });
});

test('R6.2: it takes no ID token, no token for another audience, none that has ended, is altered or is not there', async () => {
  const configuration = recipe();
  const relay = await signInToPortal(stack(), admin, { resource: 'relay' });
  const altered = `${tokens.access_token.slice(0, -8)}AAAAAAAA`;
  for (const token of [tokens.id_token, relay.access_token, altered, ''])
    expect(await authorizedClaims(`Bearer ${token}`, configuration)).toBeUndefined();
  const inTenMinutes = Date.now() + 601_000;
  expect(
    await authorizedClaims(`Bearer ${tokens.access_token}`, configuration, inTenMinutes),
  ).toBeUndefined();
});

test('R6.2 R6.5 R6.6: a function without a gateway checks by aws-jwt-verify: tokens of a sign-in and of a refresh, until ten minutes after a sign-out', async () => {
  vi.stubEnv('ISSUER', stack().app);
  vi.stubEnv('AUDIENCE', audience);
  const { handler, verifier } = await import('#examples/api/verify.ts');
  // The verifier fetches over https only, which this stack does not serve.
  verifier.cacheJwks((await (await fetch(`${stack().app}/.well-known/jwks.json`)).json()) as never);
  const call = (token: string) =>
    handler({ headers: { authorization: `Bearer ${token}` } } as unknown as LambdaFunctionURLEvent);
  expect(await call(tokens.access_token)).toEqual({ statusCode: 200, body: `Hello, ${admin.user.id}` });
  expect(await call(tokens.id_token)).toEqual({ statusCode: 401 });

  const guest = await mailedGuest(stack(), admin);
  const first = await signInToPortal(stack(), guest);
  const { json: fresh } = await refresh(stack(), first.refresh_token!);
  expect(await call(fresh.access_token)).toEqual({ statusCode: 200, body: `Hello, ${guest.user.id}` });
  const out = `/oauth/logout?id_token_hint=${fresh.id_token}`;
  expect((await send(stack(), 'GET', out)).status).toBe(303);
  expect((await refresh(stack(), fresh.refresh_token!)).json).toMatchObject({ error: 'invalid_grant' });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 601_000 });
  expect(await call(fresh.access_token)).toEqual({ statusCode: 401 });
  vi.useRealTimers();
});

test('R6.2 R6.6: the rule of the recipe for a load balancer lets through by issuer, keys and audience, as our tokens have them', () => {
  const scope = new Stack(new App(), 'Web');
  letThrough(scope, {
    issuer: stack().app,
    audience,
    listenerArn: 'arn:listener',
    targetGroupArn: 'arn:target',
  });
  Template.fromStack(scope).hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', {
    Actions: [
      {
        Order: 1,
        Type: 'jwt-validation',
        JwtValidationConfig: {
          Issuer: stack().app,
          JwksEndpoint: `${stack().app}/.well-known/jwks.json`,
          AdditionalClaims: [{ Name: 'aud', Format: 'single-string', Values: [audience] }],
        },
      },
      { Order: 2, Type: 'forward', TargetGroupArn: 'arn:target' },
    ],
  });
  // The load balancer accepts only RS256, and `aud` only as one string.
  expect(decodeProtectedHeader(tokens.access_token).alg).toBe('RS256');
  expect(decodeJwt(tokens.access_token)).toMatchObject({ iss: stack().app, aud: audience });
});
