import { beforeAll, describe, expect, test } from 'vitest';
import { linkState } from '../harness/invites/invites.ts';
import { readInvite } from '../harness/invites/inviting.ts';
import {
  bootstrap,
  firstAdmin,
  invite,
  mailedToken,
  openInvite,
  password,
  somebody,
  tokenOf,
  type SignedIn,
} from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { browserRuns } from './chromium.ts';
import { fillIn, followMail, useBrowser } from './visit.ts';

/** Texts of the pages that a guest passes. */
const texts = {
  ja: {
    email: 'メールアドレス',
    username: 'ユーザー名',
    password: 'パスワード',
    login: 'メールアドレスまたはユーザー名',
    register: '登録して始める',
    signIn: 'ログイン',
    signOut: 'ログアウト',
  },
  zh: {
    email: '邮箱',
    username: '用户名',
    password: '密码',
    login: '邮箱或用户名',
    register: '注册并开始',
    signIn: '登录',
    signOut: '退出登录',
  },
  en: {
    email: 'Email address',
    username: 'Username',
    password: 'Password',
    login: 'Email address or username',
    register: 'Register and start',
    signIn: 'Sign in',
    signOut: 'Sign out',
  },
} as const;

describe.skipIf(!browserRuns)('from nothing to the first guest', () => {
  const stack = useStack();
  const open = useBrowser();

  test('R4.7 R5.9 R0.3 R5.8 R3.1 R4.6: the first admin invites, the guest comes by the mail', async () => {
    const { ja } = texts;
    const [chief, guest] = [somebody('chief'), somebody('guest')];
    const home = `${stack().app}/`;

    const admin = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await admin.goto(await bootstrap(stack()));
    expect(admin.url()).toBe(`${home}register`);
    const typed = { [ja.email]: chief.email, [ja.username]: chief.username, [ja.password]: password };
    await fillIn(admin, typed, ja.register);
    await admin.waitForURL(home);
    expect(await admin.locator('h1').textContent()).toBe(chief.username);

    await admin.getByRole('link', { name: '招待する' }).click();
    await fillIn(admin, { メールアドレス: `${guest.email}\n${chief.username}` }, 'プレビュー');
    await fillIn(admin, {}, '1件のメールを送信');
    await admin.getByText('招待リンクを生成しました').waitFor();
    await admin.getByText('送信1件、対象外1件。').waitFor();

    await admin.getByRole('link', { name: 'リンクを作成' }).click();
    await fillIn(admin, {}, 'リンクを作成');
    await admin.getByRole('button', { name: 'リンクをコピー: リンクを知っている人' }).click();
    await admin.getByText('コピーしました').waitFor();
    const copied = await admin.evaluate(() => navigator.clipboard.readText());
    expect(await linkState(stack(), tokenOf(copied))).toBe('active');

    const visitor = await open();
    await followMail(visitor, stack().inbox, ja.register);
    await visitor.waitForURL(`${home}register`);
    expect(await visitor.locator('.notice.good').textContent()).toContain(
      `${chief.username}さんからの招待です。`,
    );
    expect(await visitor.getByLabel(ja.email, { exact: true }).inputValue()).toBe(guest.email);
    await fillIn(visitor, { [ja.username]: guest.username, [ja.password]: password }, ja.register);
    await visitor.waitForURL(home);
    expect(await visitor.locator('dl').textContent()).toContain(guest.email);
    expect(await visitor.locator('dl').textContent()).not.toContain('未確認');
    expect(await visitor.locator('a[href^="/admin"]').count()).toBe(0);

    await fillIn(visitor, {}, ja.signOut);
    await visitor.waitForURL(`${home}login`);
    await visitor.goto(home);
    expect(visitor.url()).toBe(`${home}login`);
    await fillIn(visitor, { [ja.login]: guest.email, [ja.password]: password }, ja.signIn);
    await visitor.waitForURL(home);
    expect(await visitor.locator('h1').textContent()).toBe(guest.username);
  });
});

describe.skipIf(!browserRuns)('guests of a deployment', () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });

  test.each(['ja', 'zh', 'en'] as const)(
    'R0.4 R0.6 R4.13: the way works without scripts, in %s',
    async (locale) => {
      const say = texts[locale];
      const guest = somebody();
      const home = `${stack().app}/`;
      await invite(stack(), admin, { emails: [guest.email], locale });
      await stack().settle();
      const page = await open({ javaScriptEnabled: false, locale });
      await followMail(page, stack().inbox, say.register);
      await page.waitForURL(`${home}register`);
      await fillIn(page, { [say.username]: 'NO', [say.password]: password }, say.register);
      await page.getByRole('alert').waitFor();
      await fillIn(page, { [say.username]: guest.username, [say.password]: password }, say.register);
      await page.waitForURL(home);
      expect(await page.locator('h1').textContent()).toBe(guest.username);
      await fillIn(page, {}, say.signOut);
      await page.waitForURL(`${home}login`);
      await fillIn(page, { [say.login]: guest.username, [say.password]: password }, say.signIn);
      await page.waitForURL(home);
      expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    },
  );

  test('C7 R7.3: a scanner that runs the scripts, waits and fills in by script opens no form; whoever types does', async () => {
    const { email } = somebody();
    const [row] = await invite(stack(), admin, { emails: [email] });
    const token = await mailedToken(stack(), email);
    const before = await stack().dumpTables();
    for (let visit = 0; visit < 3; visit += 1) {
      const page = await open();
      await page.goto(`${stack().app}/invite/${token}`, { waitUntil: 'networkidle' });
      expect(page.url()).toBe(`${stack().app}/register`);
    }
    const page = await open();
    await page.goto(`${stack().app}/invite/${token}`);
    const name = page.locator('input[name=username]');
    await name.evaluate((input: HTMLInputElement) => {
      input.value = 'scanner';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    expect(await stack().dumpTables()).toEqual(before);
    expect(await linkState(stack(), token)).toBe('active');
    const told = page.waitForResponse(`${stack().app}/v1/invites/open`);
    await name.press('a');
    expect((await told).status()).toBe(204);
    const { json } = await readInvite(stack(), admin, row!.id);
    expect(json).toMatchObject({
      uses: 0,
      story: { formOpened: expect.any(String) as string, registered: null },
    });
  });

  test('R2.4 R4.11: cookies are out of reach of scripts, and register leads on who is signed in', async () => {
    const page = await open();
    await page.goto(`${stack().app}/invite/${await openInvite(stack(), admin)}`);
    const { email, username } = somebody();
    const { ja } = texts;
    await fillIn(page, { [ja.email]: email, [ja.username]: username, [ja.password]: password }, ja.register);
    await page.waitForURL(`${stack().app}/`);
    const cookies = await page.context().cookies();
    expect(cookies.map(({ name }) => name).sort()).toEqual(['__Host-device', '__Host-session']);
    for (const { httpOnly, secure, sameSite } of cookies) {
      expect({ httpOnly, secure, sameSite }).toEqual({ httpOnly: true, secure: true, sameSite: 'Lax' });
    }
    expect(await page.evaluate(() => document.cookie)).toBe('');
    await page.goto(`${stack().app}/register`);
    expect(page.url()).toBe(`${stack().app}/`);
  });
});
