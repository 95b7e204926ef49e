import { beforeAll, describe, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { pageTexts } from '#web/texts/pages.ts';
import { linkState, listAll } from '../harness/invites/invites.ts';
import {
  firstAdmin,
  invite,
  mailedToken,
  openInvite,
  register,
  somebody,
  tokenOf,
  type SignedIn,
} from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { shiftJis } from '../harness/invites/east-asian-tables.ts';
import { volume } from '../harness/volume.ts';
import { browserRuns } from './chromium.ts';
import { confirm, openDesk } from './desk.ts';
import { expectGoodPage } from './page-checks.ts';
import { drawn } from './slow.ts';
import { useBrowser } from './visit.ts';

const wide = { locale: 'en', viewport: { width: 1280, height: 800 } } as const;
const daySeconds = 86_400;

describe.skipIf(!browserRuns)('inviting', () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });

  const openWay = async (way: 'mail' | 'link'): Promise<Page> =>
    openDesk(await open(wide), stack(), admin, `/admin/invites/new?way=${way}`);
  const people = (page: Page) => page.getByLabel('Email addresses');
  const preview = async (page: Page, text: string) => {
    await people(page).fill(text);
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Nothing is sent yet').waitFor();
  };
  /** The requests for invites that a page sends from now on. */
  const asksIn = (page: Page): string[] => {
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/v1/admin/invites'))
        asked.push(request.url());
    });
    return asked;
  };
  /** Stops the page's clock, so that clicks count as simultaneous: on a busy machine a second may pass between them. */
  const standStill = (page: Page) =>
    page.evaluate(() => {
      const now = performance.now();
      performance.now = () => now;
    });
  const countInvites = async () => (await listAll(stack(), admin, { limit: '100' })).length;

  test('R7.6 R7.2: another language asks before what was typed is lost, and nothing where nothing was', async () => {
    const page = await openWay('mail');
    const asked: string[] = [];
    let goesOn = false;
    page.on('dialog', (dialog) => {
      asked.push(dialog.message());
      void (goesOn ? dialog.accept() : dialog.dismiss());
    });
    const { email } = somebody();
    await people(page).fill(email);
    const chinese = page.getByRole('button', { name: '中文' });
    await chinese.click();
    await expect.poll(() => asked).toEqual([pageTexts.unsaved.en]);
    expect(await people(page).inputValue()).toBe(email);
    goesOn = true;
    await chinese.click();
    await page.locator('html[lang=zh]').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.locator('html[lang=en]').waitFor();
    expect(asked).toHaveLength(2);
  });

  test('R7.2 R7.6: leaving asks before a typed or loaded list is lost, and not once it is sent or the user signs out', async () => {
    const page = await openWay('mail');
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.dismiss();
    });
    const leave = async () => {
      // The page begins and ceases to ask once it has drawn what was typed and sent.
      await drawn(page);
      await page.getByRole('link', { name: 'People' }).first().click({ noWaitAfter: true });
    };
    const { email } = somebody();
    await people(page).fill(email);
    await leave();
    await expect.poll(() => asked).toEqual(['beforeunload']);
    expect(await people(page).inputValue()).toBe(email);
    await people(page).fill('');
    const buffer = Buffer.from(`email\n${email}\n`);
    await page
      .getByLabel('Or choose a CSV file')
      .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer });
    await expect.poll(() => people(page).inputValue()).toContain(email);
    await leave();
    await expect.poll(() => asked).toHaveLength(2);
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('button', { name: 'Send 1 mail' }).click();
    await page.getByText('1 sent, 0 not.').waitFor();
    await leave();
    await page.waitForURL('**/admin/people');
    await page.goto(`${stack().app}/admin/invites/new`);
    await people(page).fill(email);
    // As if another user had signed in in another tab: the page must not stay and act for them.
    await page.evaluate(() => {
      document.body.dataset['owner'] = 'another';
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    });
    await expect.poll(() => people(page).inputValue()).toBe('');
    await people(page).fill(email);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/admin'));
    expect(asked).toHaveLength(2);
  });

  test('R7.2: on a phone the preview comes into view', async () => {
    const page = await openWay('mail');
    await page.setViewportSize({ width: 390, height: 844 });
    await preview(page, somebody().email);
    const top = () =>
      page.locator('#previewed').evaluate((heading) => heading.getBoundingClientRect().bottom);
    await expect.poll(top).toBeLessThan(844 / 2);
  });

  test('R7.2 R7.3: the invites of a table whose lines all name one label are found by it', async () => {
    const page = await openWay('mail');
    await preview(page, `email,label\n${somebody().email},table\n${somebody().email},table\n`);
    await page.getByRole('button', { name: 'Send 2 mails' }).click();
    await page.getByRole('link', { name: 'See these invites' }).click();
    await page.waitForURL('**/admin/invites?label=table');
  });

  test('R7.5: what was chosen stays while whoever signed in long ago signs in once more', async () => {
    const page = await openWay('link');
    const role = page.getByLabel('Role of who registers').last();
    await role.selectOption('Administrator');
    stack().clock.offsetSeconds = 700;
    await page.getByRole('button', { name: 'Make the link' }).click();
    const again = page.getByRole('link', { name: 'Sign in once more' });
    const [beside] = await Promise.all([page.waitForEvent('popup'), again.click()]);
    await beside.getByText('Confirm that it is you').waitFor();
    expect(await role.inputValue()).toBe('admin');
  });

  test('R7.2 C74: a messy table is previewed, sent by one button, counted, and the failed rows stay', async () => {
    const [mia, li, old] = [somebody(), somebody(), somebody()];
    await invite(stack(), admin, { emails: [old.email] });
    const page = await openWay('mail');
    const table = [
      'Name;E-Mail;Role;Language;Label',
      `"Tan; Mia";Mia <${mia.email}>;General;Japanese;spring`,
      ';;;;',
      `Li;mailto:${li.email};;;`,
      `Li again;${li.email.toUpperCase()};;;`,
      `Old;${old.email};;;`,
      'No;nobody at home;;en;spring',
    ].join('\n');
    await page.getByText('More options').click();
    await page.getByLabel('Own words for the mail (optional)').fill('See you in spring');
    await preview(page, table);
    const shown = page.getByRole('region', { name: 'Nothing is sent yet' });
    expect(await shown.textContent()).toMatch(
      /2 get a mail 2 get none.*These columns are not read: Name.*1 named twice/,
    );
    for (const why of ['Is invited already', 'Enter an email address']) await shown.getByText(why).waitFor();
    // The mail in each language in which it goes out, with the inviter's words.
    expect(await shown.locator('pre[lang=ja]').textContent()).toContain('See you in spring');
    expect(await shown.locator('pre[lang=en]').textContent()).toContain('See you in spring');
    await stack().settle();
    expect(stack().mails(mia.email)).toEqual([]);

    await page.getByRole('button', { name: 'Send 2 mails' }).click();
    await page.getByText('2 sent, 2 not.').waitFor();
    await stack().settle();
    expect(stack().mails(mia.email)[0]!.text).toContain('See you in spring');
    expect(stack().mails(li.email)).toHaveLength(1);
    expect((await listAll(stack(), admin, { label: 'spring' })).map(({ email }) => email)).toEqual([
      mia.email,
    ]);
    expect(await people(page).inputValue()).toBe(
      'email,role,note,label,locale,days\nnobody at home,,,spring,en,\n',
    );
  });

  test('R7.2: mistakes of a table are named with their lines, and nothing is lost', async () => {
    const page = await openWay('mail');
    const table = 'email,role\na@example.com,boss\nb@example.com,\nc@example.com,,x\n';
    await people(page).fill(table);
    await page.getByRole('button', { name: 'Preview' }).click();
    const mistakes = page.getByText('Line 2: role wants one of');
    await mistakes.waitFor();
    expect(await mistakes.textContent()).toContain('Line 4: 3 fields, and the first line names 2');
    expect(await people(page).getAttribute('aria-invalid')).toBe('true');
    expect(await people(page).inputValue()).toBe(table);
    const file = (buffer: Buffer) => ({ name: 'people.csv', mimeType: 'text/csv', buffer });
    await page
      .getByLabel('Or choose a CSV file')
      .setInputFiles(file(Buffer.from([0x50, 0x4b, 3, 4, 0x93, 0xfa])));
    await page.getByText('This file is no CSV in UTF-8.').waitFor();
    await page.getByLabel('Or choose a CSV file').setInputFiles(file(Buffer.from('email\nd@example.com\n')));
    await expect.poll(() => people(page).inputValue()).toBe('email\nd@example.com\n');
    // The file that a Japanese Excel saves as "CSV".
    await page.getByLabel('Or choose a CSV file').setInputFiles(file(shiftJis));
    await expect.poll(() => people(page).inputValue()).toBe('メール,メモ\na@example.com,田中さん\n');
  });

  test('R7.2: whoever is named twice in a pasted list is counted once, and the list says so', async () => {
    const [mia, li] = [somebody(), somebody()];
    const page = await openWay('mail');
    await page.getByText('More options').click();
    await page.getByLabel('Role of who registers').first().selectOption('Administrator');
    await preview(page, `${mia.email}, ${li.email}; Mia <${mia.email}>\n${li.email}`);
    const shown = page.getByRole('region', { name: 'Nothing is sent yet' });
    expect(await shown.getByRole('status').first().textContent()).toBe('2 get a mail ');
    await shown.getByText('Administrators among them: 2.').waitFor();
    await shown.getByText('2 named twice, counted once').click();
    expect(await shown.locator('.addresses').first().textContent()).toBe(mia.email + li.email);
    await expectGoodPage(page);
  });

  test('422 R4.8 R4.13: what is wrong is said at its field in the given words, and nothing is made', async () => {
    const page = await openWay('link');
    const before = await countInvites();
    const form = page.locator('form', { has: page.getByRole('button', { name: 'Make the link' }) });
    await form.evaluate((element: HTMLFormElement) => (element.noValidate = true));
    await form.getByLabel('Days until it expires').fill('999');
    await page.getByRole('button', { name: 'Make the link' }).click();
    await page.getByText('The invite links could not be made').waitFor();
    expect(await form.locator('.field', { hasText: 'Days until it expires' }).textContent()).toContain(
      'The most is 365.',
    );
    expect(await countInvites()).toBe(before);
  });

  test('R2.1 R7.2: a link takes what goes together: an own code excludes what cannot have one', async () => {
    const page = await openWay('link');
    await page.getByLabel('Choose the short code myself').check();
    expect(await page.getByLabel('It never expires').isVisible()).toBe(false);
    await page.getByLabel('Code', { exact: true }).fill('spring26');
    await page.getByLabel('Uses of a link').fill('5');
    await page.getByRole('button', { name: 'Make the link' }).click();
    await page.getByText('Invite links were made').waitFor();
    expect(await page.locator('.links').textContent()).toContain('SPR1NG26');
    await page.getByLabel('Who may use it').last().selectOption('Addresses of one domain');
    await page.getByLabel('Domain, such as').fill('example.com');
    await page.getByRole('button', { name: 'Make the link' }).click();
    await page.getByText('Name domains such as *@example.com.').waitFor();
    await page.getByLabel('Domain, such as').fill('*@school.example.com');
    await page.getByRole('button', { name: 'Make the link' }).click();
    await page.locator('.links', { hasText: '*@school.example.com' }).waitFor();
    const link = await page.locator('code.link').textContent();
    expect(await linkState(stack(), tokenOf(link!))).toBe('active');
  });

  test('R7.2 R7.5: what was sent is shown until the next people are previewed, and links until others are made', async () => {
    const page = await openWay('mail');
    await preview(page, somebody().email);
    await page.getByRole('button', { name: 'Send 1 mail' }).click();
    const sent = page.getByText('1 sent, 0 not.');
    await sent.waitFor();
    await people(page).fill('nobody at home');
    await page.locator('summary', { hasText: /^Links$/ }).click();
    await page.locator('code.link').waitFor();
    await preview(page, somebody().email);
    expect(await sent.count()).toBe(0);

    await page.getByRole('link', { name: 'Make a link' }).click();
    const make = page.getByRole('button', { name: 'Make the link' });
    await make.click();
    const link = page.locator('code.link');
    const first = await link.textContent();
    await page.route('**/v1/admin/invites', (route) => route.abort(), { times: 1 });
    await make.click();
    await page.locator('.notice.error').waitFor();
    expect(await link.textContent()).toBe(first);
    await make.click();
    await page.getByText('Invite links were made').waitFor();
    await expect.poll(() => link.textContent()).not.toBe(first);
  });

  test('C79: a double click on "Make the link" and on "Send", and Enter pressed twice, make one', async () => {
    const page = await openWay('link');
    const before = await countInvites();
    await page.getByRole('button', { name: 'Make the link' }).dblclick();
    await page.getByText('Invite links were made').waitFor();
    expect(await countInvites()).toBe(before + 1);
    const asked = asksIn(page);
    await standStill(page);
    for (let n = 0; n < 2; n += 1) await page.getByRole('spinbutton', { name: 'Links' }).press('Enter');
    await expect.poll(countInvites).toBe(before + 2);
    expect(asked).toHaveLength(1);

    const { email } = somebody();
    await page.getByRole('link', { name: 'Mail people' }).click();
    await preview(page, email);
    await page.getByRole('button', { name: 'Send 1 mail' }).dblclick();
    await page.getByText('1 sent, 0 not.').waitFor();
    expect(await countInvites()).toBe(before + 3);
  });

  test('C79: neither a press while the answer is on its way makes another, nor the second click of a double click after it', async () => {
    const page = await openWay('link');
    const before = await countInvites();
    const button = page.getByRole('button', { name: 'Make the link' });
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    let asked = 0;
    await page.route('**/v1/admin/invites', async (route) => {
      asked += 1;
      await held;
      await route.continue();
    });
    // Two clicks, too far apart for a double click. By the mouse alone, which does not wait for a button to be enabled.
    await button.scrollIntoViewIfNeeded();
    const { x, y, width } = (await button.boundingBox())!;
    await page.mouse.click(x + 5, y + 5);
    await page.mouse.click(x + width - 5, y + 5);
    answer();
    await page.getByText('Invite links were made').waitFor();
    await button.hover();
    await page.mouse.down({ clickCount: 2 });
    await page.mouse.up({ clickCount: 2 });
    await page.waitForLoadState('networkidle');
    expect(asked).toBe(1);
    expect(await countInvites()).toBe(before + 1);
  });

  test('C79: an answer that was lost is asked for again, and is the first one', async () => {
    const page = await openWay('mail');
    const emails = Array.from({ length: 30 }, () => somebody().email);
    const before = await countInvites();
    let asked = 0;
    await page.route('**/v1/admin/invites', async (route) => {
      asked += 1;
      // The second request is carried out, but its answer is lost.
      if (asked !== 2) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await preview(page, emails.join(', '));
    await page.getByRole('button', { name: 'Send 30 mails' }).click();
    await page.getByText('25 of 30 are invited.').waitFor();
    await page.getByRole('button', { name: 'Send 5 mails' }).click();
    await page.getByText('30 sent, 0 not.').waitFor();
    expect(asked).toBe(3);
    expect(await countInvites()).toBe(before + 30);
  });

  /** Presses a form's button repeatedly while its answer is on its way. @returns the paths to which the form was sent. */
  const pressOften = async (page: Page, button: string): Promise<string[]> => {
    const sent: string[] = [];
    const { promise: isPressed, resolve: goOn } = Promise.withResolvers<void>();
    const isForm = ({ pathname }: URL) => ['/forgot', '/verify'].includes(pathname);
    await page.route(isForm, async (route) => {
      sent.push(new URL(route.request().url()).pathname);
      await isPressed;
      await route.continue();
    });
    const { x, y, width } = (await page.getByRole('button', { name: button }).boundingBox())!;
    // By the mouse alone, which waits for no answer; the clicks are too far apart for a double click.
    for (const place of [5, width - 5, 5]) await page.mouse.click(x + place, y + 5);
    goOn();
    return sent;
  };

  test('C79: a form of a page is sent once, however often its button is pressed', async () => {
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/forgot`);
    await page.getByLabel('Email address').fill(somebody().email);
    const sent = await pressOften(page, 'Mail me a code');
    await page.waitForURL(/\/forgot\/[\w-]+$/);
    expect(sent).toEqual(['/forgot']);
  });

  test('C79: so is one that the browser itself sends, for somebody who is signed in', async () => {
    const member = await register(stack(), await openInvite(stack(), admin));
    const page = await openDesk(await open({ locale: 'en' }), stack(), member, '/account');
    await page.goto(`${stack().app}/verify`);
    const sent = await pressOften(page, 'Mail me a code');
    await page.waitForURL(/\/verify\/[\w-]+$/);
    expect(sent).toEqual(['/verify']);
  });

  test('401 R4.6: what was typed stays when the session has ended', async () => {
    const page = await openWay('link');
    const note = page.getByLabel('Note (only administrators see it)').last();
    // First: a page on which nothing is typed leads to sign-in as soon as it finds that the session has ended.
    await note.fill('the choir');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Make the link' }).click();
    await page.getByText('You are not signed in').waitFor();
    expect(await note.inputValue()).toBe('the choir');
    const beside = page.getByRole('link', { name: 'Sign in' });
    expect(await beside.getAttribute('href')).toBe(
      `/login?next=${encodeURIComponent('/admin/invites/new?way=link')}`,
    );
  });

  test('R7.1 R7.2: hundreds from a messy spreadsheet, and a new link to those who have not come in a week, in seven clicks', async () => {
    const everybody = Array.from({ length: volume(200, 60) }, () => somebody());
    const page = await openWay('mail');
    let clicks = 0;
    const click = async (target: Locator) => {
      clicks += 1;
      await target.click();
    };
    const rows = everybody.map(({ email }, n) =>
      [`Person ${n}`, n % 3 ? email : `Person, ${n} <${email}>`, n % 5 ? '' : '  '].join('\t'),
    );
    await people(page).fill(['Who\tE-mail 1 - Value\t', ...rows, '\t\t', rows[0]].join('\r\n'));
    await click(page.getByText('More options'));
    await page.getByLabel('Label (optional)').first().fill('choir');
    await click(page.getByRole('button', { name: 'Preview' }));
    await click(page.getByRole('button', { name: `Send ${everybody.length} mails` }));
    await page.getByText(`${everybody.length} sent, 0 not.`).waitFor();
    expect(clicks).toBe(3);

    const came = everybody.slice(0, 3);
    for (const one of came) await register(stack(), await mailedToken(stack(), one.email), one);
    stack().clock.offsetSeconds += 7 * daySeconds + 60;
    clicks = 0;
    await page.goto(stack().app);
    await click(page.getByRole('link', { name: 'Invites', exact: true }));
    await click(page.getByRole('button', { name: 'choir' }).first());
    clicks += 1;
    const found = page.waitForResponse(/status=expired/);
    await page.getByLabel('Status').selectOption('Expired');
    await found;
    await page.locator('[aria-busy=false] tbody tr', { hasText: 'Expired' }).nth(49).waitFor();
    await click(page.getByRole('button', { name: 'Select all shown' }));
    await click(page.getByRole('button', { name: /^Select all that match/ }));
    const count = everybody.length - came.length;
    await click(page.getByRole('button', { name: `Give ${count} invites a new link` }));
    clicks += 1;
    await confirm(page, 'New link');
    await page.getByText(`New links: ${count}.`).waitFor();
    expect(clicks).toBe(7);

    await stack().settle();
    expect(everybody.map(({ email }) => stack().mails(email).length)).toEqual(
      everybody.map((one) => (came.includes(one) ? 1 : 2)),
    );
    const last = everybody.at(-1)!;
    expect(await linkState(stack(), await mailedToken(stack(), last.email))).toBe('active');
  });
});
