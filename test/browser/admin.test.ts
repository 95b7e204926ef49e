import { beforeAll, describe, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { dayOf, startOfDay } from '#shared/calendar.ts';
import { day } from '#shared/clock.ts';
import { newDevice } from '../harness/people/devices.ts';
import { attempt } from '../harness/people/guests.ts';
import { changeInvite, linkState, listAll } from '../harness/invites/invites.ts';
import {
  firstAdmin,
  invite,
  register,
  secondAdmin,
  somebody,
  tokenOf,
  type SignedIn,
} from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { browserRuns } from './chromium.ts';
import { confirm, loaded, openDesk } from './desk.ts';
import { expectGoodPage } from './page-checks.ts';
import { measureLoad } from './page-load.ts';
import { useBrowser } from './visit.ts';

const wide = { locale: 'en', viewport: { width: 1280, height: 800 } } as const;

describe.skipIf(!browserRuns)("the admin's invites", () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });

  const openList = async (query = ''): Promise<Page> =>
    openDesk(await open(wide), stack(), admin, `/admin/invites${query}`);
  const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });

  test('R0.7 R7.1: an invite is withdrawn and given again in its row, which stays in its place', async () => {
    const emails = [somebody(), somebody(), somebody()].map(({ email }) => email);
    const rows = await invite(stack(), admin, { emails, note: '<b>note</b>', label: 'rows' });
    const [, email] = emails;
    const token = tokenOf(rows[1]!.url);
    const page = await openList('?label=rows');
    const row = rowOf(page, email!);
    await row.waitFor();
    const order = () => page.locator('tbody th a').allTextContents();
    const before = await order();
    expect(before).toHaveLength(3);
    expect(await row.textContent()).toContain('<b>note</b>');
    let reads = 0;
    page.on('request', (request) => (reads += Number(request.method() === 'GET')));

    await page.getByRole('button', { name: `Withdraw the invite: ${email}`, exact: true }).click();
    expect(await page.getByRole('dialog').textContent()).toContain('let nobody in any more');
    expect(await linkState(stack(), token)).toBe('active');
    await confirm(page, 'Withdraw');
    await page.getByText(`The invite is withdrawn: ${email}`).waitFor();
    await row.getByText('Withdrawn', { exact: true }).waitFor();
    expect(await linkState(stack(), token)).toBe('revoked');

    await page.getByRole('button', { name: `Give the invite a new link: ${email}`, exact: true }).click();
    await confirm(page, 'New link');
    await page.getByText(`A new link is on its way to ${email}.`).waitFor();
    await row.getByText('Open', { exact: true }).waitFor();
    expect(await order()).toEqual(before);
    expect(reads).toBe(0);
  });

  test('R7.5: what is gone for good looks otherwise than what can be given back, in the list, on the page and where it is asked', async () => {
    await invite(stack(), admin, { count: 1, label: 'look' });
    const page = await openList('?label=look');
    await page.getByRole('button', { name: 'Select all shown' }).click();
    const isFilled = (button: Locator) =>
      button.evaluate((one) => getComputedStyle(one).backgroundColor !== 'rgba(0, 0, 0, 0)');
    const isFilledEach = async (withdraw: RegExp, remove: RegExp) => {
      const buttons = [withdraw, remove].map((name) => page.getByRole('button', { name }).first());
      const looks: boolean[] = [];
      for (const button of buttons) {
        looks.push(await isFilled(button));
        await button.click();
        looks.push(await isFilled(page.getByRole('dialog').locator('button').first()));
        await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
      }
      return looks;
    };
    const unlike = [false, false, true, true];
    expect(await isFilledEach(/^Withdraw 1 invite/, /^Delete 1 invite/)).toEqual(unlike);
    const row = page.getByRole('row').getByRole('button', { name: /Withdraw/ });
    expect(await isFilled(row)).toBe(false);
    await page.locator('tbody th a').first().click();
    await page.waitForURL(/\/admin\/invites\/[\w-]+$/);
    expect(await isFilledEach(/Withdraw/, /Delete/)).toEqual(unlike);
  });

  test('R0.7 R7.1: filters are one request each, stand in the address, and load more', async () => {
    const [open30] = [{ count: 60, label: 'many', note: 'a poster' }];
    await invite(stack(), admin, open30);
    const who = somebody();
    await register(stack(), tokenOf((await invite(stack(), admin, { label: 'many' }))[0]!.url), who);
    const page = await openList('?label=many');
    const rows = page.locator('tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(50);
    await page.getByRole('button', { name: 'More' }).click();
    await expect.poll(() => rows.count()).toBe(61);

    const asked: string[] = [];
    page.on('request', (request) => request.url().includes('/v1/admin/') && asked.push(request.url()));
    await page.getByLabel('Status').selectOption('Used');
    await expect.poll(() => rows.count()).toBe(1);
    expect(await rows.textContent()).toContain(who.username);
    expect(asked).toEqual([`${stack().app}/v1/admin/invites?status=used&label=many&limit=50`]);
    await page.reload();
    await rows.first().waitFor();
    expect(await rows.count()).toBe(1);
    await page.getByLabel('Status').selectOption('Expired');
    await page.getByText('There are no invites that these filters show.').waitFor();
  });

  test('R7.1: on a phone fifty invites are two lines each, and a tap anywhere on one leads to its page', async () => {
    const emails = Array.from({ length: 50 }, () => somebody().email);
    await invite(stack(), admin, { emails, label: 'p' });
    const page = await open({ locale: 'en' });
    await openDesk(page, stack(), admin, '/admin/invites?label=p');
    const rows = page.locator('tbody tr');
    await expect.poll(() => rows.count()).toBe(50);
    const { height } = (await page.locator('tbody').boundingBox())!;
    expect(height / 50).toBeLessThan(80);
    const row = rows.nth(1);
    expect(await row.innerText()).toMatch(/@[^]*Open[^]* · p\s*$/);
    await row.getByRole('checkbox').check();
    await page.getByText('1 selected').waitFor();
    // The link covers the words.
    await row.locator('.glance').click({ force: true });
    await page.waitForURL(/\/admin\/invites\/[\w-]{22}$/);
    await page.getByRole('button', { name: /^Withdraw/ }).waitFor();
  });

  test('R7.1: on a phone the uses of a link stand apart from its mail', async () => {
    await invite(stack(), admin, { count: 1, maxUses: 20, label: 'apart' });
    const page = await open({ locale: 'en' });
    await openDesk(page, stack(), admin, '/admin/invites?label=apart');
    expect(await page.locator('tbody tr').innerText()).toMatch(/0 of 20 used ·\s+no mail · .+ · apart\s*$/);
  });

  test('R7.1 R0.7: many are given a new link, withdrawn and deleted at once, and counted', async () => {
    const people = Array.from({ length: 4 }, () => somebody());
    const rows = await invite(stack(), admin, { emails: people.map(({ email }) => email), label: 'bulk' });
    await register(stack(), tokenOf(rows[0]!.url), people[0]);
    await invite(stack(), admin, { count: 50, label: 'bulk' });
    const page = await openList('?label=bulk');
    await page.locator('tbody tr').first().waitFor();
    await page.getByRole('button', { name: 'Select all shown' }).click();
    await page.getByRole('button', { name: /^Select all that match/ }).click();
    await page.getByText('54 selected').waitFor();

    await page.getByRole('button', { name: 'Give 54 invites a new link', exact: true }).click();
    expect(await page.getByRole('dialog').textContent()).toContain('end at once');
    await confirm(page, 'New link');
    await page.getByText('New links: 53. Not done: 1 (used).').waitFor();
    const states = await Promise.all(rows.map(({ url }) => linkState(stack(), tokenOf(url))));
    expect(new Set(states.slice(1))).not.toContain('active');

    const kept = page.getByRole('checkbox', { name: `Select the invite: ${people[1]!.email}` });
    await kept.check();
    await page.getByRole('button', { name: 'Delete 1 invite', exact: true }).click();
    await confirm(page, 'Delete');
    await page.getByText('Deleted: 1.').waitFor();
    expect(await rowOf(page, people[1]!.email).count()).toBe(0);
    expect(await listAll(stack(), admin, { label: 'bulk' })).toHaveLength(53);
  });

  test('R7.1 C91: who grants them now is shown of many that have a new link when it is told, and so is their end', async () => {
    const by = await secondAdmin(stack(), admin);
    const rows = await invite(stack(), by, { emails: [somebody().email, somebody().email], label: 'taken' });
    for (const { id } of rows) await changeInvite(stack(), by, id, 'revoke');
    const page = await openList('?label=taken');
    const row = rowOf(page, rows[0]!.email!);
    await row.getByRole('link', { name: by.user.username }).waitFor();
    await page.getByRole('button', { name: 'Select all shown' }).click();
    await page.getByRole('button', { name: 'Give 2 invites a new link', exact: true }).click();
    await confirm(page, 'New link');
    await page.getByText('New links: 2.').waitFor();
    await row.getByText('begun anew').waitFor();
    expect(await row.textContent()).not.toContain(by.user.username);
    await page.getByRole('button', { name: `Give the invite a new link: ${rows[0]!.email}` }).click();
    await confirm(page, 'New link');
    await row.getByText(admin.user.username).waitFor();
    expect(await row.getByText('begun anew').count()).toBe(0);
  });

  test('R7.1 R0.7: where no mail goes out, none is promised to whoever gives many a new link', async () => {
    await invite(stack(), admin, { emails: [somebody().email, somebody().email], label: 'silent' });
    stack().deploy({ mailFrom: null });
    const page = await openList('?label=silent');
    await page.getByRole('button', { name: 'Select all shown' }).click();
    await page.getByRole('button', { name: 'Give 2 invites a new link', exact: true }).click();
    const asked = await page.getByRole('dialog').textContent();
    expect(asked).toContain('for you to hand over');
    expect(asked).not.toContain('mail');
  });

  test('R7.3 R0.7: where no mail goes out, none is promised to whoever corrects the address of an invite', async () => {
    const [row] = await invite(stack(), admin, { emails: [somebody().email] });
    stack().deploy({ mailFrom: null });
    const page = await openList(`/${row!.id}`);
    const form = page.getByRole('group').filter({ hasText: 'Make a link for this address' });
    await form.getByText('Correct the address', { exact: true }).click();
    await form.getByText('to hand over yourself').waitFor();
    expect(await form.textContent()).not.toMatch(/send|sent|mail|goes to/);
  });

  test('R7.3 R2.10: one invite tells its story, shows its link on request, and goes to a corrected address', async () => {
    const [who, other] = [somebody(), somebody()];
    const [row] = await invite(stack(), admin, { emails: [who.email] });
    await stack().settle();
    const page = await openList(`/${row!.id}`);
    await page.getByText(`Made by ${admin.user.username}`).waitFor();
    const story = page.locator('.story');
    const year = new Date(stack().clock.now()).getUTCFullYear();
    expect(await story.textContent()).toMatch(
      new RegExp(`Mail sent.*${year}.*Mail delivered.*${year}.*Registered not yet`),
    );
    expect(await page.locator('code.link').count()).toBe(0);
    await page.getByRole('button', { name: 'Show the link' }).click();
    expect(await linkState(stack(), tokenOf((await page.locator('code.link').textContent())!))).toBe(
      'active',
    );
    await page.getByRole('button', { name: 'Sheet with QR codes' }).click();
    await page.getByRole('img', { name: `QR code of the link: ${who.email}` }).waitFor();

    await page.getByText('Correct the address and send again').click();
    await page.getByLabel('New address').fill(other.email);
    await page.getByRole('button', { name: 'Send to this address' }).click();
    await page.getByText(`A new link is on its way to ${other.email}.`).waitFor();
    await page.getByRole('heading', { name: other.email }).waitFor();
    expect(await linkState(stack(), tokenOf(row!.url))).not.toBe('active');
    await stack().settle();
    expect(stack().mails(other.email)).toHaveLength(1);

    const token = tokenOf(/https?:\S+\/invite\/\S+/.exec(stack().mails(other.email)[0]!.text)![0]);
    await register(stack(), token, other);
    await page.reload();
    await page
      .getByRole('row')
      .filter({ hasText: other.email })
      .getByRole('link', { name: other.username })
      .waitFor();
    await page.getByRole('button', { name: `Delete the invite: ${other.email}` }).click();
    await confirm(page, 'Delete');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe('This invite is deleted.');
  });

  test('R7.3: the printer gets the sheet of QR codes whole, and nothing that is not for guests', async () => {
    const [row] = await invite(stack(), admin, { count: 1, label: 'printed', note: 'not for guests' });
    const page = await open({ ...wide, viewport: { width: 1280, height: 300 } });
    await openDesk(page, stack(), admin, '/admin/invites?label=printed');
    const sheet = page.locator('.sheet');
    const expectPrinted = async () => {
      await page.getByRole('button', { name: 'Sheet with QR codes' }).click();
      await sheet.waitFor();
      expect(await sheet.innerText()).toMatch(/^Anybody/);
      expect(await sheet.innerHTML()).not.toContain('not for guests');
      await page.emulateMedia({ media: 'print' });
      expect((await page.locator('body').innerText()).trim()).toBe((await sheet.innerText()).trim());
      expect(await sheet.evaluate(cutOff)).toBe(0);
      await page.emulateMedia({ media: null });
    };
    await page.getByRole('button', { name: /^Give the invite a new link/ }).click();
    await confirm(page, 'New link');
    await expectPrinted();
    await page.goto(`${stack().app}/admin/invites/${row!.id}`);
    await page.getByRole('heading', { name: 'not for guests' }).waitFor();
    await page.getByRole('button', { name: 'Show the link' }).click();
    await expectPrinted();
  });

  test('R7.6: what the keyboard comes to in a long list lies under nothing, and a click moves nothing', async () => {
    await invite(stack(), admin, { count: 20, label: 'long' });
    const page = await openList('?label=long');
    const rows = page.locator('tbody tr');
    await rows.first().getByRole('checkbox').check();
    const { x } = (await rows.first().locator('input').boundingBox())!;
    const { y: foot } = (await page.locator('.foot').boundingBox())!;
    const lowest = await page.evaluate(lowestTick, foot);
    expect(lowest).toBeGreaterThan(400);
    await page.mouse.click(x + 4, lowest);
    await page.getByText('2 selected').waitFor();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    for (let n = 0; n < 30; n += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(nameIfCovered)).toBe('');
    }
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(0);
  });

  test('R3.10: the page of an invite for a device names the device that it registered', async () => {
    const [row] = await invite(stack(), admin, { kind: 'device' });
    const { deviceKey } = await newDevice();
    const headers = {
      'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1',
    };
    await attempt(stack(), { token: tokenOf(row!.url), deviceKey }, { headers });
    const page = await openList(`/${row!.id}`);
    await page.getByRole('heading', { name: 'Anybody, on one device' }).waitFor();
    await page.getByRole('columnheader', { name: 'Device' }).waitFor();
    await page.getByRole('cell', { name: 'Safari on iPhone' }).waitFor();
  });

  test('R7.1 R4.8: a list that cannot be read says so, and is read again; reading leads to the login', async () => {
    await invite(stack(), admin);
    const page = await openList();
    await page.locator('tbody tr').first().waitFor();
    stack().faults([{ kind: 'error', service: 'dynamodb', function: 'admin-invite-list', times: 9 }]);
    await page.getByLabel('Status').selectOption('Open');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    stack().faults([]);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.locator('tbody tr').first().waitFor();
    expect(await alert.count()).toBe(0);
    await page.context().clearCookies();
    await page.getByLabel('Status').selectOption('Used');
    await page.waitForURL(`${stack().app}/login?next=*`);
  });

  test('R7.6: the pages are for everybody, in each language and look', async () => {
    const [row] = await invite(stack(), admin, {
      emails: [somebody().email],
      note: 'n'.repeat(200),
      label: 'x'.repeat(40),
    });
    for (const look of ['ja light', 'zh dark', 'en light']) {
      const [locale, colorScheme] = look.split(' ') as [string, 'light' | 'dark'];
      const page = await open({ locale, colorScheme });
      await openDesk(page, stack(), admin, '/admin/invites');
      for (const path of ['', '/new', '/new?way=link', `/${row!.id}`]) {
        await page.goto(`${stack().app}/admin/invites${path}`);
        await loaded(page);
        expect(await page.locator('html').getAttribute('lang')).toBe(locale);
        for (const part of await page.locator('summary').all())
          if (await part.isVisible()) await part.click();
        await expectGoodPage(page);
      }
    }
  });

  test('R7.1: the desk comes with at most 150 kB of script, and nothing in it moves', async () => {
    const page = await openList();
    for (const path of ['', '/new']) {
      const fresh = await page.context().newPage();
      const { scriptKilobytes, layoutShift } = await measureLoad(fresh, async () => {
        await fresh.goto(`${stack().app}/admin/invites${path}`);
        await fresh.locator('#desk > .loading').waitFor({ state: 'hidden' });
      });
      expect(scriptKilobytes).toBeGreaterThan(20);
      expect(scriptKilobytes).toBeLessThanOrEqual(150);
      expect(layoutShift).toBe(0);
    }
  });
});

describe.skipIf(!browserRuns)('the first page of administrators', () => {
  const stack = useStack();
  const open = useBrowser();

  test('R7.3: where the audit trail is shorter than the days that are shown, the page says from which day on they are whole', async () => {
    const noon = startOfDay(dayOf(stack().clock.now())) + day / 2;
    stack().clock.standAt(noon);
    stack().deploy({ auditDays: 20 });
    const admin = await firstAdmin(stack());
    const page = await openDesk(await open(wide), stack(), admin, '/admin/invites/new');
    await page.goto(`${stack().app}/admin`);
    await page.getByText(`Days before ${dayOf(noon - 19 * day)} may show less`).waitFor();
    stack().deploy({});
    await page.reload();
    await page.getByText('The last 30 days').waitFor();
    expect(await page.getByText('may show less').count()).toBe(0);
    stack().clock.go();
  });
});

// These functions run in the page and can use nothing from outside themselves.

/** By how many pixels an element's containers cut off their contents, at most. */
function cutOff(part: Element): number {
  let most = 0;
  for (let holder = part.parentElement; holder; holder = holder.parentElement)
    if (getComputedStyle(holder).overflowY !== 'visible')
      most = Math.max(most, holder.scrollHeight - holder.clientHeight);
  return most;
}

/** The vertical middle of the lowest checkbox that is visible above the bar, in pixels. */
const lowestTick = (bar: number): number =>
  Math.max(
    ...[...document.querySelectorAll('tbody input')]
      .map((tick) => tick.getBoundingClientRect())
      .filter(({ bottom }) => bottom < bar)
      .map(({ top, height }) => top + height / 2),
  );

/** The focused element's HTML if another element covers its middle, else an empty string. */
function nameIfCovered(): string {
  const focused = document.activeElement!;
  const { left, top, width, height } = focused.getBoundingClientRect();
  const isSeen = focused.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  return isSeen ? '' : focused.outerHTML;
}
