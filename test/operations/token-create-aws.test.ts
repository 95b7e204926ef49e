import { JwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { send } from '../harness/http/http.ts';

const { stack, admin } = useAdmin('plain', { fresh: true });

/** As API Gateway's authorizers and functions behind a load balancer do. It fetches by https alone, of which there is none here. */
const verifierFor = (audience: string) =>
  JwtVerifier.create(
    { issuer: stack().app, audience },
    {
      jwksCache: new SimpleJwksCache({
        fetcher: { fetch: async (uri) => (await fetch(uri)).arrayBuffer() },
      }),
    },
  );

test('R6.2: aws-jwt-verify takes our tokens as they are, by issuer and JWKS', async () => {
  const { json } = await send<{ token: string }>(stack(), 'POST', '/v1/tokens', {
    json: { audience: 'relay' },
    token: admin.session.token,
  });
  const claims = await verifierFor('relay').verify(json.token);
  expect(claims).toMatchObject({ sub: admin.user.id, aud: 'relay', iss: stack().app });
  await expect(verifierFor('latchkey').verify(json.token)).rejects.toThrow('Audience');
  const [header, payload, signature] = json.token.split('.') as [string, string, string];
  const altered = `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
  await expect(verifierFor('relay').verify(altered)).rejects.toThrow('Invalid signature');
});
