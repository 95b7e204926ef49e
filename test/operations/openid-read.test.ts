import * as oauth from 'oauth4webapi';
import { expect, test } from 'vitest';
import { send } from '../harness/http/http.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';

const { stack, admin } = useAdmin('plain', { fresh: true });

const paths = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'] as const;
type Metadata = Record<string, string | boolean | string[]>;
const read = (path: string = paths[0]) => send<Metadata>(stack(), 'GET', path);

test('200 R6.1: the same document for OpenID Connect and for OAuth, which may be kept for a while', async () => {
  const sent = await sendEvent<Metadata>(stack(), 'openid-read');
  expect(sent.status).toBe(200);
  for (const path of paths) {
    const { status, headers, json } = await read(path);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(headers['cache-control']).toBe('public, max-age=300');
    expect(json).toEqual(sent.json);
    expect((await send(stack(), 'HEAD', path)).status).toBe(200);
  }
});

test('R6.1: it has what OpenID Connect Discovery 1.0 (3) and RFC 8414 (2) ask for, and nothing without a value', async () => {
  const { json } = await read();
  const required = [
    'issuer',
    'authorization_endpoint',
    'token_endpoint',
    'jwks_uri',
    'response_types_supported',
    'subject_types_supported',
    'id_token_signing_alg_values_supported',
  ];
  for (const name of required) expect(json, name).toHaveProperty(name);
  // RFC 8414, 2 and 3.2: an issuer has no query and no fragment and is the address that was asked; no list is empty.
  expect(json['issuer']).toBe(stack().app);
  for (const [name, value] of Object.entries(json)) {
    expect(value, name).not.toBeNull();
    if (Array.isArray(value)) expect(value.length, name).toBeGreaterThan(0);
    if (/_endpoint$|_uri$/.test(name)) expect(new URL(value as string).origin, name).toBe(stack().app);
  }
  expect(json).toMatchObject({
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    prompt_values_supported: ['none', 'login', 'create'],
    ui_locales_supported: ['ja', 'zh', 'en'],
    authorization_response_iss_parameter_supported: true,
    // If this member were left out, clients would assume support.
    request_uri_parameter_supported: false,
    request_parameter_supported: false,
    claims_parameter_supported: false,
  });
  for (const claim of ['sub', 'sid', 'auth_time', 'email_verified', 'preferred_username', 'role'])
    expect(json['claims_supported']).toContain(claim);
});

test('R6.1 R6.2: oauth4webapi finds the provider by either standard', async () => {
  const issuer = new URL(stack().app);
  for (const algorithm of ['oidc', 'oauth2'] as const) {
    const answer = await oauth.discoveryRequest(issuer, { algorithm, [oauth.allowInsecureRequests]: true });
    const found = await oauth.processDiscoveryResponse(issuer, answer);
    expect(found.issuer).toBe(stack().app);
    const keys = await fetch(found.jwks_uri!);
    expect(keys.status).toBe(200);
  }
});

test('while the way of signing changes, it names the present algorithm beside the new one', async () => {
  const algorithms = async () => (await read()).json['id_token_signing_alg_values_supported'];
  stack().deploy({ tokenSigning: 'ES256' });
  expect(await algorithms(), 'there is no key yet').toEqual(['ES256']);

  stack().deploy({});
  const token = admin.session.token;
  await send(stack(), 'POST', '/v1/tokens', { json: { audience: 'relay' }, token });
  expect(await algorithms()).toEqual(['RS256']);
  stack().deploy({ tokenSigning: 'ES256' });
  expect(await algorithms()).toEqual(['ES256', 'RS256']);
  await stack().invoke('key-rotate');
  expect(await algorithms()).toEqual(['ES256', 'RS256']);
  stack().clock.offsetSeconds = 7_210;
  expect(await algorithms()).toEqual(['ES256']);
});

test('the endpoints that it names are there', async () => {
  const { json } = await read();
  const known = Object.entries(json).filter(([name]) => /_endpoint$|_uri$/.test(name));
  expect(known.length).toBeGreaterThanOrEqual(6);
  for (const [name, address] of known) {
    const path = new URL(address as string).pathname;
    const statuses = await Promise.all(
      ['GET', 'POST'].map(async (method) => (await send(stack(), method, path)).status),
    );
    expect(
      statuses.some((status) => status !== 404),
      name,
    ).toBe(true);
  }
});
