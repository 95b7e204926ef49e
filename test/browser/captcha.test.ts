import { beforeAll, describe, expect, test } from 'vitest';
import { solvedCaptcha } from '../harness/people/captchas.ts';
import { linkState } from '../harness/invites/invites.ts';
import { bootstrap, openInvite, password, register, somebody, tokenOf } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { faintTexts, mistakesOf } from './checks.ts';
import { browserRuns } from './chromium.ts';
import { fillIn, useBrowser } from './visit.ts';

const ja = {
  email: 'メールアドレス',
  username: 'ユーザー名',
  password: 'パスワード',
  passphrase: '合言葉',
  register: '登録して始める',
} as const;

describe.skipIf(!browserRuns)('where everybody who registers solves a captcha', () => {
  const stack = useStack('captcha');
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    const captcha = await solvedCaptcha(stack());
    admin = await register(stack(), tokenOf(await bootstrap(stack())), { ...somebody('admin'), captcha });
  });
  const account = ({ email, username } = somebody()) => ({
    [ja.email]: email,
    [ja.username]: username,
    [ja.password]: password,
  });

  test('R2.7: the page solves it by itself, and says meanwhile that it takes a moment', async () => {
    const page = await open();
    const said: (string | null)[] = [];
    await page.route('**/v1/captcha', async (route) => {
      said.push(await page.locator('[data-captcha][role=status]').textContent());
      // A second press meanwhile must not register twice.
      await page.getByRole('button', { name: ja.register }).click();
      await route.continue();
    });
    await page.goto(`${stack().app}/invite/${await openInvite(stack(), admin)}`);
    const who = somebody();
    await fillIn(page, account(who), ja.register);
    await page.waitForURL(`${stack().app}/`);
    expect(await page.locator('h1').textContent()).toBe(who.username);
    expect(said).toEqual([expect.stringContaining('少々お待ちください')]);
  });

  test('R2.7: a challenge that cannot be had is said, and what was typed stays', async () => {
    const page = await open();
    const broken = { status: 503, contentType: 'application/problem+json', body: '{}' };
    await page.route('**/v1/captcha', (route) => route.fulfill(broken), { times: 1 });
    await page.goto(`${stack().app}/invite/${await openInvite(stack(), admin)}`);
    await fillIn(page, account(), ja.register);
    await page.getByText('確認できませんでした').waitFor();
    expect(await page.getByLabel(ja.password, { exact: true }).inputValue()).toBe(password);
    await page.setViewportSize({ width: 320, height: 640 });
    expect([...(await mistakesOf(page)), ...(await faintTexts(page))]).toEqual([]);
    await fillIn(page, {}, ja.register);
    await page.waitForURL(`${stack().app}/`);
  });

  test('R2.7 R7.5: one that is solved before the page is loaded is sent', async () => {
    const appLogo = 'https://logo.example.com/logo.svg';
    stack().deploy({ appLogo });
    const page = await open();
    const late = Promise.withResolvers<void>();
    await page.route(appLogo, async (route) => {
      await late.promise;
      const body = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" />';
      await route.fulfill({ contentType: 'image/svg+xml', body });
    });
    const link = `${stack().app}/invite/${await openInvite(stack(), admin)}`;
    await page.goto(link, { waitUntil: 'commit' });
    await page.getByRole('button', { name: `表示: ${ja.password}` }).waitFor();
    const sent = page.waitForRequest((one) => one.method() === 'POST' && one.url().endsWith('/register'));
    // From before the form is sent: the next page has no captcha.
    const isSolved = page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('[name=captcha]')?.value,
    );
    await fillIn(page, account(), ja.register);
    await isSolved;
    late.resolve();
    expect(new URLSearchParams((await sent).postData()!).get('captcha')).not.toBe('');
    await page.waitForURL(`${stack().app}/`);
  });

  test('R2.7 R2.5: a device that shows its key solves one too', async () => {
    const passphrase = 'ひらけごま2026';
    const page = await open();
    const token = await openInvite(stack(), admin, { kind: 'device-only', passphrase });
    await page.goto(`${stack().app}/invite/${token}`);
    await fillIn(page, { [ja.passphrase]: passphrase }, ja.register);
    await page.waitForURL(`${stack().app}/`);
    expect(await linkState(stack(), token)).toBe('used');
  });

  test('R2.7 C9: without scripts the page says what it needs, and the invite stays good', async () => {
    const page = await open({ javaScriptEnabled: false });
    const token = await openInvite(stack(), admin);
    await page.goto(`${stack().app}/invite/${token}`);
    const note = page.locator('noscript p');
    await note.waitFor();
    expect(await note.textContent()).toContain('JavaScriptが必要です');
    await fillIn(page, account(), ja.register);
    expect(await page.getByRole('alert').textContent()).toContain('JavaScriptが有効なら');
    expect(await linkState(stack(), token)).toBe('active');
  });
});
