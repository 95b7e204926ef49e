import type { AuthConfig } from '@auth/core';
import { decodeJwt } from 'jose';

const issuer = process.env['AUTH_LATCHKEY_ISSUER']!;
const client = {
  client_id: process.env['AUTH_LATCHKEY_ID']!,
  client_secret: process.env['AUTH_LATCHKEY_SECRET']!,
};

/** The tokens from Latchkey's token endpoint. Auth.js keeps them in its encrypted cookie. */
interface Tokens {
  access_token?: string;
  id_token?: string;
  refresh_token?: string;
}

const kept = ({ access_token, id_token, refresh_token }: Tokens) => {
  const { sub, role, exp } = decodeJwt(String(id_token));
  return { access_token, id_token, refresh_token, sub: sub!, role, expires_at: exp! };
};

const post = (path: string, fields: Record<string, string>): Promise<Response> =>
  fetch(issuer + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });

/** Sign-in with Latchkey for Auth.js: `NextAuth(latchkey)`. */
export const latchkey = {
  providers: [
    {
      id: 'latchkey',
      name: 'Latchkey',
      type: 'oidc',
      issuer,
      clientId: client.client_id,
      clientSecret: client.client_secret,
      authorization: { params: { scope: 'openid profile email offline_access' } },
      checks: ['pkce', 'state', 'nonce'],
    },
  ],
  callbacks: {
    async jwt({ token, account }) {
      if (account) return { ...token, ...kept(account) };
      const { expires_at, refresh_token } = token;
      if (Date.now() < (Number(expires_at) - 30) * 1_000) return token;
      // Auth.js asks Latchkey every ten minutes. Latchkey refuses if it has signed out or disabled the person (400), or no longer knows
      // the app or its secret (401).
      const fields = { grant_type: 'refresh_token', refresh_token: String(refresh_token), ...client };
      const answer = await post('/oauth/token', fields).catch(() => undefined);
      if (answer?.status === 400 || answer?.status === 401) return null;
      return answer?.ok ? { ...token, ...kept((await answer.json()) as Tokens) } : token;
    },
    // Scripts of your pages can read the session, so it must not contain the tokens.
    session: ({ session, token: { sub, role } }) => ({
      ...session,
      user: { ...session.user, id: sub!, role },
    }),
  },
  events: {
    // Signing out of the app also signs out of Latchkey.
    async signOut(ended) {
      if ('token' in ended && ended.token)
        await post('/oauth/logout', { id_token_hint: String(ended.token['id_token']) });
    },
  },
} satisfies AuthConfig;
