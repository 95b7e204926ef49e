import * as openid from 'openid-client';
import { expect, test } from 'vitest';
import { parseSettings } from '#shared/deployment/settings.ts';
import { follow, signedInBrowser } from '../harness/apps/browser.ts';
import { mailedGuest } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();

const redirect_uri = 'http://127.0.0.1:3000/callback';
const insecure = { execute: [openid.allowInsecureRequests] };

test('R6.1: openid-client, as it is, signs in, refreshes, reads userinfo, revokes and signs out', async () => {
  const guest = await mailedGuest(stack(), admin);
  const browser = await signedInBrowser(stack(), guest);
  const config = await openid.discovery(new URL(stack().app), 'portal', undefined, openid.None(), insecure);
  const [state, nonce, verifier] = [
    openid.randomState(),
    openid.randomNonce(),
    openid.randomPKCECodeVerifier(),
  ];
  const to = openid.buildAuthorizationUrl(config, {
    redirect_uri,
    scope: 'openid profile email offline_access',
    state,
    nonce,
    max_age: '600',
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const back = await follow(browser, to);
  const checks = {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    maxAge: 600,
    idTokenExpected: true,
  };
  const tokens = await openid.authorizationCodeGrant(config, back, checks);
  const { id, email, username } = guest.user;
  expect(tokens.claims()).toMatchObject({ sub: id, email, preferred_username: username });

  const fresh = await openid.refreshTokenGrant(config, tokens.refresh_token!);
  expect(fresh.claims()?.sub).toBe(id);
  expect(await openid.fetchUserInfo(config, fresh.access_token, id)).toMatchObject({ sub: id, email });

  await openid.tokenRevocation(config, fresh.refresh_token!);
  await expect(openid.refreshTokenGrant(config, fresh.refresh_token!)).rejects.toMatchObject({
    error: 'invalid_grant',
  });

  const out = openid.buildEndSessionUrl(config, {
    id_token_hint: fresh.id_token!,
    post_logout_redirect_uri: 'https://portal.example.com/',
    state: 'bye',
  });
  expect((await follow(browser, out)).href).toBe('https://portal.example.com/?state=bye');
  const signedOut = await follow(
    browser,
    openid.buildAuthorizationUrl(config, { ...Object.fromEntries(to.searchParams), prompt: 'none' }),
  );
  expect(signedOut.searchParams.get('error')).toBe('login_required');
});

test('R6.1 R6.4: openid-client with a secret of a confidential app, by Basic and by the form', async () => {
  const browser = await signedInBrowser(stack(), admin);
  // The library takes the redirect URI from the address to which people returned, without its query.
  const redirect_uri = 'https://intranet.example.com/callback';
  const { apps } = parseSettings({
    apps: { intranet: { redirectUris: [redirect_uri], confidential: true } },
  });
  stack().deploy({ apps });
  const { secret } = (await stack().invoke('app-secret', { app: 'intranet', renew: true })) as {
    secret: string;
  };
  for (const authentication of [openid.ClientSecretBasic(secret), openid.ClientSecretPost(secret)]) {
    const config = await openid.discovery(new URL(stack().app), 'intranet', {}, authentication, insecure);
    const [expectedState, pkceCodeVerifier] = [openid.randomState(), openid.randomPKCECodeVerifier()];
    const to = openid.buildAuthorizationUrl(config, {
      redirect_uri,
      scope: 'openid',
      state: expectedState,
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    });
    const tokens = await openid.authorizationCodeGrant(config, await follow(browser, to), {
      expectedState,
      pkceCodeVerifier,
    });
    expect(tokens.claims()?.sub).toBe(admin.user.id);
  }
});
