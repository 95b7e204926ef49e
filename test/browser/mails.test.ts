import { beforeAll, describe, expect, test } from 'vitest';
import { askCode } from '../harness/people/codes.ts';
import { firstAdmin, invite, somebody, type SignedIn } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { browserRuns } from './chromium.ts';
import { axeViolations, expectGoodPage, sidewaysScrolls } from './page-checks.ts';
import { useBrowser } from './visit.ts';

describe.skipIf(!browserRuns)('mails, and the inbox that shows them', () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });

  test.each(['ja', 'zh', 'en'] as const)(
    'R7.6 R4.13: an invite and a code in %s read well, light and dark, on a phone',
    async (locale) => {
      const { email } = somebody();
      const words = { message: 'Welcome!\nSee you on Monday.' };
      await invite(stack(), admin, { emails: [email], locale, ...words });
      await askCode(stack(), 'password-reset', admin.user.email!);
      await stack().settle();
      const kinds = [stack().mails(email).at(-1)!, stack().mails(admin.user.email!).at(-1)!];
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await open({ locale, colorScheme });
        await page.goto(stack().inbox);
        await page.locator('ol li').first().waitFor();
        expect(await page.locator('html').getAttribute('lang')).toBe(locale);
        await expectGoodPage(page);
        await page.goto(`${stack().inbox}/mails/${kinds[0]!.id}`);
        await expectGoodPage(page);
        // Outside the inbox, which shows mails in a sandbox where no check could run.
        for (const { html } of kinds) {
          await page.goto('about:blank');
          await page.setContent(html);
          expect(await page.locator('html').getAttribute('lang')).toBe(
            html === kinds[0]!.html ? locale : 'en',
          );
          expect(await axeViolations(page)).toEqual([]);
          expect(await sidewaysScrolls(page)).toEqual([]);
          const paper = await page.locator('main').evaluate((part) => getComputedStyle(part).backgroundColor);
          expect(paper).toBe(colorScheme === 'dark' ? 'rgb(27, 30, 36)' : 'rgb(255, 255, 255)');
        }
      }
      const quoted = await open({ locale });
      await quoted.setContent(kinds[0]!.html);
      expect(await quoted.locator('blockquote').innerText()).toBe(words.message);
      expect(await quoted.locator('p:has(+ blockquote)').textContent()).toContain(admin.user.username);
    },
  );

  test('R7.6 C60: the app’s name is the sender’s, in any script, and the inbox shows new mail by itself', async () => {
    const appName = '門の鍵, “Kazoku” & Co. とても長い名前のアプリケーション';
    const page = await open({ locale: 'en' });
    await page.goto(stack().inbox);
    stack().deploy({ appName });
    const { email } = somebody();
    await invite(stack(), admin, { emails: [email] });
    await page.locator('li', { hasText: email }).getByRole('link').click();
    expect(await page.locator('dd').first().textContent()).toMatch(
      /^門の鍵, “Kazoku” & Co\. とても長い名前のアプリケーション <[^<>]+>$/,
    );
    const { from } = stack().mails(email).at(-1)!;
    expect(from).toMatch(/^[\x20-\x7e]+$/);
    for (const word of from.split(' ').slice(0, -1)) expect(word.length).toBeLessThanOrEqual(75);
    stack().deploy({});
  });
});
