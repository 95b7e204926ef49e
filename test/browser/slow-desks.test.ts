import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { decodeTable } from '#shared/table/decode-table.ts';
import { readCsv } from '#shared/table/read-csv.ts';
import { send } from '../harness/http/http.ts';
import { pagesOf, type ShownEntry } from '../harness/people/managing.ts';
import { firstAdmin, invite, type SignedIn } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { browserRuns } from './chromium.ts';
import { confirm, openDesk } from './desk.ts';
import { drawn, hold } from './slow.ts';
import { useBrowser } from './visit.ts';

describe.skipIf(!browserRuns)('desks while an answer is on its way', () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
    const [row] = await invite(stack(), admin, { count: 100, label: 'fair' });
    await invite(stack(), admin, { count: 20 });
    await send(stack(), 'POST', `/v1/admin/invites/${row!.id}/revoke`, { token: admin.session.token });
  });

  const wide = { locale: 'en', viewport: { width: 1280, height: 900 } } as const;
  const desk = async (path: string): Promise<Page> => openDesk(await open(wide), stack(), admin, path);

  test('R7.1: what is read of a filter that was left is neither shown nor selected', async () => {
    const page = await desk('/admin/invites');
    const goOn = await hold(page, /\/v1\/admin\/invites\?.*cursor=/);
    await page.getByRole('button', { name: 'Select all shown' }).click();
    const late = page.waitForResponse(/cursor=/);
    await page.getByRole('button', { name: 'Select all that match' }).click();
    await page.getByLabel('Status').selectOption('revoked');
    const rows = page.locator('tbody tr');
    await expect.poll(() => rows.count()).toBe(1);
    goOn();
    await (await late).finished();
    await drawn(page);
    expect(await rows.count()).toBe(1);
    expect(await page.locator('tbody :checked').count()).toBe(0);
  });

  test('R7.1 R7.5: where a filter is not answered, the rows of the one before go, and nothing is done to them', async () => {
    const page = await desk('/admin/invites');
    const rows = page.locator('tbody tr');
    await rows.first().waitFor();
    await page.route(/status=revoked/, (route) => route.abort(), { times: 1 });
    await page.getByLabel('Status').selectOption('revoked');
    const retry = page.getByRole('button', { name: 'Try again' });
    await retry.waitFor();
    expect(await rows.count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Select all shown' }).count()).toBe(0);
    await retry.click();
    await expect.poll(() => rows.count()).toBe(1);
    await page.getByRole('status').getByText('1 shown').waitFor();
  });

  test('R7.6: a filter that is typed by converting takes no hold before the word is there, and what it finds is told', async () => {
    const page = await desk('/admin/invites');
    await page.getByRole('status').getByText('50 shown').waitFor();
    const asked: (string | null)[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).searchParams.get('label')));
    const now = Date.now();
    await page.clock.install({ time: now });
    await page.clock.pauseAt(now + 60_000);
    await page.getByLabel('Label', { exact: true }).focus();
    const keyboard = await page.context().newCDPSession(page);
    for (const text of ['ｎ', 'に', 'にほん'])
      await keyboard.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      });
    await page.clock.runFor(1_000);
    await keyboard.send('Input.insertText', { text: '日本' });
    await page.clock.runFor(1_000);
    await page.clock.resume();
    await page.waitForURL((url) => url.searchParams.get('label') === '日本');
    await page.getByRole('status').getByText('0 shown').waitFor();
    expect(asked.filter((label) => label !== null)).toEqual(['日本']);
  });

  test('R7.5: whoever signs in once more for what they do to ticked rows finds them ticked', async () => {
    const page = await desk('/admin/invites');
    await page.locator('tbody [type=checkbox]').first().check();
    const problem = {
      status: 403,
      code: 'reauthentication_required',
      title: 'Please confirm that it is you',
    };
    await page.route(/\/batch$/, (route) => route.fulfill({ status: 403, json: problem }));
    await page.getByRole('button', { name: 'Give 1 invite a new link' }).click();
    await confirm(page, 'New link');
    const signIn = page.getByRole('link', { name: 'Sign in once more' });
    const [beside] = await Promise.all([page.waitForEvent('popup'), signIn.click()]);
    await beside.getByText('Confirm that it is you').waitFor();
    await page.getByText('1 selected').waitFor();
  });

  test('R7.1 R5.8: of the links that were made those go that let nobody in any more', async () => {
    await invite(stack(), admin, { count: 2, label: 'sheet' });
    const page = await desk('/admin/invites?label=sheet');
    const links = page.locator('code.link');
    const row = (at: number) => page.locator('tbody tr').nth(at);
    const renew = async (at: number) => {
      const before = await links.allTextContents();
      await row(at)
        .getByRole('button', { name: /new link/ })
        .click();
      await confirm(page, 'New link');
      await expect.poll(async () => before.includes((await links.allTextContents())[0] ?? '')).toBe(false);
      await links.first().waitFor();
    };
    await renew(0);
    await renew(0);
    expect(await links.count()).toBe(1);
    await renew(1);
    expect(await links.count()).toBe(2);
    await row(1)
      .getByRole('button', { name: /Withdraw/ })
      .click();
    await confirm(page, 'Withdraw');
    await expect.poll(() => links.count()).toBe(1);
    await page.getByRole('button', { name: 'Select all shown' }).click();
    await page.getByRole('button', { name: 'Delete 2 invites' }).click();
    await confirm(page, 'Delete');
    await expect.poll(() => links.count()).toBe(0);
  });

  test('R7.1: a row says nothing of a mail and an issuer that the answer to an act has taken away', async () => {
    await invite(stack(), admin, { label: 'stale' });
    const page = await open(wide);
    await page.route(/\/v1\/admin\/invites\?/, async (route) => {
      const { items, ...rest } = (await (await route.fetch()).json()) as { items: object[] };
      const old = { delivery: 'bounced', deliveryReason: 'no_mailbox', inviter: 'gone', inviterId: 'gone' };
      return route.fulfill({ json: { ...rest, items: items.map((item) => ({ ...item, ...old })) } });
    });
    await openDesk(page, stack(), admin, '/admin/invites?label=stale');
    const row = page.locator('tbody tr').first();
    await row.locator('.trouble').waitFor();
    await row.getByRole('button', { name: /new link/ }).click();
    await confirm(page, 'New link');
    await row.locator('.trouble').waitFor({ state: 'detached' });
    expect(await row.locator('a[href="/admin/people/gone"]').count()).toBe(0);
  });

  test('R7.5: what went wrong with one row stays in sight when another’s act is done', async () => {
    await invite(stack(), admin, { count: 2, label: 'both' });
    const page = await desk('/admin/invites?label=both');
    const withdraw = async (at: number) => {
      const row = page.locator('tbody tr').nth(at);
      await row.getByRole('button', { name: /Withdraw/ }).click();
      await confirm(page, 'Withdraw');
    };
    const { promise: bothAreAsked, resolve } = Promise.withResolvers<void>();
    await page.route(/\/revoke$/, async (route) => (await bothAreAsked, route.abort()), { times: 1 });
    await withdraw(0);
    await withdraw(1);
    resolve();
    await page.locator('.notice.error').waitFor();
    await page.locator('.notice.good').waitFor();
    expect(await page.locator('.notice.error').count()).toBe(1);
  });

  test('C84: how long ago something was is told by the server’s time, on a device whose clock is days ahead', async () => {
    const page = await open(wide);
    await page.addInitScript((offset) => {
      const { now } = Date;
      Date.now = () => now() + offset;
    }, 2 * 86_400_000);
    await openDesk(page, stack(), admin, '/admin/invites');
    const age = page.locator('tbody .glance time').first();
    await age.waitFor({ state: 'attached' });
    expect(await age.textContent()).not.toMatch(/day|\dd/);
  });

  test('R7.2 R7.5: what is typed while invites are sent is not lost', async () => {
    const page = await desk('/admin/invites/new');
    const people = page.getByLabel('Email addresses');
    await people.fill('slow@example.com');
    await page.getByRole('button', { name: 'Preview' }).click();
    const goOn = await hold(page, /\/v1\/admin\/invites$/, 'POST');
    await page.getByRole('button', { name: 'Send 1 mail' }).click();
    await people.fill('next@example.com');
    goOn();
    await page.getByText('1 sent').waitFor();
    expect(await people.inputValue()).toBe('next@example.com');
  });

  test('R7.1: a filter that is typed and taken back shows what holds next', async () => {
    const page = await desk('/admin/invites');
    const label = page.getByLabel('Label', { exact: true });
    await label.pressSequentially('x');
    await label.press('Backspace');
    await page.getByRole('button', { name: 'fair', exact: true }).first().click();
    await expect.poll(() => label.inputValue()).toBe('fair');
    await page.waitForURL(/label=fair/);
  });

  test('R7.1 C97: the activity goes into one file, all of it, which spreadsheets know for UTF-8', async () => {
    const page = await desk('/admin/activity');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    const bytes = readFileSync(await (await download).path());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [head, ...rows] = readCsv(decodeTable(bytes)!).records.map(({ fields }) => fields);
    const entries = (await pagesOf<ShownEntry>(stack(), admin, '/v1/admin/audit', {})).flat();
    expect(entries.length).toBeGreaterThan(100);
    expect(rows).toHaveLength(entries.length);
    expect(rows).not.toContainEqual(head);
  });

  test('R7.1: what was asked of the selected invites is done to those, whatever is selected by then', async () => {
    await invite(stack(), admin, { count: 60, label: 'asked' });
    const page = await desk('/admin/invites?label=asked');
    await page.getByRole('button', { name: 'Select all shown' }).click();
    const goOn = await hold(page, /cursor=/);
    await page.getByRole('button', { name: 'Select all that match' }).click();
    await page.getByRole('button', { name: 'Withdraw 50 invites' }).click();
    goOn();
    await page.getByText('60 selected').waitFor();
    await page.getByRole('dialog', { name: 'Withdraw 50 invites' }).waitFor();
    await confirm(page, 'Withdraw');
    await page.getByText('Withdrawn: 50.').waitFor();
  });
});
