import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authorizePath, exchange, newPkce } from '../harness/apps/door.ts';
import { openInvite, password, register, somebody } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { browserRuns } from './chromium.ts';
import { expectGoodPage } from './page-checks.ts';
import { fillIn, useBrowser } from './visit.ts';

const label = 'Email address or username';
const texts = {
  email: 'メールアドレス',
  username: 'ユーザー名',
  password: 'パスワード',
  send: '登録して始める',
};

describe.skipIf(!browserRuns)('on the way to an app', () => {
  const { stack, admin } = useAdmin();
  const open = useBrowser();

  let server: Server;
  let redirect: { redirect_uri: string };
  /** Stands in for the app to which the browser returns with a code. */
  beforeAll(async () => {
    server = createServer((_request, response) => {
      response
        .setHeader('content-type', 'text/html')
        .end('<link rel="icon" href="data:,"><title>Portal</title>');
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    redirect = { redirect_uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback` };
  });
  afterAll(() => void server.close());

  /** The code with which the browser returns to the app. */
  async function comesBack(page: Page): Promise<string | null> {
    await page.waitForURL(`${redirect.redirect_uri}?**`);
    return new URL(page.url()).searchParams.get('code');
  }
  const authorize = (challenge: string, changes = {}) =>
    stack().app + authorizePath(challenge, { ...redirect, ...changes });

  test('R6.1: a session that is bound to a device proves its key by itself, and nobody presses anything', async () => {
    const page = await open();
    const { email, username } = somebody();
    await page.goto(`${stack().app}/invite/${await openInvite(stack(), admin, { kind: 'device' })}`);
    const typed = { [texts.email]: email, [texts.username]: username, [texts.password]: password };
    await fillIn(page, typed, texts.send);
    await page.waitForURL(`${stack().app}/`);
    const { verifier, challenge } = newPkce();
    await page.goto(authorize(challenge));
    const code = (await comesBack(page))!;
    expect((await exchange(stack(), { code, verifier }, redirect)).status).toBe(200);
  });

  test('R6.1: the sign-in that an app asks for ends in the app, with and without scripts, and asks again where it wants so', async () => {
    const who = somebody();
    await register(stack(), await openInvite(stack(), admin), who);
    for (const javaScriptEnabled of [true, false]) {
      const page = await open({ javaScriptEnabled, locale: 'en' });
      const signIn = () => fillIn(page, { [label]: who.username, Password: password }, 'Sign in');
      await page.goto(authorize(newPkce().challenge, { login_hint: who.username }));
      if (javaScriptEnabled) await expectGoodPage(page);
      expect(await page.getByLabel(label).inputValue()).toBe(who.username);
      await signIn();
      expect(await comesBack(page)).toBeTruthy();
      await page.goto(authorize(newPkce().challenge, { prompt: 'login' }));
      await signIn();
      expect(await comesBack(page)).toBeTruthy();
    }
  });

  test('R6.1 R6.7: pages that ask, refuse and sign out are good pages', async () => {
    const who = somebody();
    await register(stack(), await openInvite(stack(), admin), who);
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/login`);
    await fillIn(page, { [label]: who.username, Password: password }, 'Sign in');
    await page.waitForURL(`${stack().app}/`);
    const commandLine = { client_id: 'latchkey-cli', redirect_uri: 'http://127.0.0.1:9/callback' };
    await page.goto(authorize(newPkce().challenge, commandLine));
    await page.getByText('latchkey login').waitFor();
    await expectGoodPage(page);
    await page.goto(authorize(newPkce().challenge, { client_id: 'nobody' }));
    await page.getByRole('heading', { name: 'There is no such app' }).waitFor();
    await expectGoodPage(page);
    await page.goto(`${stack().app}/oauth/logout`);
    await page.getByRole('heading', { name: 'Sign out?' }).waitFor();
    await expectGoodPage(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Password', { exact: true }).waitFor();
  });
});
