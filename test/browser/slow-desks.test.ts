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
import { openDesk } from './desk.ts';
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
});
