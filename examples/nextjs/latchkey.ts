import type { OIDCConfig } from '@auth/core/providers';

/** Latchkey as a provider of Auth.js. */
export const latchkey: OIDCConfig<Record<string, string>> = {
  id: 'latchkey',
  name: 'Latchkey',
  type: 'oidc',
  issuer: process.env['AUTH_LATCHKEY_ISSUER']!,
  clientId: process.env['AUTH_LATCHKEY_ID']!,
  clientSecret: process.env['AUTH_LATCHKEY_SECRET']!,
  authorization: { params: { scope: 'openid profile email' } },
  checks: ['pkce', 'state', 'nonce'],
};
