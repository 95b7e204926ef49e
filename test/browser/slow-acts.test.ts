import { beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { listAll } from '../harness/invites/invites.ts';
import { claudeKey, putKey } from '../harness/relay/keys.ts';
import {
  firstAdmin,
  invite,
  mailedGuest,
  openInvite,
  register,
  somebody,
  type SignedIn,
} from '../harness/people/people.ts';
import { send } from '../harness/http/http.ts';
import { useStack } from '../harness/stack/stack.ts';
import { browserRuns } from './chromium.ts';
import { confirm, openDesk } from './desk.ts';
import { drawn, hold, holdAnswers, typeOn } from './slow.ts';
import { useBrowser } from './visit.ts';

const wide = { locale: 'en', viewport: { width: 1280, height: 900 } } as const;

describe.skipIf(!browserRuns)('acts of people who do not wait for the answer', () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
    await invite(stack(), admin, { count: 100, label: 'crowd' });
    await invite(stack(), admin, { count: 20, label: 'crowd' });
  });
  const desk = async (path: string, who = admin): Promise<Page> =>
    openDesk(await open(wide), stack(), who, path);
  const answered = (page: Page, address: RegExp, method: string) =>
    page.waitForResponse((one) => address.test(one.url()) && one.request().method() === method);

  test('R7.2: a preview whose text was changed before it came is not shown', async () => {
    const page = await desk('/admin/invites/new');
    const people = page.getByLabel('Email addresses');
    await people.fill('first@example.com');
    const goOn = await hold(page, /\/preview$/, 'POST');
    await page.getByRole('button', { name: 'Preview' }).click();
    await people.fill('second@example.com');
    const answer = answered(page, /\/preview$/, 'POST');
    goOn();
    await (await answer).finished();
    await drawn(page);
    expect(await page.getByRole('button', { name: 'Send 1 mail' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('button', { name: 'Send 1 mail' }).waitFor();
  });

  test('R7.2 R7.5: where sending fails, whoever types on meanwhile is told, and goes on sending', async () => {
    const page = await desk('/admin/invites/new');
    const people = page.getByLabel('Email addresses');
    const who = somebody();
    await people.fill(who.email);
    await page.getByRole('button', { name: 'Preview' }).click();
    const lost = Promise.withResolvers<void>();
    await page.route(/\/v1\/admin\/invites$/, async (route) => (await lost.promise, route.abort()), {
      times: 1,
    });
    const button = page.getByRole('button', { name: 'Send 1 mail' });
    await button.click();
    await people.fill('next@example.com');
    lost.resolve();
    await page.locator('.notice.error').waitFor();
    await button.click();
    await page.getByText('1 sent').waitFor();
    expect(await people.inputValue()).toBe('next@example.com');
    const sent = await listAll(stack(), admin, { email: who.email });
    expect(sent).toHaveLength(1);
  });

  test('R7.2 R7.5: where sending fails half-way, what was made stays in sight of whoever types on', async () => {
    const page = await desk('/admin/invites/new');
    const people = page.getByLabel('Email addresses');
    await people.fill(Array.from({ length: 26 }, () => somebody().email).join('\n'));
    await page.getByRole('button', { name: 'Preview' }).click();
    let count = 0;
    await page.route(/\/v1\/admin\/invites$/, (route) =>
      (count += 1) === 2 ? route.abort() : route.continue(),
    );
    await page.getByRole('button', { name: 'Send 26 mails' }).click();
    await page.locator('.notice.error').waitFor();
    await people.fill('next@example.com');
    await page.getByText('25 sent, 1 not.').waitFor();
    expect(await page.locator('code.link').count()).toBe(25);
    await page.getByText('Perhaps not invited yet').waitFor();
    expect(await people.inputValue()).toBe('next@example.com');
  });

  test('R7.1 R7.5: where an act on many fails half-way, what was done is told, and the rest stays selected', async () => {
    const page = await desk('/admin/invites?label=crowd');
    await page.getByRole('button', { name: 'Select all shown' }).click();
    await page.getByRole('button', { name: 'Select all that match' }).click();
    await page.getByText('120 selected').waitFor();
    let count = 0;
    await page.route(/\/batch$/, (route) => ((count += 1) === 2 ? route.abort() : route.continue()));
    await page.getByRole('button', { name: 'Give 120 invites a new link' }).click();
    await confirm(page, 'New link');
    await page.locator('.notice.error').waitFor();
    expect(await page.locator('.notice.error').textContent()).toContain('New links: 100.');
    await page.getByText('20 selected').waitFor();
  });

  test('R7.1: what is selected while an act on others is under way stays selected', async () => {
    await invite(stack(), admin, { count: 2, label: 'pair' });
    const page = await desk('/admin/invites?label=pair');
    const ticks = page.locator('tbody [type=checkbox]');
    await ticks.nth(0).check();
    const goOn = await hold(page, /\/batch$/, 'POST');
    await page.getByRole('button', { name: 'Give 1 invite a new link' }).click();
    await confirm(page, 'New link');
    await ticks.nth(1).check();
    goOn();
    await page.getByText('New links: 1.').waitFor();
    expect(await ticks.nth(0).isChecked()).toBe(false);
    expect(await ticks.nth(1).isChecked()).toBe(true);
  });

  test('R7.1: what was done to a row is not covered by a list that was read before', async () => {
    const [row] = await invite(stack(), admin, { note: 'covered' });
    const page = await desk('/admin/invites');
    const { isGiven, goOn } = await holdAnswers(page, /status=active/);
    await page.getByLabel('Status').selectOption('active');
    await isGiven;
    const shown = page.getByRole('row').filter({ has: page.locator(`a[href$="${row!.id}"]`) });
    await shown.getByRole('button', { name: /Withdraw/ }).click();
    await confirm(page, 'Withdraw');
    await shown.getByText('Withdrawn', { exact: true }).waitFor();
    const answer = answered(page, /status=active/, 'GET');
    goOn();
    await (await answer).finished();
    await drawn(page);
    await shown.getByText('Withdrawn', { exact: true }).waitFor();
  });

  test('R7.1: nor by the list of all that match, which was begun before', async () => {
    await invite(stack(), admin, { count: 60, label: 'matching' });
    const page = await desk('/admin/invites?label=matching');
    await page.getByRole('button', { name: 'Select all shown' }).click();
    const goOn = await hold(page, /cursor=/);
    await page.getByRole('button', { name: 'Select all that match' }).click();
    const shown = page.locator('tbody tr').first();
    await shown.getByRole('button', { name: /Withdraw/ }).click();
    await confirm(page, 'Withdraw');
    await shown.getByText('Withdrawn', { exact: true }).waitFor();
    goOn();
    await page.getByText('60 selected').waitFor();
    expect(await shown.textContent()).toContain('Withdrawn');
  });

  test('R7.6: whoever selects by the keyboard keeps the place', async () => {
    const page = await desk('/admin/invites?label=crowd');
    const all = page.getByRole('button', { name: 'Select all shown' });
    const press = async (name: RegExp, said: string) => {
      await page.getByRole('button', { name }).focus();
      await page.keyboard.press('Enter');
      await page.getByText(said).waitFor();
      await expect.poll(() => all.evaluate((one) => one === document.activeElement)).toBe(true);
    };
    await press(/^Select all shown/, '50 selected');
    await press(/^Select all that match/, '120 selected');
    await page.getByRole('button', { name: 'Clear the selection' }).press('Enter');
    await page.getByText('120 selected').waitFor({ state: 'hidden' });
    expect(await all.evaluate((one) => one === document.activeElement)).toBe(true);
  });

  test('R7.1: a row and many with it are changed in the order in which it was asked for', async () => {
    await invite(stack(), admin, { count: 2, label: 'order' });
    const page = await desk('/admin/invites?label=order');
    const { goOn } = await holdAnswers(page, /\/reissue$/, 'POST');
    await page
      .getByRole('row')
      .nth(1)
      .getByRole('button', { name: /new link/ })
      .click();
    await confirm(page, 'New link');
    await page.getByRole('button', { name: 'Select all shown' }).click();
    await page.getByRole('button', { name: 'Withdraw 2 invites' }).click();
    await confirm(page, 'Withdraw');
    await drawn(page);
    const answer = answered(page, /\/reissue$/, 'POST');
    goOn();
    await (await answer).finished();
    await page.getByText('Withdrawn: 2.').waitFor();
    await drawn(page);
    expect(await page.locator('tbody').getByText('Withdrawn', { exact: true }).count()).toBe(2);
  });

  test('R7.1: many that were changed by a request whose answer was lost show so at the next try', async () => {
    await invite(stack(), admin, { count: 2, label: 'lost' });
    const page = await desk('/admin/invites?label=lost');
    const twice = async (button: RegExp, sure: string, said: string) => {
      await page.getByRole('button', { name: 'Select all shown' }).click();
      const act = async () => {
        await page.getByRole('button', { name: button }).click();
        await confirm(page, sure);
      };
      await page.route(/\/batch$/, async (route) => (await route.fetch(), route.abort()), { times: 1 });
      const lost = page.waitForEvent('requestfailed');
      await act();
      await lost;
      await drawn(page);
      await act();
      await page.getByText(said).waitFor();
      await drawn(page);
    };
    await twice(/^Withdraw 2/, 'Withdraw', 'Withdrawn: 0.');
    expect(await page.locator('tbody').getByText('Withdrawn', { exact: true }).count()).toBe(2);
    await twice(/^Delete 2/, 'Delete', 'Deleted: 0.');
    expect(await page.locator('tbody tr').count()).toBe(0);
  });

  test('R7.1: what is asked of a row of the second hundred while the first is under way is done after it', async () => {
    const page = await desk('/admin/invites?label=crowd');
    await page.getByRole('button', { name: 'Select all shown' }).click();
    await page.getByRole('button', { name: 'Select all that match' }).click();
    await page.getByText('120 selected').waitFor();
    const { goOn } = await holdAnswers(page, /\/batch$/, 'POST');
    const log: string[] = [];
    page.on('response', (one) => log.push(...(/(batch|revoke)$/.exec(one.url())?.slice(1) ?? [])));
    await page.getByRole('button', { name: 'Give 120 invites a new link' }).click();
    await confirm(page, 'New link');
    const last = page.getByRole('row').nth(120);
    await last.getByRole('button', { name: /Withdraw/ }).click();
    await confirm(page, 'Withdraw');
    await drawn(page);
    goOn();
    await expect.poll(() => log.length).toBe(3);
    expect(log).toEqual(['batch', 'batch', 'revoke']);
    await last.getByText('Withdrawn', { exact: true }).waitFor();
  });

  test('R7.1: what is still read of a filter that was left keeps nobody from reading on', async () => {
    const page = await desk('/admin/invites');
    const lost = Promise.withResolvers<void>();
    await page.route(/cursor=/, async (route) => (await lost.promise, route.abort()), { times: 1 });
    const more = page.locator('#desk p.after button');
    await more.click();
    await page.getByLabel('Status').selectOption('active');
    await page.waitForURL(/status=active/);
    await expect.poll(() => more.textContent()).toBe('More');
    const failed = page.waitForEvent('requestfailed');
    lost.resolve();
    await failed;
    await drawn(page);
    expect(await page.getByRole('alert').count()).toBe(0);
    await more.click();
    await expect.poll(() => page.locator('tbody tr').count()).toBeGreaterThan(50);
  });

  test('R7.6: whoever reads on by the keyboard keeps the place', async () => {
    const page = await desk('/admin/invites');
    const goOn = await hold(page, /cursor=/);
    const more = page.locator('#desk p.after button');
    await more.focus();
    await page.keyboard.press('Enter');
    await drawn(page);
    goOn();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(100);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('tbody tr').count()).toBeGreaterThan(100);
  });

  test('R7.1 R5.8: a link that was made anew is shown at once, and not the old one, which lets nobody in', async () => {
    const [row] = await invite(stack(), admin, { note: 'anew' });
    const page = await desk(`/admin/invites/${row!.id}`);
    await page.getByRole('button', { name: 'Show the link' }).click();
    const link = page.locator('code.link');
    expect(await link.textContent()).toBe(row!.url);
    await page.route(new RegExp(`/v1/admin/invites/${row!.id}$`), (route) => route.abort());
    await page.getByRole('button', { name: /a new link/ }).click();
    await confirm(page, 'New link');
    await page.getByText('Invite links were made').waitFor();
    await expect.poll(() => link.textContent()).not.toBe(row!.url);
  });

  test('R7.5: a list whose call is never answered says so, and offers another try', async () => {
    const page = await desk('/admin/invites/new');
    await page.clock.install();
    const goOn = await hold(page, /\/v1\/admin\/users/);
    const asked = page.waitForRequest(/\/v1\/admin\/users/);
    await page.goto(`${stack().app}/admin/people`);
    await asked;
    await page.clock.runFor(60_000);
    const retry = page.getByRole('button', { name: 'Try again' });
    await retry.waitFor();
    goOn();
    await retry.click();
    await page.getByRole('row', { name: admin.user.username }).first().waitFor();
  });

  test('R1.1: what is done to a key is done in the order in which it was asked for', async () => {
    const who = await mailedGuest(stack(), admin);
    await putKey(stack(), who);
    const page = await desk('/keys', who);
    const { goOn } = await holdAnswers(page, /\/v1\/keys\/claude$/, 'PATCH');
    const log: string[] = [];
    const isKey = (url: string) => url.endsWith('/v1/keys/claude');
    page.on('request', (one) => isKey(one.url()) && log.push(one.method()));
    page.on('response', (one) => isKey(one.url()) && log.push(`${one.request().method()} ${one.status()}`));
    await page.getByRole('button', { name: 'Switch off: Claude' }).click();
    await page.getByRole('button', { name: 'Delete: Claude' }).click();
    await confirm(page, 'Delete');
    await drawn(page);
    goOn();
    await page.getByText('The API key is deleted').waitFor();
    expect(log).toEqual(['PATCH', 'PATCH 200', 'DELETE', 'DELETE 204']);
    expect(await page.getByRole('button', { name: 'Delete: Claude' }).count()).toBe(0);
  });

  test('R1.1 R7.5: a key that is typed while the first one of its service is saved stays, with the place in it', async () => {
    const page = await desk('/keys', await mailedGuest(stack(), admin));
    const claude = page.getByRole('region', { name: 'Claude', exact: true });
    const goOn = await hold(page, /\/v1\/keys\/claude$/, 'PUT');
    await claude.getByLabel('API key', { exact: true }).fill(claudeKey());
    await claude.getByRole('button', { name: 'Store the key' }).click();
    await claude.getByLabel('API key', { exact: true }).fill('sk-ant-');
    goOn();
    await claude.getByText('The API key is updated').waitFor();
    await drawn(page);
    await page.keyboard.type('next');
    expect(await claude.getByLabel('API key', { exact: true }).inputValue()).toBe('sk-ant-next');
  });

  test('R7.5 R7.6: the form of a key folds up where nothing was typed on, and the keyboard goes on from what is said', async () => {
    const page = await desk('/keys', await mailedGuest(stack(), admin));
    const claude = page.getByRole('region', { name: 'Claude', exact: true });
    const field = claude.getByLabel('API key', { exact: true });
    const fold = claude.getByText('Replace the key', { exact: true });
    expect(await fold.isVisible()).toBe(false);
    await field.fill(claudeKey());
    await field.press('Enter');
    await claude.getByText('The API key is updated').waitFor();
    await expect.poll(() => field.isVisible()).toBe(false);
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('is updated');
    await fold.click();
    await field.fill('sk-ant-half');
    await claude.getByRole('button', { name: 'Delete: Claude' }).click();
    await confirm(page, 'Delete');
    await page.getByText('The API key is deleted').waitFor();
    expect(await fold.isVisible()).toBe(false);
    expect(await field.inputValue()).toBe('sk-ant-half');
  });

  test('R7.5: an answer that comes late takes the focus from nobody who types elsewhere', async () => {
    const who = await mailedGuest(stack(), admin);
    const page = await desk('/account', who);
    const code = await hold(page, /\/v1\/codes$/, 'POST');
    await page.getByLabel('New email address').fill(somebody().email);
    await page.getByLabel('New email address').press('Enter');
    await typeOn(page, '[name=firstName]', 'Hana');
    code();
    await page.locator('[name=code]').waitFor();
    await drawn(page);
    await page.keyboard.type('ko');
    expect(await page.inputValue('[name=firstName]')).toBe('Hanako');
    const profile = await hold(page, /\/v1\/me$/, 'PATCH');
    await page.fill('[name=username]', 'NOT GOOD');
    await page.press('[name=username]', 'Enter');
    await typeOn(page, '[name=code]', 'AB');
    profile();
    await page.locator('[name=username][aria-invalid]').waitFor();
    await drawn(page);
    await page.keyboard.type('CD');
    expect(await page.inputValue('[name=code]')).toBe('ABCD');
  });

  test('R7.6: whoever has gone on within the first step is brought to the field of the second', async () => {
    const page = await desk('/account', await mailedGuest(stack(), admin));
    const goOn = await hold(page, /\/v1\/codes$/, 'POST');
    const email = page.getByLabel('New email address');
    await email.fill(somebody().email);
    await email.press('Enter');
    await page.keyboard.press('Tab');
    goOn();
    await page.locator('[name=code]').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('code');
  });

  test('R7.5: whoever writes when the session ends is not led away from what they have written', async () => {
    const other = await register(stack(), await openInvite(stack(), admin, { role: 'admin' }));
    const { token } = admin.session;
    await send(stack(), 'PATCH', `/v1/admin/users/${other.user.id}`, {
      token,
      json: { emailVerified: true },
    });
    const page = await openDesk(await open(wide), stack(), other, '/admin/people');
    const goOn = await hold(page, /\/v1\/sessions\/verify$/, 'POST');
    await page.goto(`${stack().app}/admin/invites/new`);
    await page.getByLabel('Email addresses').fill('many@example.com');
    await send(stack(), 'PATCH', `/v1/admin/users/${other.user.id}`, { token, json: { endSessions: true } });
    const answer = answered(page, /\/v1\/sessions\/verify$/, 'POST');
    goOn();
    await (await answer).finished();
    await page.waitForLoadState('networkidle');
    expect(await page.getByLabel('Email addresses').inputValue()).toBe('many@example.com');
  });
});

describe.skipIf(!browserRuns)('people who invite one friend after the other', () => {
  const stack = useStack('usersInvite');
  const open = useBrowser();

  test('R7.5: the next address, typed while the first is sent, is not lost', async () => {
    const who = await mailedGuest(stack(), await firstAdmin(stack()));
    const page = await openDesk(await open(wide), stack(), who, '/invites');
    const email = page.getByLabel('Email address');
    const goOn = await hold(page, /\/v1\/invites$/, 'POST');
    await email.fill('first@example.com');
    await email.press('Enter');
    await email.fill('second@example.com');
    goOn();
    await page.getByText('first@example.com').first().waitFor();
    await drawn(page);
    expect(await email.inputValue()).toBe('second@example.com');
  });
});
