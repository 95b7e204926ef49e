import { Auth, type AuthConfig } from '@auth/core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parseSettings } from '#shared/deployment/settings.ts';
import { follow, signedInBrowser } from '../harness/apps/browser.ts';
import { fieldsOf } from '../harness/http/visitor.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();

const site = 'http://127.0.0.1:3000';
let config: AuthConfig;
beforeAll(async () => {
  stack().deploy(settings());
  const { secret } = (await stack().invoke('app-secret', { app: 'website' })) as { secret: string };
  vi.stubEnv('AUTH_LATCHKEY_ISSUER', stack().app);
  vi.stubEnv('AUTH_LATCHKEY_ID', 'website');
  vi.stubEnv('AUTH_LATCHKEY_SECRET', secret);
  const { latchkey } = await import('#examples/nextjs/latchkey.ts');
  config = { basePath: '/api/auth', secret: 'a secret of the site', trustHost: true, providers: [latchkey] };
});

afterAll(() => void vi.unstubAllEnvs());

const settings = () => {
  const website = { redirectUris: [`${site}/api/auth/callback/latchkey`], confidential: true };
  return { apps: parseSettings({ apps: { website } }).apps };
};

/** A browser at the site: keeps its cookies. */
function visitor() {
  const cookies = new Map<string, string>();
  return async (url: string | URL, form?: Readonly<Record<string, string>>): Promise<Response> => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const body = form && new URLSearchParams(form);
    const response = await Auth(
      new Request(url, { headers: { cookie }, ...(body && { method: 'POST', body }) }),
      config,
    );
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
}

test('R6.1: Auth.js, as it is, signs in by its provider of OpenID Connect, with the secret of the app', async () => {
  stack().deploy(settings());
  const visit = visitor();
  const page = await (await visit(`${site}/api/auth/signin`)).text();
  const begun = await visit(`${site}/api/auth/signin/latchkey`, fieldsOf(page));
  const to = new URL(begun.headers.get('location')!);
  expect(to.origin).toBe(stack().app);
  const back = await follow(await signedInBrowser(stack(), admin), to);
  const done = await visit(back);
  expect(done.headers.get('location')).toBe(site);
  const { user } = (await (await visit(`${site}/api/auth/session`)).json()) as { user: object };
  expect(user).toMatchObject({ email: admin.user.email });
});
