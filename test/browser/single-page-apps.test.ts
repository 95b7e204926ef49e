import { readFileSync } from 'node:fs';
import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type { UserManager } from 'oidc-client-ts';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { handler as hello } from '#examples/api/hello.ts';
import { parseSettings } from '#shared/deployment/settings.ts';
import { authorizedClaims } from '../harness/apps/jwt-authorizer.ts';
import { bundled, siteOf } from '../harness/apps/site.ts';
import { listenAt } from '../harness/http/listen.ts';
import { password, type SignedIn } from '../harness/people/people.ts';
import { keyHolder } from '../harness/relay/relay.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { browserRuns } from './chromium.ts';
import { fillIn, useBrowser } from './visit.ts';

const audience = 'https://api.example.com';

describe.skipIf(!browserRuns)('pages of other origins', () => {
  const { stack, admin } = useAdmin();
  const open = useBrowser();
  let guest: SignedIn;
  beforeAll(async () => {
    guest = await keyHolder(stack(), admin);
  });

  /** Registers the site as an app with Latchkey. */
  const deploy = (site: string) =>
    stack().deploy({
      apps: parseSettings({
        apps: {
          spa: {
            origins: [site],
            redirectUris: [`${site}/`],
            postLogoutRedirectUris: [`${site}/`],
            audiences: [audience, 'relay'],
            refresh: true,
          },
        },
      }).apps,
    });

  const signIn = (page: Page) =>
    fillIn(page, { 'Email address or username': guest.user.username, Password: password }, 'Sign in');

  /** An API behind the authorizer that the recipe configures, with the recipe's function. */
  const apiFor = (site: () => string) =>
    listenAt((request, response) => {
      const { headers, method } = request;
      const cors = { 'access-control-allow-origin': site(), 'access-control-allow-headers': 'authorization' };
      if (method === 'OPTIONS') return void response.writeHead(204, cors).end();
      const answer = async () => {
        const claims = await authorizedClaims(headers.authorization, {
          Issuer: stack().app,
          Audience: [audience],
        });
        if (!claims) return response.writeHead(401, cors).end();
        const event = { requestContext: { authorizer: { jwt: { claims } } } };
        const { statusCode = 500, body } = await hello(
          event as unknown as APIGatewayProxyEventV2WithJWTAuthorizer,
        );
        return response.writeHead(statusCode, cors).end(body);
      };
      void answer();
    });

  test('R6.1 R6.6 R6.8: the page of the recipe signs in, calls an API and the relay, and signs out', async () => {
    let site = '';
    const api = await apiFor(() => site);
    const html = readFileSync(new URL('../../examples/spa/index.html', import.meta.url), 'utf8');
    const page = () =>
      html
        .replace('http://localhost:4800', stack().app)
        .replace('http://127.0.0.1:3001/', `${api}/`)
        .replace('http://127.0.0.1:4802', stack().relay!);
    site = await listenAt(siteOf(page, await bundled({ file: 'examples/spa/app.ts' })));
    deploy(site);

    const tab = await open({ locale: 'en' });
    await tab.goto(site);
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await signIn(tab);
    await tab.getByText(`Hello, ${guest.user.username}`).waitFor();
    // The page's address does not keep the code.
    expect(tab.url()).toBe(`${site}/`);
    await tab.getByRole('button', { name: 'Ask the API' }).click();
    await tab.getByText(`Hello from the API, general ${guest.user.id}`).waitFor();
    await tab.getByRole('button', { name: 'Ask Claude' }).click();
    await expect.poll(() => tab.locator('#said').textContent()).not.toContain('Hello');
    expect(stack().provider.requests().at(-1)).toMatchObject({ service: 'claude' });
    stack().provider.behave([{ kind: 'error', status: 400, times: 1 }]);
    await tab.getByRole('button', { name: 'Ask Claude' }).click();
    await tab.getByText('The request is invalid.').waitFor();
    await tab.getByRole('button', { name: 'Sign out' }).click();
    await tab.waitForURL(`${site}/`);
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await tab.waitForURL(`${stack().app}/login?**`);
  });

  test('R6.1: oidc-client-ts, as it is, signs in, reads userinfo, refreshes, revokes and signs out', async () => {
    const script = `
      import { UserManager } from 'oidc-client-ts';
      const manager = new UserManager({
        authority: '${stack().app}', client_id: 'spa',
        redirect_uri: location.origin + '/', post_logout_redirect_uri: location.origin + '/',
        scope: 'openid profile email offline_access', loadUserInfo: true, automaticSilentRenew: false,
      });
      if (location.search.includes('code=')) await manager.signinCallback();
      globalThis.manager = manager;
    `;
    const page = () => '<!doctype html><title>Site</title><script type="module" src="/app.js"></script>';
    const site = await listenAt(siteOf(page, await bundled({ code: script })));
    deploy(site);

    type Site = typeof globalThis & { manager?: UserManager };
    const tab = await open({ locale: 'en' });
    const isReady = () => tab.waitForFunction(() => (globalThis as Site).manager !== undefined);
    await tab.goto(site);
    await isReady();
    await tab.evaluate(() => void (globalThis as Site).manager!.signinRedirect());
    await tab.waitForURL(`${stack().app}/login?**`);
    await signIn(tab);
    await tab.waitForURL(`${site}/?code=**`);
    await isReady();
    const profile = await tab.evaluate(async () => (await (globalThis as Site).manager!.getUser())?.profile);
    expect(profile).toMatchObject({ sub: guest.user.id, email: guest.user.email });

    const [before, after] = await tab.evaluate(async () => {
      const { manager } = globalThis as Site;
      const old = await manager!.getUser();
      const fresh = await manager!.signinSilent();
      return [old?.access_token, fresh?.access_token];
    });
    expect(after).toEqual(expect.any(String));
    expect(after).not.toBe(before);
    const refused = await tab.evaluate(async () => {
      const { manager } = globalThis as Site;
      const { refresh_token } = (await manager!.getUser())!;
      await manager!.revokeTokens(['refresh_token']);
      const user = (await manager!.getUser())!;
      await manager!.storeUser(Object.assign(user, { refresh_token }));
      return manager!.signinSilent().then(
        () => 'taken',
        (error: Error & { error?: string }) => error.error,
      );
    });
    expect(refused).toBe('invalid_grant');
    await tab.evaluate(() => void (globalThis as Site).manager!.signoutRedirect());
    await tab.waitForURL(`${site}/`);
    await isReady();
    await tab.evaluate(
      () => void (globalThis as Site).manager!.signinRedirect({ prompt: 'none' }).catch(() => undefined),
    );
    await tab.waitForURL(`${site}/?error=login_required**`);
  });
});
