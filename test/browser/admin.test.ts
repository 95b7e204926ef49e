import { beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { linkState, listAll } from '../harness/invites/invites.ts';
import { firstAdmin, invite, password, somebody, tokenOf, type SignedIn } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { browserRuns } from './chromium.ts';
import { fillIn, useBrowser } from './visit.ts';

describe.skipIf(!browserRuns)("the admin's page", () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });

  async function openPanel(): Promise<Page> {
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/login`);
    const { username } = admin.user;
    await fillIn(page, { 'Email address or username': username, Password: password }, 'Sign in');
    await page.locator('#invites li').first().waitFor();
    return page;
  }

  test('R0.7: withdraws an invite and gives it again', async () => {
    const [row] = await invite(stack(), admin, { emails: ['yuki@example.com'], note: '<b>note</b>' });
    const page = await openPanel();
    const item = page.locator('#invites li', { hasText: 'yuki@example.com' });
    expect(await item.textContent()).toContain('<b>note</b>');
    await item.getByRole('button', { name: 'Withdraw' }).click();
    await item.getByText('Withdrawn', { exact: true }).waitFor();
    expect(await linkState(stack(), tokenOf(row!.url))).toBe('revoked');
    await item.getByRole('button', { name: 'New link' }).click();
    await page.getByText('Invite links were made').waitFor();
    await item.getByText('Open', { exact: true }).waitFor();
    const link = await page.locator('#created code.link').textContent();
    expect(await linkState(stack(), tokenOf(link!))).toBe('active');
  });

  test('R0.7: filters by status and loads more', async () => {
    await invite(stack(), admin, { count: 30 });
    const page = await openPanel();
    const items = page.locator('#invites li');
    expect(await items.count()).toBe(25);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('button', { name: 'More' }).waitFor({ state: 'hidden' });
    expect(await items.count()).toBeGreaterThan(30);
    await page.getByLabel('Show').selectOption('Used');
    await expect.poll(() => items.count()).toBe(1);
    expect(await items.textContent()).toContain('Used');
    await page.getByLabel('Show').selectOption('Expired');
    await page.getByText('There are none.').waitFor();
  });

  test('422 R4.8: what is wrong is said, and nothing is made', async () => {
    const page = await openPanel();
    await page.locator('#invite-form').evaluate((form: HTMLFormElement) => (form.noValidate = true));
    await fillIn(page, { Days: '999' }, 'Create invites');
    await page.locator('#created .error').waitFor();
    expect(await page.locator('#created').textContent()).toContain('The most is 365.');
  });

  /** How many invites there are. */
  const countInvites = async () => (await listAll(stack(), admin, { limit: '100' })).length;

  test('C79: a double click on "Create invites", and Enter pressed twice, make one', async () => {
    const page = await openPanel();
    const before = await countInvites();
    const button = page.getByRole('button', { name: 'Create invites' });
    await button.dblclick();
    await page.getByText('Invite links were made').waitFor();
    expect(await countInvites()).toBe(before + 1);

    const { email } = somebody();
    await page.getByLabel('Email addresses').fill(email);
    await button.dblclick();
    await page.locator('#created', { hasText: `${email}: Invited` }).waitFor();
    await page.locator('#invites li', { hasText: email }).waitFor();
    expect(await page.locator('#created').textContent()).not.toContain('Is invited already');
    expect(await countInvites()).toBe(before + 2);

    for (let n = 0; n < 2; n += 1) await page.getByLabel('Links').press('Enter');
    await page.locator('#created', { hasNotText: email }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await countInvites()).toBe(before + 3);
  });

  test('C79: an answer that was lost is asked for again, and is the first one', async () => {
    const page = await openPanel();
    const before = await countInvites();
    let lost = 0;
    await page.route('**/v1/admin/invites', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      return route.fulfill({ status: 503, json: { code: 'busy', title: 'Lost', detail: '' } });
    });
    const button = page.getByRole('button', { name: 'Create invites' });
    await page.getByLabel('Links').fill('2');
    await button.click();
    await page.locator('#created .error').waitFor();
    await page.getByLabel('Links').fill('2');
    await button.click();
    await page.getByText('Invite links were made').waitFor();
    expect(await page.locator('#created code.link').count()).toBe(2);
    expect(await countInvites()).toBe(before + 2);
  });

  test('C79: a form of a page is sent once, however often its button is pressed', async () => {
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/forgot`);
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    await page.getByLabel('Email address').fill(somebody().email);
    stack().faults([{ kind: 'delay', function: 'code-create', action: 'TransactWriteItems', ms: 1_000 }]);
    const { x, y } = (await page.getByRole('button', { name: 'Mail me a code' }).boundingBox())!;
    // By the mouse alone, which waits for no answer.
    for (let n = 0; n < 3; n += 1) await page.mouse.click(x + 5, y + 5);
    await page.waitForURL(/\/forgot\/[\w-]+$/);
    expect(sent).toHaveLength(1);
  });

  test('401 R4.6: what was typed stays when the session has ended, and reading leads to the login', async () => {
    const page = await openPanel();
    await page.waitForLoadState('networkidle');
    await page.context().clearCookies();
    await page.getByLabel('Note').fill('the choir');
    await page.getByRole('button', { name: 'Create invites' }).click();
    await page.getByText('You are not signed in').waitFor();
    expect(await page.getByLabel('Note').inputValue()).toBe('the choir');
    await page.getByLabel('Show').selectOption('Used');
    await page.waitForURL(`${stack().app}/login?next=%2F`);
  });
});
