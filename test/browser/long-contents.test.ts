import { beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { send } from '../harness/http/http.ts';
import { bringIn } from '../harness/invites/inviting.ts';
import {
  bootstrap,
  invite,
  mailedGuest,
  password,
  register,
  tokenOf,
  type SignedIn,
} from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { browserRuns } from './chromium.ts';
import { openDesk } from './desk.ts';
import { expectGoodPage, sidewaysScrolls, smallTargets } from './page-checks.ts';
import { useBrowser } from './visit.ts';

const longest = {
  username: 'm'.repeat(32),
  firstName: 'Maximilian'.repeat(5),
  lastName: 'Hohenlohe'.repeat(5),
  email: `${'m'.repeat(64)}@${'subdomain.'.repeat(10)}example.com`,
  password,
};

describe.skipIf(!browserRuns)('desks of long and of short names', () => {
  const stack = useStack('usersInvite');
  const open = useBrowser();
  let admin: SignedIn;
  let inviter: SignedIn;
  let inviteId = '';
  beforeAll(async () => {
    admin = await register(stack(), tokenOf(await bootstrap(stack())), longest);
    const words = { note: 'N'.repeat(200), label: 'L'.repeat(40) };
    const email = longest.email.replace('m', 'n');
    const [row] = await invite(stack(), admin, { emails: [email], ...words });
    inviteId = row!.id;
    inviter = await mailedGuest(stack(), admin);
    await bringIn(stack(), inviter, { email: 'lil@example.com', username: 'lil', password });
  });

  /** The number of lines that the sign-out button takes at this font size. */
  const linesOfSignOut = (page: Page, size: string): Promise<number> =>
    page.getByRole('button', { name: /^(Sign out|ログアウト|退出登录)$/ }).evaluate((button, fontSize) => {
      document.documentElement.style.fontSize = fontSize;
      const range = document.createRange();
      range.selectNodeContents(button);
      return range.getClientRects().length;
    }, size);

  test('R7.1 R7.6: what can be done to the selected invites leaves half of a phone to them, in letters twice as large', async () => {
    const screen = { width: 320, height: 640 };
    const page = await openDesk(await open({ viewport: screen }), stack(), admin, '/admin/invites');
    await page.locator('.foot button').first().click();
    await page.locator('.foot button.danger').first().waitFor();
    await page.evaluate(() => void (document.documentElement.style.fontSize = '200%'));
    const foot = page.locator('.foot');
    expect((await foot.boundingBox())!.height).toBeLessThanOrEqual(screen.height / 2);
    // Each button can still be reached, and no part of it is cut off.
    for (const button of await foot.getByRole('button', { disabled: false }).all()) {
      await button.focus();
      await expect.poll(() => button.evaluate(isWhole)).toBe(true);
    }
    await expectGoodPage(page);
  });

  test.each(['ja', 'zh', 'en'] as const)(
    'R7.6: the longest names, addresses and notes fit a phone of 320 px and letters twice as large, and the shortest are as large as a finger, in %s',
    async (locale) => {
      const page = await open({ locale, viewport: { width: 320, height: 640 } });
      await openDesk(page, stack(), admin, '/account');
      await send(stack(), 'PATCH', '/v1/me', { json: { locale }, token: admin.session.token });
      const own = ['/', '/account', '/invites', '/admin', '/admin/invites', '/admin/people'];
      const others = [`/admin/people/${admin.user.id}`, `/admin/people/${inviter.user.id}`];
      const paths = [...own, ...others, '/admin/activity', `/admin/invites/${inviteId}`, '/oauth/logout'];
      const faults: string[] = [];
      for (const path of paths) {
        await page.goto(stack().app + path);
        await page.waitForLoadState('networkidle');
        const found = [...(await sidewaysScrolls(page)), ...(await smallTargets(page))];
        for (const fontSize of ['100%', '200%']) {
          const lines = await linesOfSignOut(page, fontSize);
          if (lines > 1) found.push(`${fontSize}: the button that signs out has ${lines} lines`);
        }
        faults.push(...found.map((fault) => `${path} ${fault}`));
      }
      expect(faults).toEqual([]);
    },
  );
});

// This function runs in the page and can use nothing from outside itself.

/** Whether an element is wholly visible: no other element covers a corner of it. */
function isWhole(part: Element): boolean {
  const { left, right, top, bottom } = part.getBoundingClientRect();
  return [left + 12, right - 12].every((x) =>
    [top + 4, bottom - 4].every((y) => part.contains(document.elementFromPoint(x, y))),
  );
}
