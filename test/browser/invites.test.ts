import { beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { showTime } from '#shared/show-time.ts';
import { linkState } from '../harness/invites/invites.ts';
import { firstAdmin, invite, mailedToken, openInvite, password, somebody } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { rowsOf, textOf } from '../harness/stack/rows.ts';
import { useStack } from '../harness/stack/stack.ts';
import { daySeconds } from '../harness/stack/time.ts';
import { faintTexts, mistakesOf } from './checks.ts';
import { browserRuns } from './chromium.ts';
import { fillIn, followMail, useBrowser } from './visit.ts';

const ja = {
  email: 'メールアドレス',
  username: 'ユーザー名',
  password: 'パスワード',
  passphrase: '合言葉',
  code: '招待コード',
  register: '登録して始める',
  renew: '新しいリンクを送る',
  switch: 'ログアウトして招待を使う',
  signOut: 'ログアウト',
} as const;

describe.skipIf(!browserRuns)('ways in, and out of dead ends', () => {
  const stack = useStack();
  const open = useBrowser();
  const passphrase = 'ひらけごま2026';
  let admin: SignedIn;
  let home: string;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
    home = `${stack().app}/`;
  });

  const deviceLink = async (): Promise<string> =>
    `${home}invite/${await openInvite(stack(), admin, { kind: 'device-only', passphrase })}`;
  const account = ({ email, username } = somebody()) => ({
    [ja.email]: email,
    [ja.username]: username,
    [ja.password]: password,
  });
  /** Expects that the page reads well on the smallest phone. */
  const expectFine = async (page: Page): Promise<void> => {
    await page.waitForLoadState();
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await mistakesOf(page)).toEqual([]);
    expect(await faintTexts(page)).toEqual([]);
  };
  /** Thumbprint of the device key of the guest who has just registered in the page. */
  const thumbprint = async (page: Page): Promise<string> => {
    const name = page.locator('[data-me=username]');
    await name.waitFor();
    const username = await name.textContent();
    const [user] = rowsOf(await stack().dumpTables(), 'users', 'username', username!);
    return textOf(user!, 'device');
  };

  test('C73: an address typed full-width, at a domain in letters, gets through the browser’s own check', async () => {
    const { username } = somebody();
    const page = await open();
    await page.goto(`${home}invite/${await openInvite(stack(), admin)}`);
    await fillIn(page, account({ email: `${username}＠例子。中国`, username, password }), ja.register);
    await page.waitForURL(home);
    const [user] = rowsOf(await stack().dumpTables(), 'users', 'username', username);
    expect(textOf(user!, 'email')).toBe(`${username}@xn--fsqu00a.xn--fiqs8s`);
  });

  test.each([true, false])(
    'R0.5 R5.8: an expired link, "send me a new one", the new mail, registered (scripts: %s)',
    async (javaScriptEnabled) => {
      const { email, username } = somebody();
      await invite(stack(), admin, { emails: [email], expiresInDays: 1, locale: 'ja' });
      const token = await mailedToken(stack(), email);
      stack().clock.offsetSeconds = daySeconds + 60;
      const page = await open({ javaScriptEnabled });
      await page.goto(`${home}invite/${token}`);
      expect(await page.locator('h1').textContent()).toBe('招待リンクの有効期限が切れています');
      expect(page.url()).toContain(token);
      await expectFine(page);
      await fillIn(page, {}, ja.renew);
      await page.waitForURL(`${home}invite/renewed`);
      expect(await page.locator('h1').textContent()).toBe('メールをご確認ください');
      await expectFine(page);

      await stack().settle();
      await followMail(page, stack().inbox, ja.register);
      await page.waitForURL(`${home}register`);
      expect(await page.getByLabel(ja.email, { exact: true }).inputValue()).toBe(email);
      await fillIn(page, { [ja.username]: username, [ja.password]: password }, ja.register);
      await page.waitForURL(home);
      expect(await page.locator('dl').textContent()).toContain(email);
      expect(await page.locator('dl').textContent()).not.toContain('未確認');
    },
  );

  test('R2.1 R2.2: a code is typed on a phone, wrongly and then as people do', async () => {
    const [row] = await invite(stack(), admin);
    const page = await open({ hasTouch: true, isMobile: true });
    await page.goto(`${home}register`);
    await fillIn(page, { [ja.code]: 'none', ...account() }, ja.register);
    await page.getByRole('alert').waitFor();
    await expectFine(page);
    const typed = row!.code!.toLowerCase().replace('-', ' ');
    await fillIn(page, { [ja.code]: typed, [ja.password]: password }, ja.register);
    await page.waitForURL(home);
  });

  test('R3.4 R3.1: a device comes in by the pass phrase, and has one key for all its invites', async () => {
    const page = await open();
    await page.goto(await deviceLink());
    expect(await page.locator('main').textContent()).toContain('※ 招待URLは1台のみ登録可能');
    await expectFine(page);
    await fillIn(page, { [ja.passphrase]: 'ちがう合言葉' }, ja.register);
    await page.getByRole('alert').waitFor();
    expect(await page.locator('main').textContent()).toContain('合言葉が正しくありません');
    await expectFine(page);
    await fillIn(page, { [ja.passphrase]: passphrase }, ja.register);
    await page.waitForURL(home);
    const first = await thumbprint(page);
    expect(first).toMatch(/^[\w-]{43}$/);

    await fillIn(page, {}, ja.signOut);
    await page.waitForURL(`${home}login`);
    await page.goto(await deviceLink());
    await fillIn(page, { [ja.passphrase]: passphrase }, ja.register);
    await page.waitForURL(home);
    expect(await thumbprint(page)).toBe(first);

    const other = await open();
    await other.goto(await deviceLink());
    await fillIn(other, { [ja.passphrase]: passphrase }, ja.register);
    await other.waitForURL(home);
    expect(await thumbprint(other)).not.toBe(first);
  });

  test('R3.3: the key stays in the browser: no script can read its private half', async () => {
    const page = await open();
    await page.goto(`${home}invite/${await openInvite(stack(), admin, { kind: 'device' })}`);
    await fillIn(page, account(), ja.register);
    await page.waitForURL(home);
    expect(await thumbprint(page)).toMatch(/^[\w-]{43}$/);
    expect(await page.evaluate(exportKey)).toEqual({ extractable: false, refused: 'InvalidAccessError' });
  });

  test('R3.4 R2.1: a code of a device invite asks for what that needs, and then lets in', async () => {
    const [row] = await invite(stack(), admin, { kind: 'device-only', passphrase });
    const page = await open();
    await page.goto(`${home}register`);
    await fillIn(page, { [ja.code]: row!.code!, ...account() }, ja.register);
    await page.getByLabel(ja.passphrase, { exact: true }).waitFor();
    await expectFine(page);
    await fillIn(page, { [ja.passphrase]: passphrase }, ja.register);
    await page.waitForURL(home);
    expect(await thumbprint(page)).toMatch(/^[\w-]{43}$/);
  });

  test('R3.4: without scripts the form says what is missing, before and after', async () => {
    const link = await deviceLink();
    const page = await open({ javaScriptEnabled: false });
    await page.goto(link);
    const says = 'JavaScriptを有効にしてください';
    // This browser runs no scripts, but does not display `noscript` either.
    expect(await page.locator('noscript').textContent()).toContain(says);
    await fillIn(page, { [ja.passphrase]: passphrase }, ja.register);
    await page.getByRole('alert').waitFor();
    expect(await page.locator('.error', { hasText: says }).isVisible()).toBe(true);
    expect(await linkState(stack(), link.slice(link.lastIndexOf('/') + 1))).toBe('active');
  });

  test('C70 C71: a tab that is loaded again shows its own invite, whatever the other tabs have opened', async () => {
    const [one, other] = [
      await openInvite(stack(), admin),
      await openInvite(stack(), admin, { role: 'admin' }),
    ];
    const page = await open();
    await page.goto(`${home}invite/${one}`);
    const tab = await page.context().newPage();
    await tab.goto(`${home}invite/${other}`);
    for (const meanwhile of [async () => undefined, async () => page.context().clearCookies()]) {
      await meanwhile();
      await page.reload();
      await page.waitForFunction(
        (token) => document.querySelector<HTMLInputElement>('input[name=token]')?.value === token,
        one,
      );
      expect(await page.locator('main').textContent()).not.toContain('管理者として登録されます');
      expect(page.url()).toBe(`${home}register`);
    }
  });

  test('C84: with scripts the end of an invite is told in the reader’s own zone', async () => {
    const [row] = await invite(stack(), admin, { expiresInDays: 1 });
    const timeZone = 'Pacific/Auckland';
    const page = await open({ timezoneId: timeZone });
    await page.goto(row!.url);
    const end = showTime(Date.parse(row!.expiresAt!), 'ja', timeZone);
    await page.locator('time', { hasText: end }).waitFor();
  });

  test("R0.5 R2.4: who is signed in and opens somebody's invite is told so, and switches", async () => {
    const page = await open();
    await page.goto(`${home}invite/${await openInvite(stack(), admin)}`);
    const first = account();
    await fillIn(page, first, ja.register);
    await page.waitForURL(home);
    await page.goto(`${home}invite/${await openInvite(stack(), admin)}`);
    expect(await page.locator('h1').textContent()).toBe('既にログインしています');
    expect(await page.locator('main').textContent()).toContain(first[ja.username]);
    await expectFine(page);
    await fillIn(page, {}, ja.switch);
    await page.waitForURL(`${home}register`);
    const second = account();
    await fillIn(page, second, ja.register);
    await page.waitForURL(home);
    expect(await page.locator('h1').textContent()).toBe(second[ja.username]);
  });
});

/** Runs in the page: tries to export the private key, and returns the outcome. */
async function exportKey(): Promise<object> {
  const result = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error));
    });
  const database = await result(indexedDB.open('latchkey-device'));
  const store = database.transaction('latchkey-device').objectStore('latchkey-device');
  const { privateKey } = (await result(store.get('key'))) as CryptoKeyPair;
  const refused = await crypto.subtle.exportKey('jwk', privateKey).catch((error: DOMException) => error.name);
  return { extractable: privateKey.extractable, refused };
}
