import * as z from 'zod/mini';
import { readSigners } from '#shared/sessions/signers.ts';
import { published } from '#shared/sessions/signer.ts';
import { operation } from '#shared/operation/operation.ts';

/** A public Ed25519 key (RFC 8037). */
const publicKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  kid: z.string(),
  alg: z.literal('EdDSA'),
  use: z.literal('sig'),
});

export default operation({
  summary:
    'The public keys of access tokens (RFC 7517): the present one, its successor, and those just retired.',
  method: 'GET',
  path: '/.well-known/jwks.json',
  auth: 'public',
  response: z.object({ keys: z.array(publicKey) }),
  uses: [readSigners],
  errors: [],
  rate: [{ per: 'address', limit: 120, window: '1m' }],
  async run({ signers, clock }) {
    const keys = published(await signers.list(), clock.now());
    return {
      keys: keys.map(({ id, publicKey: { x = '' } }) => ({
        kty: 'OKP' as const,
        crv: 'Ed25519' as const,
        x,
        kid: id,
        alg: 'EdDSA' as const,
        use: 'sig' as const,
      })),
    };
  },
});
