import type { Locator, Page, Request } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { frameTexts } from '#web/texts/frame.ts';
import { homeTexts } from '#web/texts/home.ts';
import { inviteStateTexts } from '#web/texts/invite-states.ts';
import { ownInviteTexts } from '#web/texts/own-invites.ts';
import { changeUser } from '../harness/people/managing.ts';
import { firstAdmin, mailedGuest, password, somebody, type SignedIn } from '../harness/people/people.ts';
import { claudeKey, keysOf } from '../harness/relay/keys.ts';
import { useStack } from '../harness/stack/stack.ts';
import { browserRuns } from './chromium.ts';
import { openDesk } from './desk.ts';
import { expectGoodPage } from './page-checks.ts';
import { drawn } from './slow.ts';
import { fillIn, switchLanguage, useBrowser } from './visit.ts';

/** Presses Tab until the wanted element has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let steps = 0; steps < 80; steps += 1) {
    if (await wanted.evaluate((part) => part === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the tab key does not lead to ${wanted}`);
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }).first());
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

async function press(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press('Enter');
}

describe.skipIf(!browserRuns)("a member's desk", () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });

  test('R7.4 R7.6: by keyboard alone: in, a key stored and checked, somebody invited, a name changed, and out', async () => {
    const who = await mailedGuest(stack(), admin);
    await changeUser(stack(), admin, who.user.id, { limits: { invites: 1 } });
    const page = await open({ viewport: { width: 1280, height: 800 } });
    const link = (name: string) => page.getByRole('link', { name, exact: true });
    await page.goto(`${stack().app}/login`);
    await type(page, 'メールアドレスまたはユーザー名', who.user.username);
    await type(page, 'パスワード', password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${stack().app}/`);

    await press(page, page.getByRole('link', { name: homeTexts.keysNone.ja }));
    await type(page, 'APIキー', claudeKey());
    await page.keyboard.press('Enter');
    const claude = page.getByRole('region', { name: 'Claude', exact: true });
    await claude.getByText('APIキーを更新しました').waitFor();
    await press(page, claude.getByRole('button', { name: '今すぐ確認' }));
    await claude.getByText('Claudeでこのキーを使えます').waitFor();
    await press(page, claude.getByRole('button', { name: '削除する' }));
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    expect(await keysOf(stack(), who)).toHaveLength(1);

    await press(page, link(frameTexts.ownInvites.ja));
    const { email } = somebody('friend');
    await type(page, 'メールアドレス', email);
    await page.keyboard.press('Enter');
    await page.getByText(`${email} への招待を送信しています`).waitFor();
    await page.getByText(ownInviteTexts.noneLeft.ja).waitFor();

    await press(page, link(frameTexts.account.ja));
    await type(page, '名（任意）', 'Hanako');
    await page.keyboard.press('Enter');
    await page.getByText('プロフィールを更新しました').waitFor();
    await press(page, page.getByRole('button', { name: 'ログアウト', exact: true }));
    await page.waitForURL(`${stack().app}/login`);
  });

  test('R7.6 R4.13: the first page and own invites are for everybody, in each language and look', async () => {
    const who = await mailedGuest(stack(), admin);
    await changeUser(stack(), admin, who.user.id, { limits: { invites: 1 } });
    const page = await open();
    await page.goto(`${stack().app}/login`);
    await fillIn(
      page,
      { メールアドレスまたはユーザー名: who.user.username, パスワード: password },
      'ログイン',
    );
    await page.waitForURL(`${stack().app}/`);
    for (const look of ['ja light', 'zh dark', 'en light'] as const) {
      const [language, colorScheme] = look.split(' ') as ['ja', 'light'];
      await page.emulateMedia({ colorScheme });
      await switchLanguage(page, language);
      await expectGoodPage(page);
      await page.goto(`${stack().app}/invites`);
      await page.locator('.empty').waitFor();
      await page.fill('[name=email]', who.user.email ?? '');
      await page.locator('#desk form button').click();
      await page.locator('.notice.error').waitFor();
      await expectGoodPage(page);
      await page.goto(`${stack().app}/`);
    }
  });

  test('R7.6 R4.13: own invites ask an administrator for none, and lead to the page for inviting', async () => {
    const page = await openDesk(await open(), stack(), admin, '/invites');
    await page.getByText(ownInviteTexts.noneNeeded.ja).waitFor();
    await expectGoodPage(page);
    await page.locator('#desk').getByRole('link', { name: '招待する', exact: true }).click();
    await page.waitForURL(`${stack().app}/admin/invites/new`);
  });

  test('R4.13 R7.4: an invite goes out in the language of its page, and stands there at once, though the list is a moment behind', async () => {
    const who = await mailedGuest(stack(), admin);
    await changeUser(stack(), admin, who.user.id, { limits: { invites: 3 } });
    const page = await open({ locale: 'zh' });
    await page.clock.install();
    await openDesk(page, stack(), who, '/invites');
    expect(await page.getAttribute('html', 'lang')).toBe('zh');
    const left = (count: number) => page.getByText(ownInviteTexts.left.zh.replace('{count}', String(count)));
    await left(3).waitFor();
    const former = await page.evaluate(async () => (await fetch('/v1/invites')).text());
    const isList = (request: Request) => request.url().endsWith('/v1/invites') && request.method() === 'GET';
    await page.route('**/v1/invites', (route, request) =>
      isList(request) ? route.fulfill({ body: former, contentType: 'application/json' }) : route.continue(),
    );
    const rows = page.locator('#desk tbody tr');
    const send = async (email: string) => {
      const isRead = page.waitForResponse((response) => isList(response.request()));
      await page.fill('[name=email]', email);
      await page.locator('#desk form button').click();
      await isRead;
      await drawn(page);
      await rows.filter({ hasText: email }).waitFor();
    };
    const [first, second] = [somebody('friend').email, somebody('friend').email];
    await send(first);
    await left(2).waitFor();
    expect(await rows.count()).toBe(1);
    const onItsWay = rows.filter({ hasText: inviteStateTexts.pending.zh });
    expect(await onItsWay.count()).toBe(1);
    await page.unroute('**/v1/invites');
    await stack().settle();
    await page.clock.runFor(15_000);
    await expect.poll(() => onItsWay.count()).toBe(0);
    await send(second);
    await left(1).waitFor();
    expect(await rows.count()).toBe(2);
    await stack().settle();
    for (const email of [first, second]) expect(stack().mails(email)[0]!.html).toContain('lang="zh"');
  });

  test('R4.8 R7.4: own invites that cannot be read say so, and are tried again', async () => {
    const who = await mailedGuest(stack(), admin);
    await changeUser(stack(), admin, who.user.id, { limits: { invites: 1 } });
    const page = await open();
    await page.route('**/v1/invites*', (route) => route.fulfill({ status: 502, body: 'bad gateway' }));
    await page.goto(`${stack().app}/login?next=/invites`);
    await fillIn(
      page,
      { メールアドレスまたはユーザー名: who.user.username, パスワード: password },
      'ログイン',
    );
    await page.getByText('読み込めませんでした').waitFor();
    await page.unroute('**/v1/invites*');
    await page.getByRole('button', { name: '再試行' }).click();
    await page.getByText(ownInviteTexts.empty.ja).waitFor();
  });
});
