import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { changeKey, chatgptKey, claudeKey, keysOf, putKey } from '../harness/relay/keys.ts';
import {
  firstAdmin,
  mailedGuest,
  openInvite,
  password,
  register,
  type SignedIn,
} from '../harness/people/people.ts';
import { ask, relayed, relayToken } from '../harness/relay/relay.ts';
import { useStack } from '../harness/stack/stack.ts';
import { daySeconds } from '../harness/stack/time.ts';
import { faintTexts, mistakesOf } from './checks.ts';
import { browserRuns } from './chromium.ts';
import { fillIn, useBrowser } from './visit.ts';

describe.skipIf(!browserRuns)('the page of my API keys', () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });

  /** The page as `who` sees it, who comes by a link of a mail and signs in on the way. */
  async function openKeys({ user }: SignedIn): Promise<Page> {
    const page = await open();
    await page.goto(`${stack().app}/keys`);
    await fillIn(page, { メールアドレスまたはユーザー名: user.username, パスワード: password }, 'ログイン');
    await page.waitForURL(`${stack().app}/keys`);
    return page;
  }
  const itemOf = (page: Page, title: string) => page.locator('#key-list > li', { hasText: title });
  const says = (page: Page, text: string) => page.locator('[role=status]', { hasText: text }).waitFor();

  test('R1.5 R1.6: what is used of my limits, and what a key was used for', async () => {
    const who = await mailedGuest(stack(), admin);
    await putKey(stack(), who);
    const token = await relayToken(stack(), who);
    for (let count = 0; count < 11; count += 1) await ask(stack(), token);
    await relayed(stack(), 'GET', '/claude/v1/models', { headers: { 'x-api-key': token } });
    const page = await openKeys(who);
    await expect.poll(() => page.locator('[data-limit=requests]').textContent()).toContain('30回中12回');
    expect(await page.locator('[data-limit=questions]').textContent()).toMatch(/30回中11回.*にリセット/);
    const claude = itemOf(page, 'Claude');
    await claude.getByText('最終利用').waitFor();
    await claude.locator('summary').click();
    const uses = claude.locator('.uses li');
    await uses.first().waitFor();
    expect(await uses.first().textContent()).toMatch(/^GET \/v1\/models.* · 127\.0\.0\.1$/);
    expect(await uses.count()).toBe(10);
    await claude.getByRole('button', { name: 'さらに表示' }).click();
    await expect.poll(() => uses.count()).toBe(12);
    expect(await uses.last().textContent()).toContain('POST /v1/messages');
  });

  test('R1.2 R1.3 R1.7: a key is kept, shown by its end, renewed, switched off and on, and deleted', async () => {
    const who = await mailedGuest(stack(), admin);
    const page = await openKeys(who);
    const claude = itemOf(page, 'Claude');
    await claude.getByText('APIキーが登録されていません').waitFor();
    await claude.getByRole('button', { name: '登録する' }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('key');

    const key = claudeKey();
    await fillIn(page, { APIキー: key }, 'APIキーを保存する');
    await says(page, 'APIキーを更新しました');
    await claude.getByText(`••••${key.slice(-4)}`).waitFor();
    await claude.getByText('有効', { exact: true }).waitFor();
    expect(await page.getByLabel('APIキー', { exact: true }).inputValue()).toBe('');
    expect(await page.content()).not.toContain(key);
    expect(await itemOf(page, 'ChatGPT').textContent()).toContain('APIキーが登録されていません');

    const before = (await keysOf(stack(), who))[0]!.expiresAt;
    stack().clock.offsetSeconds += daySeconds;
    await claude.getByRole('button', { name: '更新する' }).click();
    await says(page, '有効期限を延長しました');
    expect((await keysOf(stack(), who))[0]!.expiresAt > before).toBe(true);

    await claude.getByRole('button', { name: '無効にする' }).click();
    await claude.getByText('無効', { exact: true }).waitFor();
    expect((await keysOf(stack(), who))[0]!.active).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('有効にする');
    await page.keyboard.press('Enter');
    await claude.getByText('有効', { exact: true }).waitFor();

    const questions: string[] = [];
    for (const answer of ['dismiss', 'accept'] as const) {
      page.once('dialog', (dialog) => {
        questions.push(dialog.message());
        return dialog[answer]();
      });
      expect(await keysOf(stack(), who)).toHaveLength(1);
      await claude.getByRole('button', { name: '削除する' }).click();
    }
    await says(page, 'APIキーを削除しました');
    expect(questions[1]).toContain('ClaudeのAPIキーを削除しますか');
    expect(await keysOf(stack(), who)).toEqual([]);
    await claude.getByText('APIキーが登録されていません').waitFor();
  });

  test('R1.3 R4.14: what is wrong with a key is said at its field, and the key can be looked at', async () => {
    const page = await openKeys(await mailedGuest(stack(), admin));
    await itemOf(page, 'Claude').waitFor();
    const field = page.locator('#key');
    for (const [key, mistake] of [
      ['sk-ant-short', 'APIキーが短すぎます'],
      [chatgptKey(), 'ChatGPTのAPIキーのようです'],
    ] as const) {
      await fillIn(page, { APIキー: key }, 'APIキーを保存する');
      await page.locator('#key-mistake', { hasText: mistake }).waitFor();
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      expect(await field.getAttribute('type')).toBe('password');
    }
    await page.getByRole('button', { name: '表示: APIキー' }).click();
    expect(await field.getAttribute('type')).toBe('text');
    // Nothing is sent that says nothing.
    await fillIn(page, { APIキー: '' }, 'APIキーを保存する');
    expect(await field.evaluate((input: HTMLInputElement) => input.validity.valueMissing)).toBe(true);
    expect(await page.locator('#key-mistake').textContent()).toBe('APIキーを入力してください');
  });

  test('the provider is asked whether it takes the key, where somebody wishes it', async () => {
    const who = await mailedGuest(stack(), admin);
    const page = await openKeys(who);
    await page.getByLabel('サービス').selectOption('ChatGPT');
    await page.getByLabel('ChatGPTに確認する').check();
    await fillIn(page, { APIキー: `${chatgptKey()}-revoked` }, 'APIキーを保存する');
    await page.locator('#key-mistake', { hasText: 'ChatGPTで受け付けられませんでした' }).waitFor();
    expect(await keysOf(stack(), who)).toEqual([]);
    await fillIn(page, { APIキー: chatgptKey() }, 'APIキーを保存する');
    await says(page, 'APIキーを更新しました');
    expect(await keysOf(stack(), who)).toMatchObject([{ service: 'chatgpt' }]);
  });

  test('R1.2: a key that has expired is renewed with one click', async () => {
    const who = await mailedGuest(stack(), admin);
    await putKey(stack(), who);
    stack().clock.offsetSeconds += 31 * daySeconds;
    const page = await openKeys(who);
    const claude = itemOf(page, 'Claude');
    await claude.getByText('期限切れ', { exact: true }).waitFor();
    expect(await claude.textContent()).toContain('入力し直す必要はありません');
    await claude.getByRole('button', { name: '更新する' }).click();
    await claude.getByText('有効', { exact: true }).waitFor();
    expect((await keysOf(stack(), who))[0]!.state).toBe('active');
  });

  test('403: who has not proven the mailbox is led to where that is done', async () => {
    const page = await openKeys(await register(stack(), await openInvite(stack(), admin)));
    await page.getByText('メールアドレスの確認後に登録できます').waitFor();
    expect(await page.locator('#key-form').isVisible()).toBe(false);
    await page.getByRole('link', { name: '確認する' }).click();
    await page.waitForURL(`${stack().app}/verify`);
  });

  test('503 R4.8: when the keys cannot be read the page says so', async () => {
    const who = await mailedGuest(stack(), admin);
    const page = await openKeys(who);
    await itemOf(page, 'Claude').waitFor();
    const broken = { status: 503, contentType: 'application/problem+json', body: '{}' };
    await page.route('**/v1/keys', (route) => route.fulfill(broken));
    await page.reload();
    await says(page, '処理できませんでした');
    expect(await page.locator('#keys').isVisible()).toBe(false);
  });

  test('C65 R4.11: fits a phone of 320 px, is labelled, ordered and legible in light and dark', async () => {
    const who = await mailedGuest(stack(), admin);
    await putKey(stack(), who);
    await changeKey(stack(), who, { active: false });
    await putKey(stack(), who, { key: chatgptKey() }, 'chatgpt');
    const page = await openKeys(who);
    await page.setViewportSize({ width: 320, height: 640 });
    await itemOf(page, 'Claude').locator('summary').click();
    await page.getByText('まだ使用されていません').last().waitFor();
    await fillIn(page, { APIキー: 'short' }, 'APIキーを保存する');
    await page.locator('#key-mistake').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await mistakesOf(page)).toEqual([]);
      expect(await faintTexts(page)).toEqual([]);
    }
  });
});
