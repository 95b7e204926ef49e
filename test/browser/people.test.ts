import { beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { minute } from '#shared/clock.ts';
import { inviteLimits } from '#shared/invites/limits.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite } from '../harness/invites/invites.ts';
import { solvedCaptcha } from '../harness/people/captchas.ts';
import {
  firstAdmin,
  invite,
  openInvite,
  password,
  register,
  secondAdmin,
  somebody,
  tokenOf,
  type SignedIn,
} from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { browserRuns } from './chromium.ts';
import { confirm, openDesk, signInBrowser } from './desk.ts';
import { expectGoodPage } from './page-checks.ts';
import { fillIn, switchLanguage, useBrowser } from './visit.ts';

describe.skipIf(!browserRuns)("the administrators' pages of people", () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  let mia: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
    mia = await register(stack(), await openInvite(stack(), admin, { label: 'choir' }), {
      ...somebody(),
      firstName: 'Mia',
      lastName: 'Sommer',
    });
  });

  async function desk(path: string): Promise<Page> {
    const page = await open({ locale: 'en', viewport: { width: 1280, height: 900 } });
    await signInBrowser(page, stack(), admin);
    await page.goto(`${stack().app}${path}`);
    return page;
  }

  test('R7.1: people are found by name, label and role, and the filters stay in the address', async () => {
    const page = await desk('/admin/people');
    const rows = page.locator('#desk tbody tr');
    await rows.nth(1).waitFor();
    const typed = page.getByLabel('Address or username');
    let answer = () => {};
    const isAnswered = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/v1/admin/users?*', async (route) => {
      await isAnswered;
      await route.continue();
    });
    const asked: (string | null)[] = [];
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname === '/v1/admin/users') asked.push(searchParams.get('label'));
    });
    // Each letter comes before typing has paused long enough since the last: the filter applies once.
    const now = Date.now();
    await page.clock.install({ time: now });
    // A running page clock could pass the pause on a busy machine.
    await page.clock.pauseAt(now + minute);
    for (const letter of 'choir') {
      await page.getByLabel('Label').pressSequentially(letter);
      await page.clock.runFor(300);
    }
    await page.clock.runFor(400);
    await page.clock.resume();
    await page.waitForURL(/label=choir/);
    // Text typed while the answer is under way stays, and the filter finds the same person.
    const beginning = mia.user.username.slice(0, 1);
    await typed.pressSequentially(beginning);
    answer();
    await expect.poll(() => rows.count()).toBe(1);
    expect(await rows.textContent()).toContain('Mia Sommer');
    expect(await typed.inputValue()).toBe(beginning);
    await page.waitForURL(new RegExp(`find=${beginning}&`));
    expect(new Set(asked)).toEqual(new Set(['choir']));
    await page.reload();
    await rows.first().waitFor();
    expect(await rows.count()).toBe(1);
    await page.getByLabel('Role').selectOption('Administrator');
    await page.getByText('There is nobody whom these filters show.').waitFor();
  });

  test('R7.1: people are found by how their address begins, long and with dots, as well as by their username', async () => {
    const beginning = 'maximiliane.von.und.zu.der.langen.strasse';
    const who = { ...somebody('zoe'), email: `${beginning}@example.com` };
    await register(stack(), await openInvite(stack(), admin), who);
    const page = await desk('/admin/people');
    const rows = page.locator('#desk tbody tr');
    await rows.first().waitFor();
    const shows = async (typed: string) => {
      await page.getByLabel('Address or username').fill(typed);
      await page.waitForURL((url) => url.searchParams.get('find') === typed);
      await expect.poll(() => rows.allTextContents()).toEqual([expect.stringContaining(who.email)]);
    };
    for (const typed of ['maximiliane.v', who.username, beginning, 'maxi', who.email]) await shows(typed);
    await shows('maximiliane');
    // The file holds the people that the page shows.
    const asked = page.waitForRequest(/format=csv/);
    await page.getByRole('button', { name: /CSV/ }).click();
    expect(new URL((await asked).url()).searchParams.get('email')).toBe('maximiliane');
    await page.getByLabel('Address or username').fill('nobody.at.all');
    await page.getByText('There is nobody whom these filters show.').waitFor();
  });

  test('C97: a branch draws those too whose inviter is not shown, and its question counts those who are still here', async () => {
    const users = [
      { id: 'rosa', username: 'rosa', status: 'active', invitedBy: 'somebody who is not shown', depth: 2 },
      { id: 'gone', username: null, status: null, invitedBy: mia.user.id, depth: 1 },
      { id: 'timo', username: 'timo', status: 'active', invitedBy: 'gone', depth: 2 },
    ];
    const page = await open({ locale: 'en', viewport: { width: 1280, height: 900 } });
    await page.route('**/v1/admin/users/*/branch', (route) =>
      route.fulfill({ json: { users, openInvites: [], truncated: true, preview: 'a preview' } }),
    );
    await openDesk(page, stack(), admin, `/admin/people/${mia.user.id}`);
    const tree = page.locator('.tree').first();
    await tree.waitFor();
    expect(await tree.locator('> li > a').allTextContents()).toEqual(['rosa']);
    expect(await tree.locator('> li > .tree > li').allTextContents()).toEqual(['timo']);
    await page.getByRole('button', { name: 'Withdraw and disable all' }).click();
    expect(await page.getByRole('dialog').textContent()).toContain('2 people are shut out');
  });

  test('C97 R7.5: what came of a withdrawal is told where it was asked, and who is shut out is marked and not counted again', async () => {
    const issuer = await secondAdmin(stack(), admin);
    const guest = await register(stack(), await openInvite(stack(), issuer));
    const page = await desk(`/admin/people/${issuer.user.id}`);
    const withdraw = page.getByRole('button', { name: 'Withdraw and disable all' });
    await withdraw.click();
    await confirm(page, 'Withdraw and disable all');
    const told = page.getByText('People disabled: 1.');
    await told.waitFor();
    const [asked, answered] = [await withdraw.boundingBox(), await told.boundingBox()];
    expect(Math.abs(answered!.y - asked!.y)).toBeLessThan(200);
    const row = page.locator('.tree li', { hasText: guest.user.username });
    await row.getByText('Disabled', { exact: true }).waitFor();
    await withdraw.click();
    expect(await page.getByRole('dialog').textContent()).toContain('0 people are shut out');
    const enabled = { token: admin.session.token, json: { disabled: false } };
    await send(stack(), 'PATCH', `/v1/admin/users/${guest.user.id}`, enabled);
  });

  test('R7.5: that all sessions have ended is told where it was asked', async () => {
    const { user } = await register(stack(), await openInvite(stack(), admin));
    const page = await desk(`/admin/people/${user.id}`);
    const sessions = page.getByRole('heading', { name: 'Sessions' });
    await page.getByRole('button', { name: 'End all sessions' }).click();
    await confirm(page, 'End all sessions');
    const told = page.locator('.outcome', { hasText: 'ended' });
    await told.waitFor();
    const [above, below] = [await sessions.boundingBox(), await told.boundingBox()];
    expect(below!.y).toBeGreaterThan(above!.y);
  });

  test('R7.1 R7.3: a person’s page leads to the invites that they made, and the filter never shows an id as a name', async () => {
    const page = await desk(`/admin/people/${mia.user.id}`);
    await page.getByRole('link', { name: 'Invites they made' }).click();
    await page.waitForURL(`**/admin/invites?issuer=${mia.user.id}`);
    await page.getByText('There are no invites that these filters show.').waitFor();
    const chosen = page.getByLabel('Invited by').locator('option:checked');
    expect(await chosen.textContent()).toBe('One person');
    await page.goto(`${stack().app}/admin/invites?issuer=${admin.user.id}`);
    await page.locator('#desk tbody tr').first().waitFor();
    expect(await chosen.textContent()).toBe(admin.user.username);
  });

  test('R7.1 R1.1: one person’s page says all of them, and each act says first what it ends', async () => {
    const page = await desk(`/admin/people/${mia.user.id}`);
    await page.getByRole('heading', { level: 1, name: 'Mia Sommer' }).waitFor();
    await page.getByText('Calls in all').waitFor();
    await page.getByRole('button', { name: 'Disable: Mia Sommer' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Every session of “Mia Sommer” ends at once').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.locator('button:focus').getByText('Disable').waitFor();
    expect((await send(stack(), 'GET', '/v1/me', { token: mia.session.token })).status).toBe(200);
    await page.getByRole('button', { name: 'Disable: Mia Sommer' }).click();
    await dialog.getByRole('button', { name: 'Disable' }).click();
    // The button is gone: the focus moves to the message.
    await page.locator('.outcome:focus').getByText('“Mia Sommer” is disabled.').waitFor();
    expect((await send(stack(), 'GET', '/v1/me', { token: mia.session.token })).status).toBe(401);
    await page.getByRole('button', { name: 'Enable again: Mia Sommer' }).click();
    await page.getByText('“Mia Sommer” can sign in again.').waitFor();
  });

  test('R0.2: an administrator grants invites and calls, and takes the grant back', async () => {
    const page = await desk(`/admin/people/${mia.user.id}`);
    await page.getByLabel('Invites to send').fill('3');
    await page.getByLabel('Questions a day').fill('7');
    await page.getByRole('button', { name: 'Save the limits' }).click();
    await page.getByText('The limits are saved.').waitFor();
    await page.getByText('0 of 7').waitFor();
    await page.getByText('0 of 3', { exact: true }).waitFor();
    await page.getByLabel('Questions a day').fill('');
    await page.getByRole('button', { name: 'Save the limits' }).click();
    await page
      .getByText(/0 of 30/)
      .nth(1)
      .waitFor();
  });

  test('R0.2: what another administrator has granted since is shown, and not taken back by the next grant', async () => {
    const page = await desk(`/admin/people/${mia.user.id}`);
    const invites = page.getByLabel('Invites to send');
    const save = async (used: string) => {
      await page.getByRole('button', { name: 'Save the limits' }).click();
      await page.getByText(used).first().waitFor();
    };
    await invites.fill('4');
    await save('0 of 4');
    const { token } = admin.session;
    const path = `/v1/admin/users/${mia.user.id}`;
    await send(stack(), 'PATCH', path, { token, json: { limits: { invites: 6 } } });
    await page.getByLabel('Questions a day').fill('11');
    await save('0 of 11');
    await expect.poll(() => invites.inputValue()).toBe('6');
    await page.getByLabel('Questions a day').fill('12');
    await save('0 of 12');
    const { json } = await send(stack(), 'GET', path, { token });
    expect(json).toMatchObject({ limits: { invites: 6 } });
  });

  test('R0.2: nor is it by a form in which nothing was saved yet, and something typed and taken back', async () => {
    const { user } = await register(stack(), await openInvite(stack(), admin));
    const { token } = admin.session;
    const path = `/v1/admin/users/${user.id}`;
    const grant = (invites: number) => send(stack(), 'PATCH', path, { token, json: { limits: { invites } } });
    await grant(3);
    const page = await desk(`/admin/people/${user.id}`);
    const invites = page.getByLabel('Invites to send');
    await invites.fill('5');
    await invites.fill('3');
    await grant(6);
    await page.getByRole('button', { name: /^Disable/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await page.getByText('0 of 6', { exact: true }).waitFor();
    await expect.poll(() => invites.inputValue()).toBe('6');
    await page.getByLabel('Questions a day').fill('12');
    await page.getByRole('button', { name: 'Save the limits' }).click();
    await page.getByText('0 of 12').waitFor();
    expect((await send(stack(), 'GET', path, { token })).json).toMatchObject({ limits: { invites: 6 } });
    await send(stack(), 'PATCH', path, { token, json: { disabled: false } });
  });

  test('R7.5: who signed in long ago is told so beside the button, signs in once more, and nothing typed is lost', async () => {
    const page = await desk(`/admin/people/${mia.user.id}`);
    const promote = page.getByRole('button', { name: 'Make an administrator: Mia Sommer' });
    await promote.waitFor();
    stack().clock.offsetSeconds = 700;
    await promote.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make an administrator' }).click();
    await page.getByText('Please confirm that it is you').waitFor();
    const signIn = page.getByRole('link', { name: 'Sign in once more' });
    await page.getByLabel('Questions a day').fill('9');
    const [beside] = await Promise.all([page.waitForEvent('popup'), signIn.click()]);
    await beside.getByText('Confirm that it is you').waitFor();
    const login = beside.getByLabel('Email address or username');
    expect(await login.inputValue()).toBe(admin.user.username);
    await fillIn(beside, { Password: password }, 'Sign in');
    await beside.waitForURL(`**/admin/people/${mia.user.id}`);
    expect(await page.getByLabel('Questions a day').inputValue()).toBe('9');
    await promote.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make an administrator' }).click();
    await page.getByText('“Mia Sommer” is an administrator now.').waitFor();
    // If nothing was typed, the same window leads to sign-in and back.
    stack().clock.offsetSeconds = 1_400;
    await page.reload();
    await page.getByRole('button', { name: 'Take the administrator’s rights: Mia Sommer' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take the administrator’s rights' }).click();
    await signIn.click();
    await fillIn(page, { Password: password }, 'Sign in');
    await page.waitForURL(`**/admin/people/${mia.user.id}`);
  });

  test('R7.1 R7.3: the overview shows numbers, charts with their tables, and funnels of all and by label', async () => {
    const page = await desk('/admin');
    await page.getByRole('img', { name: /Registrations/ }).waitFor();
    const choir = page.locator('tr', { has: page.getByRole('rowheader', { name: 'choir' }) });
    await choir.waitFor();
    expect(await choir.locator('td[data-title=Registered]').textContent()).toBe('1');
    await page.getByRole('link', { name: 'choir' }).click();
    await page.waitForURL('**/admin/invites?label=choir');
    await page.goto(`${stack().app}/admin/activity?action=registration&userId=${mia.user.id}`);
    await page.getByRole('link', { name: 'An invite' }).first().click();
    await page.getByRole('link', { name: mia.user.username }).waitFor();
  });

  test('R7.3: of more labels than one answer holds the overview says so, and not that invites are left out', async () => {
    const page = await desk('/admin');
    await page.getByRole('rowheader', { name: 'choir' }).waitFor();
    const path = '/v1/admin/labels';
    const { json } = await send<object>(stack(), 'GET', path, { token: admin.session.token });
    await page.route(`**${path}`, (route) => route.fulfill({ json: { ...json, moreLabels: true } }));
    await page.reload();
    await page.getByText('Further labels are not shown.').waitFor();
    expect(await page.getByText('Of the newest').count()).toBe(0);
  });

  test('R7.3: the overview says how many people a link of many uses admitted, and which invites are withdrawn', async () => {
    const [poster, gone] = await invite(stack(), admin, { label: 'poster', maxUses: 5, count: 2 });
    for (let at = 0; at < 3; at += 1) await register(stack(), tokenOf(poster!.url));
    await changeInvite(stack(), admin, gone!.id, 'revoke');
    const page = await desk('/admin');
    const row = page.locator('tr', { has: page.getByRole('rowheader', { name: 'poster' }) });
    await row.waitFor();
    const cell = (title: string) => row.locator(`td[data-title="${title}"]`).textContent();
    expect(await cell('Registered')).toBe('1');
    expect(await cell('People')).toBe('3');
    expect(await cell('Withdrawn')).toBe('1');
    const funnel = page.getByRole('table', { name: 'What became of all invites' });
    await funnel.getByRole('rowheader', { name: 'Withdrawn' }).waitFor();
    await funnel.getByRole('rowheader', { name: 'People' }).waitFor();
    await page.setViewportSize({ width: 1024, height: 768 });
    await expectGoodPage(page);
  });

  test('R4.8 R7.5: a wrong label in a filter is named where the list would stand', async () => {
    const page = await desk('/admin/people?label=the%20choir');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('label: ');
    expect(await page.getByLabel('Label').getAttribute('maxlength')).toBe(
      String(inviteLimits.labelLength.max),
    );
  });

  test('R7.3: whoever has deleted their account is named so in the trail, which leads to all that they did', async () => {
    const gone = await register(stack(), await openInvite(stack(), admin), somebody());
    await send(stack(), 'DELETE', '/v1/me', { json: { password }, token: gone.session.token });
    const page = await desk('/admin/activity?action=user.delete');
    await page.getByRole('link', { name: 'Deleted account' }).first().click();
    await page.waitForURL(`**/admin/activity?userId=${gone.user.id}`);
    await page.getByRole('rowheader', { name: 'Registered' }).waitFor();
    expect(await page.locator('#desk').innerText()).not.toContain(gone.user.id);
  });

  test('R7.3: whose activity alone is shown is said, with a way to that of all, by the same other filters', async () => {
    const page = await desk(`/admin/people/${mia.user.id}`);
    await page.getByRole('link', { name: 'What they did' }).click();
    await page.getByText(`Only what ${mia.user.username} did is shown.`).waitFor();
    await page.getByLabel('Outcome').selectOption('Done');
    await page.getByRole('link', { name: 'Show everybody’s' }).click();
    await page.waitForURL('**/admin/activity?outcome=done');
    const byAdmin = page.locator('td[data-title="By whom"]', { hasText: admin.user.username });
    await byAdmin.first().waitFor();
    expect(await page.getByText('is shown.').count()).toBe(0);
    await page.goto(`${stack().app}/admin/activity?subjectId=${mia.user.id}&action=user.unbind`);
    await page.getByText('Only what was done to one account is shown.').waitFor();
    await expectGoodPage(page);
  });

  test('R7.3: on a phone an act done to nothing names nothing that it was done to', async () => {
    const page = await desk('/admin/activity');
    await page.setViewportSize({ width: 390, height: 844 });
    const signedIn = page.locator('tr', { has: page.getByRole('rowheader', { name: 'Signed in' }) }).first();
    await signedIn.waitFor();
    expect(await signedIn.locator('td[data-title="To what"]').isVisible()).toBe(false);
    expect(await signedIn.locator('td[data-title="By whom"]').isVisible()).toBe(true);
  });

  test('R7.5: a part that cannot be loaded says so, and is tried again', async () => {
    const page = await desk('/admin/people');
    await page.locator('#desk tbody tr').first().waitFor();
    await page.route('**/v1/admin/users?*', (route) => route.abort());
    await page.getByLabel('Status').selectOption('Disabled');
    await page.getByText('This could not be loaded').waitFor();
    await page.unroute('**/v1/admin/users?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('There is nobody whom these filters show.').waitFor();
    expect(await page.getByText('This could not be loaded').count()).toBe(0);
  });

  test.each([
    ['en', 'light'],
    ['ja', 'dark'],
    ['zh', 'light'],
  ] as const)(
    'R7.6: the pages of people can be read and used by everybody: %s, %s',
    async (language, colorScheme) => {
      const page = await desk('/admin/people');
      await page.emulateMedia({ colorScheme });
      await switchLanguage(page, language);
      for (const path of [
        '/admin',
        '/admin/people',
        `/admin/people/${mia.user.id}`,
        '/admin/activity',
        '/admin/settings',
      ]) {
        await page.goto(stack().app + path);
        await page.locator('table, .facts').first().waitFor();
        await expectGoodPage(page);
      }
    },
  );
});

describe.skipIf(!browserRuns)('the page of who came without an invite', () => {
  const stack = useStack('open');
  const open = useBrowser();

  test('R2.3 R7.5: leads to no invite, as there was none', async () => {
    const admin = await firstAdmin(stack());
    const captcha = await solvedCaptcha(stack());
    const { json } = await send<SignedIn>(stack(), 'POST', '/v1/register', {
      json: { ...somebody(), captcha, transport: 'token' },
    });
    const page = await openDesk(
      await open({ locale: 'en' }),
      stack(),
      admin,
      `/admin/people/${json.user.id}`,
    );
    await page.getByText(json.user.username).first().waitFor();
    expect(
      await page.locator('a[href^="/admin/invites/"]').evaluateAll((links) => links.map(String)),
    ).toEqual([]);
  });
});
