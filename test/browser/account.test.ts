import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { signIn } from '../harness/people/accounts.ts';
import { codeOf } from '../harness/people/codes.ts';
import { isSignedIn } from '../harness/people/guests.ts';
import {
  firstAdmin,
  openInvite,
  password,
  register,
  somebody,
  type SignedIn,
} from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { faintTexts, mistakesOf } from './checks.ts';
import { browserRuns } from './chromium.ts';
import { fillIn, useBrowser } from './visit.ts';

describe.skipIf(!browserRuns)('the page of my account', () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });

  /** The account of somebody new, who is signed in in the page and in a program too. */
  async function openAccount(): Promise<{ page: Page; who: ReturnType<typeof somebody>; elsewhere: string }> {
    const who = somebody();
    const { session } = await register(stack(), await openInvite(stack(), admin), who);
    const page = await open();
    await page.goto(`${stack().app}/login?next=/account`);
    await fillIn(page, { メールアドレスまたはユーザー名: who.username, パスワード: password }, 'ログイン');
    await page.waitForURL(`${stack().app}/account`);
    await page.locator('#sessions li').nth(1).waitFor();
    return { page, who, elsewhere: session.token };
  }
  const says = (page: Page, form: string, text: string) =>
    page.locator(`#${form} [role=status]`, { hasText: text }).waitFor();

  test('R1.7: names change, and a username that is taken is said at the form', async () => {
    const { page, who } = await openAccount();
    expect(await page.getByLabel('ユーザー名', { exact: true }).inputValue()).toBe(who.username);
    await page.getByLabel('メールの言語').selectOption('日本語');
    await fillIn(page, { '姓(任意)': '山田', '名(任意)': '花子' }, '保存する');
    await says(page, 'profile-form', 'プロフィールを更新しました');
    await fillIn(page, { ユーザー名: admin.user.username }, '保存する');
    await says(page, 'profile-form', 'このユーザー名は既に使用されています');
    await fillIn(page, { ユーザー名: 'NO' }, '保存する');
    const field = page.locator('#username');
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('username');
    expect(await page.locator(`#${await field.getAttribute('aria-errormessage')}`).textContent()).toContain(
      '3〜32文字',
    );
    await page.goto(`${stack().app}/`);
    expect(await page.locator('h1').textContent()).toBe('山田 花子');
  });

  test('C115: a password whose change has no answer may hold, and the form says how to see', async () => {
    const { page, who } = await openAccount();
    await page.route('**/v1/me/password', async (route) => {
      await route.fetch();
      await route.abort();
    });
    const next = 'a new horse battery';
    await fillIn(page, { 現在のパスワード: password, 新しいパスワード: next }, 'パスワードを変更する');
    await says(page, 'password-form', lostAnswers.password.ja);
    expect((await signIn(stack(), who.username, next)).status).toBe(201);
  });

  test('R4.5: the other session is ended, and this one stays', async () => {
    const { page, elsewhere } = await openAccount();
    const items = page.locator('#sessions li');
    expect(await items.first().textContent()).toContain('この端末');
    expect(await items.first().getByRole('button').count()).toBe(0);
    await items.nth(1).getByRole('button').click();
    await page.getByText('ログアウトさせました').waitFor();
    expect(await items.count()).toBe(1);
    expect(await isSignedIn(stack(), elsewhere)).toBe(false);
    expect(await page.getByRole('button', { name: '他の端末をすべてログアウトさせる' }).count()).toBe(0);
    await page.reload();
    await items.first().waitFor();
  });

  test('R1.7: the address changes with the code that went to the new one', async () => {
    const { page, who } = await openAccount();
    const { email } = somebody('new');
    await fillIn(page, { 新しいメールアドレス: email }, 'コードを送る');
    await says(page, 'email-form', '新しいアドレスに確認コードを送信しました');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('code');
    await fillIn(page, { 確認コード: 'WR0NG1', 確認のためのパスワード: password }, 'アドレスを変更する');
    await says(page, 'email-code-form', 'コードが正しくありません');
    expect(await page.locator('strong[data-me=email]').textContent()).toBe(who.email);
    const typed = { 確認コード: await codeOf(stack(), email), 確認のためのパスワード: password };
    await fillIn(page, typed, 'アドレスを変更する');
    await says(page, 'email-form', 'メールアドレスを変更しました');
    await expect.poll(() => page.locator('strong[data-me=email]').textContent()).toBe(email);
  });

  test('R1.7: the password changes with the present one, and every other session ends', async () => {
    const { page, elsewhere } = await openAccount();
    const next = `${password} of autumn`;
    await fillIn(page, { 現在のパスワード: 'wrong', 新しいパスワード: next }, 'パスワードを変更する');
    await says(page, 'password-form', '現在のパスワードが正しくありません');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('currentPassword');
    await fillIn(page, { 現在のパスワード: password, 新しいパスワード: next }, 'パスワードを変更する');
    await says(page, 'password-form', 'パスワードを変更し、他の端末をログアウトしました');
    expect(await page.getByLabel('現在のパスワード', { exact: true }).inputValue()).toBe('');
    expect(await isSignedIn(stack(), elsewhere)).toBe(false);
    await expect.poll(() => page.locator('#sessions li').count()).toBe(1);
  });

  test('my data comes as a file, and the account is deleted after two questions', async () => {
    const { page, who } = await openAccount();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'データをダウンロード' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('latchkey-account.json');
    expect(JSON.stringify(JSON.parse(readFileSync(await file.path(), 'utf8')))).toContain(who.email);

    await page.locator('summary').click();
    const form = page.locator('#delete-form');
    await form.getByLabel('パスワード', { exact: true }).fill('wrong');
    await form.getByRole('checkbox').check();
    await form.getByRole('button', { name: 'アカウントを削除する' }).click();
    await says(page, 'delete-form', '現在のパスワードが正しくありません');
    await form.getByLabel('パスワード', { exact: true }).fill(password);
    await form.getByRole('button', { name: 'アカウントを削除する' }).click();
    await page.waitForURL(`${stack().app}/login`);
    await fillIn(page, { メールアドレスまたはユーザー名: who.username, パスワード: password }, 'ログイン');
    await page.getByRole('alert').waitFor();
  });

  test('C65 R4.11: fits a phone of 320 px, is labelled, ordered and legible in light and dark', async () => {
    const { page } = await openAccount();
    await page.setViewportSize({ width: 320, height: 640 });
    await page.locator('summary').click();
    await fillIn(page, { ユーザー名: 'NO' }, '保存する');
    await page.locator('#profile-form .notice').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await mistakesOf(page)).toEqual([]);
      expect(await faintTexts(page)).toEqual([]);
    }
  });
});
