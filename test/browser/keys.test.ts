import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { keyTexts } from '#web/texts/keys.ts';
import { relayTexts } from '#web/texts/relay.ts';
import { changeKey, chatgptKey, claudeKey, keysOf, putKey } from '../harness/relay/keys.ts';
import {
  firstAdmin,
  mailedGuest,
  openInvite,
  password,
  register,
  type SignedIn,
} from '../harness/people/people.ts';
import { changeUser } from '../harness/people/managing.ts';
import { ask, relayed, relayToken } from '../harness/relay/relay.ts';
import { useStack } from '../harness/stack/stack.ts';
import { daySeconds, enterWindow } from '../harness/stack/time.ts';
import { browserRuns } from './chromium.ts';
import { expectGoodPage } from './page-checks.ts';
import { fillIn, switchLanguage, useBrowser } from './visit.ts';

describe.skipIf(!browserRuns)('the page of my API keys', () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });

  /** The page as `who` sees it, in the stack's time, after following a mailed link and signing in on the way. */
  async function openKeys({ user }: SignedIn): Promise<Page> {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.clock.setFixedTime(stack().clock.now());
    await page.goto(`${stack().app}/keys`);
    await fillIn(page, { メールアドレスまたはユーザー名: user.username, パスワード: password }, 'ログイン');
    await page.waitForURL(`${stack().app}/keys`);
    return page;
  }
  const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
  const button = (page: Page, name: string) => part(page, 'Claude').getByRole('button', { name });

  test('R1.1 R1.5 R1.6 R7.4: my calls in all, what is used of my limits, and what a key was used for, as a list and by day', async () => {
    // No call may fall into the next day.
    enterWindow(stack(), daySeconds);
    stack().clock.go();
    const who = await mailedGuest(stack(), admin);
    await putKey(stack(), who);
    const token = await relayToken(stack(), who);
    for (let count = 0; count < 11; count += 1) await ask(stack(), token);
    await relayed(stack(), 'GET', '/claude/v1/models', { headers: { 'x-api-key': token } });
    const page = await openKeys(who);
    await part(page, keyTexts.quota.ja).getByText('30回中12回').waitFor();
    expect(await part(page, keyTexts.quota.ja).textContent()).toMatch(
      /累計）12最終呼び出し 20.*30回中11回.*にリセット/,
    );
    await page.getByText(keyTexts.uses.ja).first().click();
    const uses = part(page, 'Claude').getByRole('table', { name: `${keyTexts.uses.ja}: Claude` });
    const rows = uses.getByRole('row').filter({ has: page.getByRole('cell') });
    await rows.first().waitFor();
    expect(await rows.first().textContent()).toMatch(/^GET \/v1\/models.*127\.0\.0\.1$/);
    expect(await rows.count()).toBe(10);
    await button(page, 'さらに表示').click();
    await expect.poll(() => rows.count()).toBe(12);
    expect(await rows.last().textContent()).toContain('POST /v1/messages');

    const chart = part(page, 'Claude').getByRole('img', { name: keyTexts.usesByDay.ja });
    expect(await chart.getAttribute('aria-label')).toMatch(/合計 12、最大 12/);
    await part(page, 'Claude').getByText('表で見る').click();
    const days = part(page, 'Claude').locator('.chart tbody tr');
    expect(await days.count()).toBe(14);
    expect(await days.last().textContent()).toMatch(/12$/);
  });

  test('R1.6 R7.4 R7.5: whoever may ask no more, as many calls got no answer, sees that and why', async () => {
    const who = await mailedGuest(stack(), admin);
    await putKey(stack(), who);
    await changeUser(stack(), admin, who.user.id, { limits: { questions: 1 } });
    const token = await relayToken(stack(), who);
    stack().provider.behave([{ kind: 'error', status: 500, times: 3 }]);
    for (const status of [500, 500, 500, 429]) expect((await ask(stack(), token)).status).toBe(status);
    const page = await openKeys(who);
    await part(page, keyTexts.quota.ja).getByText('1回中0回').waitFor();
    expect(await part(page, keyTexts.quota.ja).textContent()).toContain('残りは0回');
  });

  test('R1.2 R1.3 R1.7 R7.4: a key is kept, shown by its end, renewed, switched off and on, and deleted', async () => {
    const who = await mailedGuest(stack(), admin);
    const page = await openKeys(who);
    const claude = part(page, 'Claude');
    await claude.getByText('APIキーが登録されていません').waitFor();
    const source = claude.getByRole('link', { name: 'Claudeでキーを取得する' });
    expect(await source.getAttribute('href')).toContain('https://platform.claude.com/');

    const key = claudeKey();
    await claude.getByLabel('APIキー', { exact: true }).fill(key);
    await claude.getByRole('button', { name: 'APIキーを保存する' }).click();
    await claude.getByText('APIキーを更新しました').waitFor();
    await claude.getByText(`••••${key.slice(-4)}`).waitFor();
    await claude.getByText('有効', { exact: true }).waitFor();
    await page.getByText(keyTexts.replace.ja).click();
    expect(await claude.getByLabel('APIキー', { exact: true }).inputValue()).toBe('');
    expect(await page.content()).not.toContain(key);
    expect(await part(page, 'ChatGPT').textContent()).toContain('APIキーが登録されていません');

    const before = (await keysOf(stack(), who))[0]!.expiresAt;
    stack().clock.offsetSeconds += daySeconds;
    await button(page, '更新する').click();
    await claude.getByText('有効期限を延長しました').waitFor();
    expect((await keysOf(stack(), who))[0]!.expiresAt > before).toBe(true);

    await button(page, '無効にする').click();
    await claude.getByText('無効', { exact: true }).waitFor();
    expect((await keysOf(stack(), who))[0]!.active).toBe(false);
    // The focus stays on the button for keyboard users.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('有効にする');
    await page.keyboard.press('Enter');
    await claude.getByText('有効', { exact: true }).waitFor();

    await button(page, '削除する').click();
    const question = page.getByRole('dialog');
    await question.getByText('ClaudeのAPIキーを削除しますか').waitFor();
    await question.getByRole('button', { name: 'キャンセル' }).click();
    expect(await keysOf(stack(), who)).toHaveLength(1);
    await button(page, '削除する').click();
    await question.getByRole('button', { name: '削除する' }).click();
    await claude.getByText('APIキーを削除しました').waitFor();
    expect(await keysOf(stack(), who)).toEqual([]);
    await claude.getByText('APIキーが登録されていません').waitFor();
  });

  test('R7.6 C79: Enter that is pressed twice on what asks first does not answer yes, unread', async () => {
    const who = await mailedGuest(stack(), admin);
    await putKey(stack(), who);
    const page = await openKeys(who);
    const act = button(page, '削除する');
    const question = page.getByRole('dialog');
    await act.press('Enter');
    await question.waitFor();
    await page.keyboard.press('Enter');
    await question.waitFor({ state: 'hidden' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('削除する');
    expect(await keysOf(stack(), who)).toHaveLength(1);

    await page.keyboard.press('Enter');
    await question.waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await part(page, 'Claude').getByText('APIキーを削除しました').waitFor();
    expect(await keysOf(stack(), who)).toEqual([]);
  });

  test('R1.3 R4.14: what is wrong with a key is said at its field, and the key can be looked at', async () => {
    const page = await openKeys(await mailedGuest(stack(), admin));
    const claude = part(page, 'Claude');
    const field = claude.getByLabel('APIキー', { exact: true });
    const send = async (key: string) => {
      await field.fill(key);
      await claude.getByRole('button', { name: 'APIキーを保存する' }).click();
    };
    for (const [key, mistake] of [
      ['sk-ant-short', 'APIキーが短すぎます'],
      [chatgptKey(), 'ChatGPTのAPIキーのようです'],
    ] as const) {
      await send(key);
      await claude.locator('.hint.error', { hasText: mistake }).waitFor();
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      expect(await field.getAttribute('type')).toBe('password');
      expect(await field.getAttribute('autocomplete')).toBe('off');
    }
    await claude.getByRole('button', { name: '表示: APIキー' }).click();
    expect(await field.getAttribute('type')).toBe('text');
    // An empty form is not sent.
    await send('');
    await claude.locator('.hint.error', { hasText: 'APIキーを入力してください' }).waitFor();
    expect(await field.evaluate((input: HTMLInputElement) => input.validity.valueMissing)).toBe(true);
  });

  test('R7.4 C115: the provider is asked whether it takes a key, typed or stored', async () => {
    const who = await mailedGuest(stack(), admin);
    const page = await openKeys(who);
    const chatgpt = part(page, 'ChatGPT');
    const field = chatgpt.getByLabel('APIキー', { exact: true });
    const save = chatgpt.getByRole('button', { name: 'APIキーを保存する' });
    await chatgpt.getByLabel('ChatGPTに確認する').check();
    await field.fill(`${chatgptKey()}-revoked`);
    await save.click();
    await chatgpt.locator('.hint.error', { hasText: 'ChatGPTで受け付けられませんでした' }).waitFor();
    expect(await keysOf(stack(), who)).toEqual([]);
    await field.fill(chatgptKey());
    // The answer is lost: the key may have been stored.
    await page.route('**/v1/keys/chatgpt', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await save.click();
    await chatgpt.getByText(lostAnswers.keys.ja).waitFor();
    expect(await keysOf(stack(), who)).toMatchObject([{ service: 'chatgpt' }]);
    await page.unroute('**/v1/keys/chatgpt');
    await save.click();
    await chatgpt.getByText('APIキーを更新しました').waitFor();
    const check = chatgpt.getByRole('button', { name: '今すぐ確認' });
    await check.click();
    await chatgpt.getByText('ChatGPTでこのキーを使えます').waitFor();
    await putKey(stack(), who, { key: `${chatgptKey()}-revoked` }, 'chatgpt');
    await check.click();
    await chatgpt.getByText('ChatGPTでこのキーは使えません').waitFor();
  });

  test('R1.2 R7.4: a key is marked days before it expires, and one that has is renewed with one click', async () => {
    const who = await mailedGuest(stack(), admin);
    const page = await openKeys(who);
    await part(page, 'Claude').waitFor();
    // The page warns by the browser's clock, not by the stack's.
    await putKey(stack(), who);
    const soon = { ...(await keysOf(stack(), who))[0]!, title: 'Claude', state: 'active' };
    const services = [{ service: 'claude', title: 'Claude', checkable: true }];
    const expiresAt = new Date(Date.now() + 3 * daySeconds * 1000).toISOString();
    const json = { items: [{ ...soon, expiresAt }], nextCursor: null, services };
    await page.route('**/v1/keys', (route) => route.fulfill({ json }));
    await page.reload();
    await part(page, 'Claude').getByText(keyTexts.endsSoon.ja, { exact: true }).waitFor();
    await page.unroute('**/v1/keys');

    stack().clock.offsetSeconds += 31 * daySeconds;
    const again = await openKeys(who);
    const claude = part(again, 'Claude');
    await claude.getByText('期限切れ', { exact: true }).waitFor();
    expect(await claude.textContent()).toContain('入力し直す必要はありません');
    await claude.getByRole('button', { name: '更新する' }).click();
    await claude.getByText('有効', { exact: true }).waitFor();
    expect((await keysOf(stack(), who))[0]!.state).toBe('active');
  });

  test('R1.8 R7.4: says how programs call the relay, and copies it', async () => {
    const page = await openKeys(await mailedGuest(stack(), admin));
    const programs = part(page, relayTexts.programs.ja);
    await programs.getByText(`${stack().relay}/claude`, { exact: true }).waitFor();
    await programs.getByLabel(relayTexts.client.ja).selectOption('Python');
    await programs.getByLabel(relayTexts.ofService.ja).selectOption({ label: 'ChatGPT' });
    await programs.getByRole('button', { name: `コピー: ${relayTexts.callStep.ja}` }).click();
    await programs.getByText('コピーしました').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('from openai import OpenAI');
    expect(copied).toContain(`base_url="${stack().relay}/chatgpt/v1"`);
  });

  test('403 R7.4: who has not proven the mailbox is led to where that is done', async () => {
    const page = await openKeys(await register(stack(), await openInvite(stack(), admin)));
    await page.getByText('メールアドレスの確認後に登録できます').waitFor();
    expect(await page.getByLabel('APIキー', { exact: true }).count()).toBe(0);
    await page.getByRole('link', { name: '確認する' }).click();
    await page.waitForURL(`${stack().app}/verify`);
  });

  test('503 R4.8 R7.4: when the keys cannot be read the page says so, shows the rest, and tries again', async () => {
    const who = await mailedGuest(stack(), admin);
    const page = await openKeys(who);
    await part(page, 'Claude').waitFor();
    const broken = { status: 503, contentType: 'application/problem+json', body: '{}' };
    await page.route('**/v1/keys', (route) => route.fulfill(broken));
    await page.reload();
    await page.getByRole('alert').getByText('読み込めませんでした').waitFor();
    await part(page, keyTexts.quota.ja).getByText('30回中0回').first().waitFor();
    expect(await part(page, 'Claude').count()).toBe(0);
    await page.unroute('**/v1/keys');
    await page.getByRole('button', { name: '再試行' }).click();
    await part(page, 'Claude').waitFor();
  });

  test('C65 R4.11 R7.6: is for everybody, in each language and look, with mistakes, uses and lists open', async () => {
    const who = await mailedGuest(stack(), admin);
    await putKey(stack(), who);
    await ask(stack(), await relayToken(stack(), who));
    await changeKey(stack(), who, { active: false });
    const page = await openKeys(who);
    for (const look of ['ja light', 'zh dark', 'en light'] as const) {
      const [language, colorScheme] = look.split(' ') as ['ja', 'light'];
      await page.emulateMedia({ colorScheme });
      await switchLanguage(page, language);
      await page.locator('section[aria-labelledby=key-chatgpt] [name=key]').fill('short');
      await page.locator('section[aria-labelledby=key-chatgpt] form button[type=submit]').click();
      await page.locator('.hint.error').waitFor();
      await page.locator('section[aria-labelledby=key-claude] summary').nth(1).click();
      await page.locator('.chart summary').click();
      await page.locator('section[aria-labelledby=key-claude] summary').first().click();
      await expectGoodPage(page);
    }
  });
});
