import { describe, expect, test } from 'vitest';
import { openExample } from '#local/stack/example.ts';
import { parseSettings } from '#shared/deployment/settings.ts';
import { invite, password, somebody } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { browserRuns } from './chromium.ts';
import { fillIn, followMail, useBrowser } from './visit.ts';

const ja = {
  username: 'ユーザー名',
  password: 'パスワード',
  login: 'メールアドレスまたはユーザー名',
  register: '登録して始める',
  signIn: 'ログイン',
};

describe.skipIf(!browserRuns)('the example app, on another origin', () => {
  const { stack, admin } = useAdmin();
  const open = useBrowser();

  test.each([true, false])(
    'R6.3 R6.6: from the mail of an invite that names it to "Hello" there is one form; scripts: %s',
    async (javaScriptEnabled) => {
      const example = await openExample(0);
      try {
        const app = JSON.parse(example.settings['apps.example']!) as object;
        stack().deploy({ apps: parseSettings({ apps: { example: app } }).apps });
        example.serve(stack().app);
        const guest = somebody();
        await invite(stack(), admin, { emails: [guest.email], app: 'example', locale: 'ja' });
        await stack().settle();

        const page = await open({ javaScriptEnabled });
        let forms = 0;
        page.on('request', (request) => {
          if (
            request.method() === 'POST' &&
            (request.isNavigationRequest() || request.url().endsWith('/register'))
          )
            forms += 1;
        });
        await followMail(page, stack().inbox, ja.register);
        await fillIn(page, { [ja.username]: guest.username, [ja.password]: password }, ja.register);
        await page.getByRole('heading', { name: `Hello, ${guest.username}` }).waitFor();
        expect({ at: page.url(), forms }).toEqual({ at: `${example.url}/`, forms: 1 });

        // Signing out of the app also signs out of Latchkey: the next sign-in asks for the password.
        await page.getByRole('button', { name: 'Sign out' }).click();
        await page.getByRole('link', { name: 'Sign in' }).click();
        await fillIn(page, { [ja.login]: guest.username, [ja.password]: password }, ja.signIn);
        await page.getByRole('heading', { name: `Hello, ${guest.username}` }).waitFor();
        expect(page.url()).toBe(`${example.url}/`);
        // After signing out, the back button shows no page of the app.
        expect((await page.request.get(example.url)).headers()).toMatchObject({
          'cache-control': 'no-store',
        });
      } finally {
        await example.close();
      }
    },
  );
});
