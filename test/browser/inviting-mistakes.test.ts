import { beforeAll, describe, expect, test } from 'vitest';
import { day } from '#shared/clock.ts';
import { showTime } from '#shared/show-time.ts';
import { firstAdmin, invite, somebody, type SignedIn } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { browserRuns } from './chromium.ts';
import { openDesk } from './desk.ts';
import { useBrowser } from './visit.ts';

const wide = { locale: 'en', viewport: { width: 1280, height: 800 } } as const;

describe.skipIf(!browserRuns)('the page for inviting', () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });
  const openMail = async () => openDesk(await open(wide), stack(), admin, '/admin/invites/new?way=mail');

  test('R4.8 R7.5: a mistake in the options that are folded away opens them', async () => {
    const page = await openMail();
    const form = page.locator('form', { has: page.getByRole('button', { name: 'Preview' }) });
    const days = form.getByLabel('Days until it expires');
    await form.evaluate((element: HTMLFormElement) => (element.noValidate = true));
    await page.getByLabel('Email addresses').fill(somebody().email);
    await page.getByText('More options').click();
    await days.fill('999');
    await page.getByText('More options').click();
    await days.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Preview' }).click();
    await form.getByText('The most is 365.').waitFor();
    await expect.poll(() => days.evaluate((field) => field === document.activeElement)).toBe(true);
  });

  test('R7.2 R4.8: an app that is not here and a language that no mail has are named with their lines', async () => {
    const page = await openMail();
    const mistake = page.locator('.hint.error');
    const tell = async (table: string) => {
      await page.getByLabel('Email addresses').fill(table);
      await page.getByRole('button', { name: 'Preview' }).click();
      await mistake.waitFor();
      return mistake.textContent();
    };
    const { email } = somebody();
    expect(await tell(`email,app\n${email},\n${email},nowhere\n`)).toMatch(/^Line 3: app .*, not nowhere/);
    expect(await tell(`email,language\n${email},fr\n`)).toBe(
      'Line 2: locale (language) wants one of ja, zh, en, not fr',
    );
  });

  test('R4.8 R7.5: so does one that the browser itself finds, which says it there', async () => {
    const page = await openMail();
    const days = page.getByLabel('Days until it expires').first();
    await page.getByLabel('Email addresses').fill(somebody().email);
    await page.getByText('More options').click();
    await days.fill('999');
    await page.getByText('More options').click();
    await days.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Preview' }).click();
    await days.waitFor();
    await expect.poll(() => days.evaluate((field) => field === document.activeElement)).toBe(true);
  });

  test('R7.2: a file that is too large is called so, and changes nothing of what is typed', async () => {
    const page = await openMail();
    const { email } = somebody();
    await page.getByLabel('Email addresses').fill(email);
    const choose = (size: number) =>
      page
        .getByLabel('Or choose a CSV file')
        .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.alloc(size, 'a') });
    await choose(1_000_001);
    await page.getByText('This file is too large to be a list of people: at most').waitFor();
    expect(await page.getByText('no CSV').count()).toBe(0);
    expect(await page.getByLabel('Email addresses').inputValue()).toBe(email);
    await choose(20);
    await expect.poll(() => page.getByLabel('Email addresses').inputValue()).toBe('a'.repeat(20));
    expect(await page.getByText('This file is too large').count()).toBe(0);
  });

  test('R7.2 R7.3: a table of different days shows the mail with each end, and one for those whose end is the same', async () => {
    const page = await openMail();
    const [one, other, third, never] = Array.from({ length: 4 }, () => somebody().email);
    const table = `email,days\n${one},3\n${other},30\n${third},3\n${never},never\n`;
    await page.getByLabel('Email addresses').fill(table);
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Nothing is sent yet').waitFor();
    const mails = await page.locator('pre[lang]').allTextContents();
    const ends = mails.map((mail) => /good until[^\n]*/i.exec(mail)?.[0]);
    expect(mails).toHaveLength(3);
    expect(new Set(ends).size).toBe(3);
    expect(ends).toContain(undefined);
  });

  test('R7.2 R7.3: of people who get a mail each end is shown, and none with the end of who gets none', async () => {
    const page = await openMail();
    const [one, other, ...held] = Array.from({ length: 4 }, () => somebody().email);
    await invite(stack(), admin, { emails: held });
    const now = stack().clock.now();
    stack().clock.standAt(now);
    const table = `email,days\n${held[0]},7\n${one},3\n${other},30\n${held[1]},30\n`;
    await page.getByLabel('Email addresses').fill(table);
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Nothing is sent yet').waitFor();
    const mails = await page.locator('pre[lang]').allTextContents();
    const ends = [3, 30].map((days) => showTime(now + days * day, 'en', 'UTC'));
    expect(mails).toEqual(ends.map((end) => expect.stringContaining(end) as string));
  });
});
