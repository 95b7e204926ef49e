import * as z from 'zod/mini';
import { readSigners } from '#shared/sessions/signers.ts';
import { published } from '#shared/sessions/signer.ts';
import { operation } from '#shared/operation/operation.ts';

const text = z.string();
const anyKey = { kid: text, use: z.literal('sig') };

/** Public keys: of RSA and elliptic curves (RFC 7518, 6), and of Ed25519 (RFC 8037, RFC 9864). */
const publicKey = z.discriminatedUnion('kty', [
  z.object({ kty: z.literal('RSA'), n: text, e: text, alg: z.literal('RS256'), ...anyKey }),
  z.object({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: text,
    y: text,
    alg: z.literal('ES256'),
    ...anyKey,
  }),
  z.object({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: text,
    alg: z.enum(['Ed25519', 'EdDSA']),
    ...anyKey,
  }),
]);

export default operation({
  summary:
    'The public keys of access and ID tokens (RFC 7517): the present one, its successor, and those just retired.',
  method: 'GET',
  path: '/.well-known/jwks.json',
  auth: 'public',
  cors: 'apps',
  cacheSeconds: 60,
  response: z.object({ keys: z.array(publicKey) }),
  uses: [readSigners],
  errors: [],
  rate: [{ per: 'address', limit: 120, window: '1m' }],
  async run({ signers, clock }) {
    const keys = published(await signers.list(), clock.now());
    return {
      // We made these keys ourselves, so the cast is safe; the schema lets only public members through.
      keys: keys.map(
        ({ id, alg, publicKey: jwk }) => ({ ...jwk, kid: id, alg, use: 'sig' }) as z.input<typeof publicKey>,
      ),
    };
  },
});
