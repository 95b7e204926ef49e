import { JwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { send } from '../harness/http/http.ts';

const { stack, admin } = useAdmin('plain', { fresh: true });

/**
 * Verifies as API Gateway's authorizers and functions behind a load balancer do. It fetches keys over HTTPS only, which this stack
 * does not serve.
 */
async function verifierFor(audience: string) {
  const { json } = await send<{ issuer: string; jwks_uri: string }>(
    stack(),
    'GET',
    '/.well-known/openid-configuration',
  );
  return JwtVerifier.create(
    { issuer: json.issuer, jwksUri: json.jwks_uri, audience },
    {
      jwksCache: new SimpleJwksCache({
        fetcher: { fetch: async (uri) => (await fetch(uri)).arrayBuffer() },
      }),
    },
  );
}

test('R6.2: aws-jwt-verify takes our tokens as they are, by discovery and JWKS', async () => {
  const { json } = await send<{ token: string }>(stack(), 'POST', '/v1/tokens', {
    json: { audience: 'relay' },
    token: admin.session.token,
  });
  const claims = await (await verifierFor('relay')).verify(json.token);
  expect(claims).toMatchObject({ sub: admin.user.id, aud: 'relay', iss: stack().app });
  await expect((await verifierFor('latchkey')).verify(json.token)).rejects.toThrow('Audience');
  const [header, payload, signature] = json.token.split('.') as [string, string, string];
  const altered = `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
  await expect((await verifierFor('relay')).verify(altered)).rejects.toThrow('Invalid signature');
});
