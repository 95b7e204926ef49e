import { Auth, type AuthConfig } from '@auth/core';
import { decode } from '@auth/core/jwt';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { parseSettings } from '#shared/deployment/settings.ts';
import { follow, signedInBrowser } from '../harness/apps/browser.ts';
import { authorizePath, newPkce, userinfo } from '../harness/apps/door.ts';
import { send } from '../harness/http/http.ts';
import { fieldsOf } from '../harness/http/visitor.ts';
import { mailedGuest } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();

const site = 'http://127.0.0.1:3000';
const redirect_uri = `${site}/api/auth/callback/latchkey`;
const secret = 'a secret of the site';
let config: AuthConfig;
beforeAll(async () => {
  stack().deploy(settings());
  const told = (await stack().invoke('app-secret', { app: 'website' })) as { secret: string };
  vi.stubEnv('AUTH_LATCHKEY_ISSUER', stack().app);
  vi.stubEnv('AUTH_LATCHKEY_ID', 'website');
  vi.stubEnv('AUTH_LATCHKEY_SECRET', told.secret);
  const { latchkey } = await import('#examples/nextjs/latchkey.ts');
  config = { ...latchkey, basePath: '/api/auth', secret, trustHost: true };
});
afterEach(() => void vi.useRealTimers());
afterAll(() => void vi.unstubAllEnvs());

const settings = () => {
  const website = { redirectUris: [redirect_uri], confidential: true, refresh: true };
  return { apps: parseSettings({ apps: { website } }).apps };
};

/** Moves Latchkey's clock and the site's. */
function pass(seconds: number): void {
  stack().clock.offsetSeconds += seconds;
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1_000 });
}

/** A browser at the site that keeps the site's cookies. */
function visitor() {
  const cookies = new Map<string, string>();
  const visit = async (path: string | URL, form?: Readonly<Record<string, string>>): Promise<Response> => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const body = form && new URLSearchParams(form);
    const response = await Auth(
      new Request(new URL(path, site), { headers: { cookie }, ...(body && { method: 'POST', body }) }),
      config,
    );
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  const salt = 'authjs.session-token';
  return {
    visit,
    /** The session that the site's pages see. */
    session: async () => (await visit('/api/auth/session')).json() as Promise<{ user: object } | null>,
    /** The tokens that the site keeps in its cookie, whole or in parts. */
    async tokens() {
      const parts = [...cookies].filter(([name]) => name.startsWith(salt)).toSorted();
      const token = parts.map(([, value]) => value).join('');
      return (await decode<Record<string, string>>({ token, secret, salt }))!;
    },
  };
}

async function signedIn() {
  stack().deploy(settings());
  const guest = await mailedGuest(stack(), admin);
  const browser = await signedInBrowser(stack(), guest);
  const app = visitor();
  const page = await (await app.visit('/api/auth/signin')).text();
  const begun = await app.visit('/api/auth/signin/latchkey', fieldsOf(page));
  const to = new URL(begun.headers.get('location')!);
  expect(to.origin).toBe(stack().app);
  const done = await app.visit(await follow(browser, to));
  expect(done.headers.get('location')).toBe(site);
  return { app, browser, guest };
}

test('R6.1 R6.6: Auth.js, as it is, signs in, calls, refreshes near the end of its tokens, and signs out of Latchkey', async () => {
  const { app, browser, guest } = await signedIn();
  const { id, email } = guest.user;
  expect((await app.session())?.user).toMatchObject({ id, email, role: 'general' });
  const first = await app.tokens();
  expect((await userinfo(stack(), first['access_token']!)).json).toMatchObject({ sub: id, email });

  const { token } = admin.session;
  await send(stack(), 'PATCH', `/v1/admin/users/${id}`, { json: { role: 'admin' }, token });
  pass(500);
  expect((await app.session())?.user).toMatchObject({ id, role: 'general' });
  expect((await app.tokens())['refresh_token']).toBe(first['refresh_token']);
  pass(75);
  expect((await app.session())?.user).toMatchObject({ id, role: 'admin' });
  const second = await app.tokens();
  expect(second['refresh_token']).not.toBe(first['refresh_token']);
  pass(30);
  expect((await userinfo(stack(), first['access_token']!)).status).toBe(401);
  expect((await userinfo(stack(), second['access_token']!)).status).toBe(200);

  const form = await (await app.visit('/api/auth/signout')).text();
  await app.visit('/api/auth/signout', fieldsOf(form));
  expect(await app.session()).toBeNull();
  expect((await userinfo(stack(), second['access_token']!)).status).toBe(401);
  const asked = { client_id: 'website', redirect_uri, prompt: 'none' };
  const back = await browser.get(authorizePath(newPkce().challenge, asked));
  expect(String(back.headers['location'])).toContain('error=login_required');
});

test('R6.5 R6.6: Auth.js signs out whom Latchkey has disabled, at the next refresh, and nobody while Latchkey is out', async () => {
  const { app, guest } = await signedIn();
  pass(575);
  stack().faults([{ function: 'oauth-token', kind: 'error', times: 99 }]);
  expect((await app.session())?.user).toMatchObject({ id: guest.user.id });
  stack().faults([]);
  const before = await app.tokens();
  expect((await app.session())?.user).toMatchObject({ id: guest.user.id });
  expect((await app.tokens())['refresh_token']).not.toBe(before['refresh_token']);
  const { token } = admin.session;
  await send(stack(), 'PATCH', `/v1/admin/users/${guest.user.id}`, { json: { disabled: true }, token });
  pass(575);
  expect(await app.session()).toBeNull();
});

test('R6.5 R6.6: Auth.js signs people out of an app that Latchkey no longer has', async () => {
  const { app } = await signedIn();
  expect(await app.session()).not.toBeNull();
  pass(575);
  stack().deploy({ apps: {} });
  expect(await app.session()).toBeNull();
});
