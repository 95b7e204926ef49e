import * as oauth from 'oauth4webapi';
import { expect, test } from 'vitest';
import { follow, signedInBrowser } from '../harness/apps/browser.ts';
import { mailedGuest } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();

const redirectUri = 'http://127.0.0.1:3000/callback';
const insecure = { [oauth.allowInsecureRequests]: true };
const client = { client_id: 'portal' };

test.each(['oidc', 'oauth2'] as const)(
  'R6.1: oauth4webapi, as it is, by discovery of %s: signs in, refreshes for another audience, reads userinfo, revokes, signs out',
  async (algorithm) => {
    const guest = await mailedGuest(stack(), admin);
    const issuer = new URL(stack().app);
    const found = await oauth.discoveryRequest(issuer, { algorithm, ...insecure });
    const as = await oauth.processDiscoveryResponse(issuer, found);
    const [state, verifier] = [oauth.generateRandomState(), oauth.generateRandomCodeVerifier()];
    const to = new URL(as.authorization_endpoint!);
    to.search = String(
      new URLSearchParams({
        ...client,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'openid email offline_access',
        state,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }),
    );
    const browser = await signedInBrowser(stack(), guest);
    const back = await follow(browser, to);
    const code = oauth.validateAuthResponse(as, client, back, state);
    const grant = [as, client, oauth.None()] as const;
    const tokens = await oauth.processAuthorizationCodeResponse(
      as,
      client,
      await oauth.authorizationCodeGrantRequest(...grant, code, redirectUri, verifier, insecure),
      { requireIdToken: true },
    );
    const { id, email } = guest.user;
    expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ sub: id, aud: 'portal' });

    const additionalParameters = { resource: 'relay' };
    const fresh = await oauth.processRefreshTokenResponse(
      as,
      client,
      await oauth.refreshTokenGrantRequest(...grant, tokens.refresh_token!, {
        ...insecure,
        additionalParameters,
      }),
    );
    const request = new Request('http://127.0.0.1/', {
      headers: { authorization: `Bearer ${fresh.access_token}` },
    });
    const claims = await oauth.validateJwtAccessToken(as, request, 'relay', insecure);
    expect(claims).toMatchObject({ sub: id, client_id: 'portal' });
    const told = await oauth.userInfoRequest(as, client, tokens.access_token, insecure);
    expect(await oauth.processUserInfoResponse(as, client, id, told)).toMatchObject({ sub: id, email });

    const revoked = await oauth.revocationRequest(...grant, fresh.refresh_token!, insecure);
    await oauth.processRevocationResponse(revoked);
    const dead = await oauth.refreshTokenGrantRequest(...grant, fresh.refresh_token!, insecure);
    await expect(oauth.processRefreshTokenResponse(as, client, dead)).rejects.toMatchObject({
      error: 'invalid_grant',
    });

    const home = 'https://portal.example.com/';
    const out = new URL(as.end_session_endpoint!);
    out.search = String(
      new URLSearchParams({ id_token_hint: fresh.id_token!, post_logout_redirect_uri: home }),
    );
    expect((await follow(browser, out)).href).toBe(home);
    to.searchParams.set('prompt', 'none');
    const signedOut = await follow(browser, to);
    expect(() => oauth.validateAuthResponse(as, client, signedOut, state)).toThrow(
      expect.objectContaining({ error: 'login_required' }),
    );
  },
);
