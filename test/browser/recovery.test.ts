import { beforeAll, describe, expect, test } from 'vitest';
import { recoveryTexts } from '#web/texts/recovery.ts';
import type { Page } from 'playwright-core';
import { codeOf } from '../harness/people/codes.ts';
import { isSignedIn } from '../harness/people/guests.ts';
import {
  firstAdmin,
  invite,
  mailedToken,
  openInvite,
  password,
  register,
  somebody,
  type SignedIn,
} from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { faintTexts, mistakesOf } from './checks.ts';
import { browserRuns } from './chromium.ts';
import { fillIn, loseCookies, useBrowser } from './visit.ts';

const ja = {
  email: 'メールアドレス',
  code: '確認コード',
  login: 'メールアドレスまたはユーザー名',
  password: 'パスワード',
  newPassword: '新しいパスワード',
  forgot: 'パスワードをお忘れですか？',
  sendCode: 'コードを送る',
  setPassword: 'パスワードを設定する',
  confirm: '確認する',
  signIn: 'ログイン',
} as const;

describe.skipIf(!browserRuns)('codes that go by mail', () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  let home: string;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
    home = `${stack().app}/`;
  });

  /** Expects that the page reads well on the smallest phone. */
  const expectFine = async (page: Page): Promise<void> => {
    await page.waitForLoadState();
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await mistakesOf(page)).toEqual([]);
    expect(await faintTexts(page)).toEqual([]);
  };

  test.each([true, false])(
    'R2.6: a forgotten password is set anew with the code of a mail, and every session ends (scripts: %s)',
    async (javaScriptEnabled) => {
      const who = somebody();
      await invite(stack(), admin, { emails: [who.email] });
      const elsewhere = await register(stack(), await mailedToken(stack(), who.email), who);
      const page = await open({ javaScriptEnabled });
      await page.goto(`${home}login`);
      await page.getByRole('link', { name: ja.forgot }).click();
      await expectFine(page);
      await fillIn(page, { [ja.email]: who.email }, ja.sendCode);
      await page.waitForURL(/\/forgot\/[\w-]+$/);
      await expectFine(page);
      // The address typed on the page before is filled in.
      expect(await page.getByLabel(ja.email, { exact: true }).inputValue()).toBe(who.email);
      const [code, next] = [await codeOf(stack(), who.email), `${password} of spring`];
      await fillIn(page, { [ja.code]: code, [ja.newPassword]: 'short' }, ja.setPassword);
      await page.getByRole('alert').waitFor();
      await expectFine(page);
      expect(await page.getByLabel(ja.code, { exact: true }).inputValue()).toBe(code);
      await fillIn(page, { [ja.newPassword]: next }, ja.setPassword);
      await page.waitForURL(({ pathname }) => pathname === '/');
      await page.getByText(recoveryTexts.passwordChanged.ja).waitFor();
      await expectFine(page);
      expect(await page.locator('h1').textContent()).toBe(who.username);
      expect(await isSignedIn(stack(), elsewhere.session.token)).toBe(false);
      await loseCookies(page);
      await page.goto(`${home}login`);
      await fillIn(page, { [ja.login]: who.email, [ja.password]: next }, ja.signIn);
      await page.waitForURL(home);
    },
  );

  test.each([true, false])(
    'R2.5: whoever has not proven the address is led to a code, types it, and has (scripts: %s)',
    async (javaScriptEnabled) => {
      const who = somebody();
      await register(stack(), await openInvite(stack(), admin), who);
      const page = await open({ javaScriptEnabled });
      await page.goto(`${home}login`);
      await fillIn(page, { [ja.login]: who.username, [ja.password]: password }, ja.signIn);
      await page.waitForURL(home);
      await page.getByRole('link', { name: ja.confirm, exact: true }).click();
      await expectFine(page);
      await fillIn(page, {}, ja.sendCode);
      await page.waitForURL(/\/verify\/[\w-]+$/);
      await expectFine(page);
      await fillIn(page, { [ja.code]: 'WR0NG1' }, ja.confirm);
      await page.getByRole('alert').waitFor();
      await expectFine(page);
      const code = await codeOf(stack(), who.email);
      await fillIn(page, { [ja.code]: ` ${code.toLowerCase()} ` }, ja.confirm);
      await page.waitForURL(({ pathname }) => pathname === '/');
      await page.getByText(recoveryTexts.verified.ja).waitFor();
      expect(await page.locator('main').textContent()).not.toContain('未確認');
      expect(await page.getByRole('link', { name: ja.confirm, exact: true }).count()).toBe(0);
    },
  );
});
