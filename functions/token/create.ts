import * as z from 'zod/mini';
import { second } from '#shared/clock.ts';
import { useSigners } from '#shared/sessions/use-signers.ts';
import { accessTokenSeconds, audiencesOf, claimsOf, tokenResponse } from '#shared/sessions/access-token.ts';
import { toIso } from '#shared/http/time.ts';
import { signAccessToken } from '#shared/sessions/sign-token.ts';
import { atMost } from '#shared/http/fields.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'Makes a signed token by which a backend knows me for ten minutes.',
  method: 'POST',
  path: '/v1/tokens',
  auth: 'session',
  body: z.strictObject({ audience: z.string().check(z.minLength(1), atMost(200)) }),
  response: tokenResponse,
  status: 201,
  uses: [useSigners],
  errors: ['invalid', 'busy'],
  rate: [{ per: 'user', limit: 60, window: '1m' }],
  ifLost: null,
  async run({ body: { audience }, caller, signers, clock, settings, origin, log, fail }) {
    const audiences = audiencesOf(settings);
    if (!audiences.includes(audience)) {
      const choices = audiences.join(', ');
      return fail('invalid', { errors: [{ path: 'audience', text: 'choice', values: { choices } }] });
    }
    const now = clock.now();
    const signer = await signers.present(now);
    const claims = claimsOf(caller.user, caller.session);
    const token = await signAccessToken(claims, signer, { issuer: origin, audience, now });
    log.info('token.created', { userId: caller.user.id, sessionId: caller.session.id });
    return { token, expiresAt: toIso(now + accessTokenSeconds * second) };
  },
});
