import { beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { locales, type Locale, type Text } from '#shared/locale.ts';
import { files, root } from '../rules/files.ts';
import { firstAdmin, password, type SignedIn } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { browserRuns } from './chromium.ts';
import { loaded } from './desk.ts';
import { expectGoodPage } from './page-checks.ts';
import { useBrowser } from './visit.ts';

const desks = [
  '/account',
  '/keys',
  '/invites',
  '/admin',
  '/admin/invites',
  '/admin/invites/new',
  '/admin/people',
  '/admin/activity',
  '/admin/settings',
];

/** English texts of the pages that are long enough not to occur in a sentence of another language. */
const tables = await Promise.all(
  files('web/texts/*.ts').map(
    async (file) => (await import(/* @vite-ignore */ `${root}${file}`)) as Record<string, object>,
  ),
);
const english = tables
  .flatMap((table) => Object.values(table).flatMap((texts) => Object.values(texts) as Text[]))
  .filter(({ en, ja, zh }) => en.length > 6 && !en.includes('{') && en !== ja && en !== zh)
  .map(({ en }) => en);

/** Whether a page contains the words other than inside a longer word, such as the name of a setting. */
const says = (page: string, words: string): boolean =>
  page
    .split(words)
    .some(
      (before, at, parts) =>
        at < parts.length - 1 && !/[a-z]$/i.test(before) && !/^[a-z]/i.test(parts[at + 1]!),
    );

describe.skipIf(!browserRuns)('the pages of signed-in people, in every state', () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });

  async function signedIn(locale: Locale): Promise<Page> {
    const page = await open({ locale, viewport: { width: 1280, height: 900 } });
    await page.goto(`${stack().app}/login`);
    await page.locator('[name=login]').fill(admin.user.username);
    await page.locator('[name=password]').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${stack().app}/`);
    return page;
  }

  test.each(locales.filter((locale) => locale !== 'en'))(
    'R7.6 R4.13: nothing of ours is left in English: %s',
    async (locale) => {
      const page = await signedIn(locale);
      expect(english.length).toBeGreaterThan(200);
      for (const path of desks) {
        await page.goto(stack().app + path);
        await loaded(page);
        const text = await page.locator('body').innerText();
        const left = [...english.filter((words) => says(text, words)), ...(text.match(/\w+ on \w+/g) ?? [])];
        expect({ path, left }).toEqual({ path, left: [] });
      }
    },
  );

  test('R7.5 R7.6: where no call is answered, each page says so, offers another try, and can be read by all', async () => {
    const page = await signedIn('en');
    await page.route('**/v1/**', (route) => route.abort());
    for (const path of desks.filter((path) => !['/admin/settings', '/admin/invites/new'].includes(path))) {
      await page.goto(stack().app + path);
      const retry = page.getByRole('button', { name: 'Try again' }).first();
      await retry.waitFor();
      await loaded(page);
      await expectGoodPage(page);
      expect(await page.locator('main').innerText()).not.toContain('Loading');
    }
  });

  test('R7.6: the mark of the focus is seen whole, whatever has it', async () => {
    const page = await signedIn('en');
    for (const path of desks) {
      await page.goto(stack().app + path);
      await loaded(page);
      expect({ path, cut: await page.evaluate(findCutMarks) }).toEqual({ path, cut: [] });
    }
  });

  test.each(['people', 'invites'])(
    'R7.5: who follows a link to one of the %s that is gone is told what people can do, and not what programs do',
    async (list) => {
      const page = await signedIn('en');
      await page.goto(`${stack().app}/admin/${list}/${'A'.repeat(22)}`);
      const told = await page.getByRole('alert').innerText();
      expect(told).toContain('Check the address, or start from the first page.');
      await expectGoodPage(page);
    },
  );

  test('R7.5 R7.6: where there is nothing yet, each page says so, and can be read by all', async () => {
    const page = await signedIn('en');
    await page.route('**/v1/**', async (route) => {
      if (route.request().method() !== 'GET') return route.continue();
      const response = await route.fetch();
      // Keys are refused to users with an unproven mailbox.
      const json = response.ok() ? ((await response.json()) as object) : { items: [], services: [] };
      const none = 'items' in json ? { ...json, items: [], nextCursor: null } : json;
      return route.fulfill({ json: 'services' in none ? { ...none, services: [] } : none });
    });
    for (const path of desks.filter((path) => !['/admin/settings', '/admin/invites/new'].includes(path))) {
      await page.goto(stack().app + path);
      await page.locator('.empty').first().waitFor();
      await loaded(page);
      await expectGoodPage(page);
    }
    await page.goto(`${stack().app}/admin/people/${admin.user.id}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await loaded(page);
    await expectGoodPage(page);
  });

  test('R7.1 R7.6: an administrator finds, reads and disables somebody by the keyboard alone', async () => {
    const page = await signedIn('en');
    const press = async (key: string, times = 1) => {
      for (let n = 0; n < times; n += 1) await page.keyboard.press(key);
    };
    /** Presses Tab until the focused control has this name. */
    const tabTo = async (name: RegExp) => {
      for (let n = 0; n < 80; n += 1) {
        await press('Tab');
        const focused = await page.evaluate(() => {
          const { ariaLabel, textContent, labels } = document.activeElement as HTMLInputElement;
          return ariaLabel ?? labels?.[0]?.textContent ?? textContent ?? '';
        });
        if (name.test(focused)) return;
      }
      throw new Error(`nothing is called ${name}`);
    };
    await tabTo(/^People$/);
    await press('Enter');
    await page.waitForURL('**/admin/people');
    await page.locator('#desk tbody tr').first().waitFor();
    await tabTo(/^Address or username$/);
    await page.keyboard.type(admin.user.username);
    await press('Enter');
    await page.waitForURL(/find=/);
    await page.locator('#desk tbody tr').first().waitFor();
    await tabTo(new RegExp(`^${admin.user.username}$`));
    await press('Enter');
    await page.waitForURL(`**/admin/people/${admin.user.id}`);
    await page.getByRole('button', { name: /^Disable/ }).waitFor();
    await tabTo(/^Disable/);
    await press('Enter');
    await page.getByRole('dialog').waitFor();
    // The dialog focuses its "no" first. The last administrator stays, and a message beside the button says so.
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.locator('.outcome .notice.error').first().waitFor();
  });
});

// This function runs in the page and can use nothing from outside itself.

/** Elements whose focus outline is partly cut off by a scrolling container. */
function findCutMarks(): string[] {
  const parts = document.querySelectorAll<HTMLElement>(
    'a[href], button, summary, select, textarea, input, pre',
  );
  return [...parts].flatMap((part) => {
    part.focus({ focusVisible: true } as FocusOptions);
    if (document.activeElement !== part) return [];
    const { outlineWidth, outlineOffset } = getComputedStyle(part);
    const around = parseFloat(outlineWidth) + parseFloat(outlineOffset);
    const mark = part.getBoundingClientRect();
    let holder = part.parentElement;
    while (holder && getComputedStyle(holder).overflowX === 'visible') holder = holder.parentElement;
    if (!holder || holder === document.documentElement) return [];
    const hole = holder.getBoundingClientRect();
    const isWhole =
      mark.left - around >= hole.left &&
      mark.right + around <= hole.right &&
      mark.top - around >= hole.top &&
      mark.bottom + around <= hole.bottom;
    return isWhole ? [] : [`${part.tagName} ${part.textContent?.trim() ?? ''} in ${holder.className}`];
  });
}
