import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import createCode from '#functions/code/create.ts';
import updateEmail from '#functions/email/update.ts';
import updateMe from '#functions/me/update.ts';
import { accountRefusalTexts } from '#shared/account/refusal-texts.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { accountTexts, accountViewTexts } from '#web/texts/account.ts';
import { pageTexts } from '#web/texts/pages.ts';
import { sessionTexts } from '#web/texts/sessions.ts';
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
import { browserRuns } from './chromium.ts';
import { expectGoodPage } from './page-checks.ts';
import { fillIn, switchLanguage, useBrowser } from './visit.ts';

type Body = z.ZodMiniObject<Record<string, z.ZodMiniType>>;

/** Text of `length` characters, in the form that the field asks for. */
const textOf = (name: string, length: number): string =>
  name === 'email' ? `a@${'b.'.repeat(200)}`.slice(0, length - 3) + 'com' : 'a'.repeat(length);

describe.skipIf(!browserRuns)('the page of my account', () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });

  /** Opens the account of a new user who is signed in both in the page and in a program. */
  async function openAccount(): Promise<{ page: Page; who: ReturnType<typeof somebody>; elsewhere: string }> {
    const who = somebody();
    const { session } = await register(stack(), await openInvite(stack(), admin), who);
    const page = await open();
    await page.goto(`${stack().app}/login?next=/account`);
    await fillIn(page, { メールアドレスまたはユーザー名: who.username, パスワード: password }, 'ログイン');
    await page.waitForURL(`${stack().app}/account`);
    await sessionsOf(page).nth(1).waitFor();
    return { page, who, elsewhere: session.token };
  }
  /** Makes fields look as if the browser had filled them in. */
  async function fillByBrowser(page: Page, names: string[]): Promise<void> {
    const browser = await page.context().newCDPSession(page);
    await browser.send('DOM.enable');
    await browser.send('CSS.enable');
    const { root } = await browser.send('DOM.getDocument');
    for (const name of names) {
      const selector = `#desk [name=${name}]`;
      const { nodeId } = await browser.send('DOM.querySelector', { nodeId: root.nodeId, selector });
      const forcedPseudoClasses = ['autofill', '-webkit-autofill'];
      await browser.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses });
    }
  }
  /** Expects that exactly these inputs have a `maxlength`, and that each is the greatest length that the operation accepts. */
  async function expectTrueLimits(page: Page, names: string[]): Promise<void> {
    const inputs = await page
      .locator('#desk input[maxlength]')
      .evaluateAll((all) => (all as HTMLInputElement[]).map(({ name, maxLength }) => ({ name, maxLength })));
    expect(inputs.map(({ name }) => name)).toEqual(names);
    const shapes = [updateMe, createCode, updateEmail].map(({ body }) => (body as Body).shape);
    for (const { name, maxLength } of inputs) {
      const field = shapes.find((shape) => name in shape)![name]!;
      const takes = (length: number) => z.safeParse(field, textOf(name, length)).success;
      expect([name, takes(maxLength), takes(maxLength + 1)]).toEqual([name, true, false]);
    }
  }
  const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
  const says = (page: Page, name: string, text: string) => part(page, name).getByText(text).first().waitFor();
  const sessionsOf = (page: Page) =>
    part(page, sessionTexts.sessions.ja)
      .getByRole('table')
      .getByRole('row')
      .filter({ has: page.getByRole('cell') });
  const hasFocus = (field: Locator) => field.evaluate((input) => input === document.activeElement);

  test('R1.7 R7.4: names change, and a username that is taken or none is said at its field', async () => {
    const { page, who } = await openAccount();
    const field = page.getByLabel('ユーザー名', { exact: true });
    expect(await field.inputValue()).toBe(who.username);
    await page.getByLabel(accountViewTexts.language.ja).selectOption('日本語');
    await fillIn(page, { '姓（任意）': '山田', '名（任意）': '花子' }, '保存する');
    await says(page, 'プロフィール', 'プロフィールを更新しました');
    expect(await page.locator('.who span').textContent()).toBe('山田 花子');
    await fillIn(page, { ユーザー名: admin.user.username }, '保存する');
    await says(page, 'プロフィール', 'このユーザー名は既に使用されています');
    await says(page, 'プロフィール', accountRefusalTexts.nameTaken.ja);
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => hasFocus(field)).toBe(true);
    await fillIn(page, { ユーザー名: 'NO' }, '保存する');
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => hasFocus(field)).toBe(true);
    const note = page.locator(`[id="${await field.getAttribute('aria-describedby')}"]`);
    expect(await note.textContent()).toContain('3〜32文字');
    await page.goto(`${stack().app}/`);
    expect(await page.locator('h1').textContent()).toBe('山田 花子');
  });

  test('R4.13 R7.4: the language is that of pages and mails from then on', async () => {
    const { page, who } = await openAccount();
    const language = part(page, 'プロフィール').getByLabel(accountViewTexts.language.ja);
    expect(await language.inputValue()).toBe('en');
    await language.selectOption('中文');
    // The server trims the trailing blank.
    await fillIn(page, { '名（任意）': '花子 ' }, '保存する');
    await page.getByRole('heading', { name: sessionTexts.sessions.zh }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh');
    const again = await signIn(stack(), who.username, password);
    expect(again.json).toMatchObject({ user: { locale: 'zh' } });
  });

  test('R7.5: what somebody picked from what the browser offers is typed, and what it fills in unasked is not', async () => {
    const { page } = await openAccount();
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.message());
      void dialog.dismiss();
    });
    await page.getByLabel('現在のパスワード', { exact: true }).fill(password);
    await page.getByLabel('ユーザー名', { exact: true }).fill(somebody().username);
    await fillByBrowser(page, ['currentPassword', 'username']);
    const chinese = page.getByRole('button', { name: '中文' });
    await chinese.click();
    await page.locator('html[lang=zh]').waitFor();
    expect(asked).toEqual([]);
    await page.locator('[name=email]').fill(somebody().email);
    await fillByBrowser(page, ['email']);
    await page.getByRole('button', { name: 'English' }).click();
    await expect.poll(() => asked).toEqual([pageTexts.unsaved.zh]);
  });

  test('C115: a password whose change has no answer may hold, and the form says how to see', async () => {
    const { page, who } = await openAccount();
    await page.route('**/v1/me/password', async (route) => {
      await route.fetch();
      await route.abort();
    });
    const next = 'a new horse battery';
    await fillIn(page, { 現在のパスワード: password, 新しいパスワード: next }, 'パスワードを変更する');
    await says(page, 'パスワード', lostAnswers.password.ja);
    expect((await signIn(stack(), who.username, next)).status).toBe(201);
  });

  test('R4.5 R7.4: another session is ended, then all others after a question, and this one stays', async () => {
    const { page, who, elsewhere } = await openAccount();
    const items = sessionsOf(page);
    expect(await items.first().textContent()).toContain('この端末');
    expect(await items.first().getByRole('button').count()).toBe(0);
    await items.nth(1).getByRole('button').click();
    await page.getByText('ログアウトさせました').waitFor();
    await expect.poll(() => items.count()).toBe(1);
    expect(await isSignedIn(stack(), elsewhere)).toBe(false);
    const others = page.getByRole('button', { name: '他の端末をすべてログアウトさせる' });
    expect(await others.count()).toBe(0);

    const third = await signIn(stack(), who.username, password);
    await page.reload();
    await others.click();
    const question = page.getByRole('dialog');
    await question.getByText(sessionTexts.endOthersAsk.ja).waitFor();
    await page.keyboard.press('Escape');
    expect(await isSignedIn(stack(), third.json.session.token)).toBe(true);
    await others.click();
    await question.getByRole('button', { name: '他の端末をすべてログアウトさせる' }).click();
    await page.getByText(sessionTexts.othersEnded.ja).waitFor();
    await expect.poll(() => items.count()).toBe(1);
    expect(await isSignedIn(stack(), third.json.session.token)).toBe(false);
  });

  test('R1.7 R7.4: the address changes with the code that went to the new one', async () => {
    const { page, who } = await openAccount();
    const { email } = somebody('new');
    const section = 'メールアドレス';
    await expectTrueLimits(page, ['username', 'lastName', 'firstName', 'email']);
    await fillIn(page, { 新しいメールアドレス: email }, 'コードを送る');
    await says(page, section, `${email} に確認コードを送信しました`);
    const code = page.getByLabel('確認コード', { exact: true });
    await expect.poll(() => hasFocus(code)).toBe(true);
    await expectTrueLimits(page, ['username', 'lastName', 'firstName', 'code']);
    await fillIn(page, { 確認コード: 'WR0NG1', 確認のためのパスワード: 'wrong' }, 'アドレスを変更する');
    await says(page, section, '現在のパスワードが正しくありません');
    await fillIn(page, { 確認のためのパスワード: password }, 'アドレスを変更する');
    await says(page, section, 'コードが正しくありません');
    await expect.poll(() => code.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => hasFocus(code)).toBe(true);
    expect(await page.locator('.address').textContent()).toBe(who.email);
    await fillIn(page, { 確認コード: await codeOf(stack(), email) }, 'アドレスを変更する');
    await says(page, section, 'メールアドレスを変更しました');
    expect(await page.locator('.address').textContent()).toBe(email);
    await says(page, section, '確認済み');
    await fillIn(page, { 新しいメールアドレス: email.toUpperCase() }, 'コードを送る');
    await says(page, section, accountViewTexts.sameEmail.ja);
    expect(await page.getByLabel('新しいメールアドレス').getAttribute('aria-invalid')).toBe('true');
  });

  test('R1.7 R7.4: the password changes with the present one, and every other session ends', async () => {
    const { page, elsewhere } = await openAccount();
    await page.goto('about:blank');
    await page.goto(`${stack().app}/account#password`);
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('password');
    const next = `${password} of autumn`;
    await page.getByLabel('新しいパスワード', { exact: true }).fill(somebody().username.slice(0, 3));
    await page.locator('.strength.weak').waitFor();
    await fillIn(page, { 現在のパスワード: 'wrong', 新しいパスワード: next }, 'パスワードを変更する');
    await says(page, 'パスワード', '現在のパスワードが正しくありません');
    const present = page.getByLabel('現在のパスワード', { exact: true });
    await expect.poll(() => hasFocus(present)).toBe(true);
    expect(await page.getByLabel('新しいパスワード', { exact: true }).inputValue()).toBe(next);
    await fillIn(page, { 現在のパスワード: password }, 'パスワードを変更する');
    await says(page, 'パスワード', 'パスワードを変更し、他の端末をログアウトしました');
    expect(await present.inputValue()).toBe('');
    expect(await isSignedIn(stack(), elsewhere)).toBe(false);
    await expect.poll(() => sessionsOf(page).count()).toBe(1);
  });

  test('R7.4: what happened is told in words, a refused sign-in stands out, and more is shown', async () => {
    const { page, who } = await openAccount();
    await signIn(stack(), who.username, 'wrong');
    for (let count = 0; count < 10; count += 1) await signIn(stack(), who.username, password);
    await page.reload();
    const rows = part(page, sessionTexts.happened.ja).getByRole('row');
    const more = part(page, sessionTexts.happened.ja).getByRole('button', { name: 'さらに表示' });
    await more.click();
    const refused = rows.filter({ hasText: sessionTexts.triedToSignIn.ja });
    await refused.waitFor();
    expect(await refused.locator('.bad').textContent()).toBe(sessionTexts.refused.ja);
    expect(await refused.textContent()).toContain(sessionTexts.unknown.ja);
    expect(await rows.last().textContent()).toContain('登録');
    expect(await rows.last().textContent()).toContain(sessionTexts.me.ja);
  });

  test('R7.4: my data comes as a file, and the account is deleted after two questions', async () => {
    const { page, who } = await openAccount();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'データをダウンロード' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('latchkey-account.json');
    expect(JSON.stringify(JSON.parse(readFileSync(await file.path(), 'utf8')))).toContain(who.email);

    const form = part(page, 'アカウントを削除する');
    await form.locator('summary').click();
    await form.getByText(accountViewTexts.goesKeys.ja).waitFor();
    await form.getByText(accountViewTexts.withdrawsInvites.ja).waitFor();
    await form.getByText(accountViewTexts.staysAWhile.ja).waitFor();
    await form.getByLabel('パスワード', { exact: true }).fill('wrong');
    await form.getByRole('checkbox').check();
    await form.getByRole('button', { name: 'アカウントを削除する' }).click();
    await says(page, 'アカウントを削除する', '現在のパスワードが正しくありません');
    await form.getByLabel('パスワード', { exact: true }).fill(password);
    await form.getByRole('button', { name: 'アカウントを削除する' }).click();
    await page.getByText(accountTexts.deleted.ja).waitFor();
    await fillIn(page, { メールアドレスまたはユーザー名: who.username, パスワード: password }, 'ログイン');
    await page.getByRole('alert').waitFor();
  });

  test('R7.4: a session that ends in the middle of an edit loses nothing, and a part that fails is tried again', async () => {
    const { page, who } = await openAccount();
    const broken = { status: 503, contentType: 'application/problem+json', body: '{}' };
    await page.route('**/v1/me/activity*', (route) => route.fulfill(broken));
    await page.reload();
    const again = part(page, sessionTexts.happened.ja).getByRole('button', { name: '再試行' });
    await again.waitFor();
    await says(page, sessionTexts.sessions.ja, 'この端末');
    await page.getByLabel('名（任意）').fill('花子');
    const cookies = await page.context().cookies();
    await page.context().clearCookies();
    await page.unroute('**/v1/me/activity*');
    await again.click();
    await page.getByRole('button', { name: '保存する' }).click();
    const wayBack = part(page, 'プロフィール').getByRole('link', { name: 'ログイン' });
    expect(await wayBack.getAttribute('target')).toBe('_blank');
    expect(await page.getByLabel('名（任意）').inputValue()).toBe('花子');
    await page.context().addCookies(cookies);
    await page.getByRole('button', { name: '保存する' }).click();
    await says(page, 'プロフィール', 'プロフィールを更新しました');
    expect((await signIn(stack(), who.username, password)).json).toMatchObject({
      user: { firstName: '花子' },
    });
  });

  test('C65 R4.11 R7.6: is for everybody, in each language and look, with mistakes and questions open', async () => {
    const { page } = await openAccount();
    for (const look of ['ja light', 'zh dark', 'en light'] as const) {
      const [language, colorScheme] = look.split(' ') as ['ja', 'light'];
      await page.emulateMedia({ colorScheme });
      await switchLanguage(page, language);
      await sessionsOf(page).nth(1).or(page.locator('tbody tr').nth(1)).first().waitFor();
      await page.locator('summary').click();
      await page.locator('[name=username]').fill('NO');
      await page.locator('section:has(#profile) form button').first().click();
      await page.locator('section:has(#profile) .notice').waitFor();
      await expectGoodPage(page);
    }
  });
});
