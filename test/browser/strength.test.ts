import { beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { firstAdmin, openInvite, somebody } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { faintTexts, mistakesOf } from './checks.ts';
import { browserRuns } from './chromium.ts';
import { useBrowser } from './visit.ts';

describe.skipIf(!browserRuns)('the hint below a password that is chosen', () => {
  const stack = useStack();
  const open = useBrowser();
  let token = '';
  beforeAll(async () => {
    token = await openInvite(stack(), await firstAdmin(stack()));
  });

  /** Opens the invite's form. @returns the page, and the scripts that it requests from then on. */
  const visit = async (locale: string, options: object = {}): Promise<{ page: Page; scripts: string[] }> => {
    const page = await open({ locale, ...options });
    const scripts: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(new URL(request.url()).pathname);
    });
    await page.goto(`${stack().app}/invite/${token}`);
    return { page, scripts };
  };

  test('C22: says while somebody types how strong the password is, and why', async () => {
    const { page } = await visit('en', { viewport: { width: 320, height: 640 } });
    await page.fill('#email', 'hanako@example.com');
    const hint = page.locator('.field .strength');
    const says = async (password: string, text: string, level: string) => {
      // The verdict on one password must not be taken for the verdict on the next.
      await page.fill('#password', '');
      await hint.filter({ hasNotText: /./ }).waitFor({ state: 'attached' });
      await page.fill('#password', password);
      await page.getByText(text, { exact: true }).waitFor();
      expect(await hint.getAttribute('class'), password).toBe(`hint strength ${level}`);
      expect(await mistakesOf(page)).toEqual([]);
      expect(await faintTexts(page)).toEqual([]);
    };
    await says('abc', 'Easy to guess. Use at least 8 characters.', 'weak');
    await says('Password1', 'Easy to guess. It resembles a password that many people use.', 'weak');
    await says('zxcvbnm,./', 'Easy to guess. Rows of keys, sequences and repeats are tried early.', 'weak');
    // Passwords that resemble the address in the same form, or the app's name.
    const context =
      'This is little more than a name, an address or the name of this app. Add words of your own.';
    await says('hanako2026', `Easy to guess. ${context}`, 'weak');
    await says('Latchkey-1', `Easy to guess. ${context}`, 'weak');
    await says('kiwi2019', 'Could be harder to guess. Add a word or two.', 'fair');
    await says('correct horse battery', 'Hard to guess.', 'good');
    await page.fill('#password', '');
    await hint.filter({ hasNotText: /./ }).waitFor({ state: 'attached' });
    expect(await hint.getAttribute('aria-live')).toBe('polite');
  });

  test('R4.13: the hint is in the language of the page', async () => {
    for (const [locale, text] of [
      ['ja', '推測されやすいパスワードです。 8文字以上で入力してください。'],
      ['zh-CN', '容易被猜到。 至少 8 个字符。'],
    ] as const) {
      const { page } = await visit(locale);
      await page.fill('#password', 'abc');
      await page.getByText(text, { exact: true }).waitFor();
    }
  });

  test('C22: it is fetched when the field is focused and not before, and once', async () => {
    const { page, scripts } = await visit('en');
    await page.fill('#username', 'yuki');
    expect(scripts).not.toContain('/assets/strength.js');
    await page.focus('#password');
    await page.locator('.strength').waitFor({ state: 'attached' });
    await page.focus('#username');
    await page.fill('#password', 'abc');
    await page.getByText('Easy to guess.', { exact: false }).waitFor();
    expect(scripts.filter((path) => path === '/assets/strength.js')).toHaveLength(1);
    expect(await page.locator('.strength').count()).toBe(1);
  });

  test('C22 R0.6: without scripts there is no hint, and the server gives its reason at the field', async () => {
    const { page } = await visit('en', { javaScriptEnabled: false });
    const guest = somebody();
    const fields = { email: guest.email, username: guest.username, password: 'Password1' };
    for (const [id, value] of Object.entries(fields)) await page.fill(`#${id}`, value);
    await page.locator('main form > button').first().click();
    await page.getByRole('alert').waitFor();
    expect(await page.locator('.strength').count()).toBe(0);
    expect(await page.locator('#password-hint').textContent()).toContain('attackers try first');
    expect(await page.locator('#password').getAttribute('aria-invalid')).toBe('true');
  });
});
