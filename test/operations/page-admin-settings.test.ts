import { beforeAll, expect, test } from 'vitest';
import { deployApps } from '../harness/apps/deployed.ts';
import { expectHead, expectPage, page, signedInVisitor, signInByForm } from '../harness/http/pages.ts';
import type { Visitor } from '../harness/http/visitor.ts';
import { openInvite } from '../harness/people/people.ts';
import { callsOf } from '../harness/stack/calls.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';

const { stack, admin } = useAdmin();
let browser: Visitor;
beforeAll(async () => {
  browser = await signInByForm(stack(), admin.user.username);
});

test('200 R7.1: says in words what the deployment is set to, and that all works', async () => {
  const answer = await sendEvent(stack(), 'page-admin-settings', { cookies: browser.cookies });
  expectPage(answer, 200, '<h1>設定</h1>', 'registrationsPerMinute', '検証済み', '50000通中');
  expect(answer.text).not.toContain('接続できません');
  await expectHead(stack(), '/admin/settings', { cookies: browser.cookies });
});

test('200 R7.1: SES is asked once a minute at most, and the page says when', async () => {
  stack().clock.offsetSeconds += 3_600;
  stack().clearCalls();
  const askedOf = (text: string) => /SES was asked <time datetime="([^"]+)"/.exec(text)?.[1];
  const first = askedOf((await browser.get('/admin/settings')).text);
  expect(Math.abs(Date.parse(first!) - stack().clock.now())).toBeLessThan(60_000);
  stack().clock.offsetSeconds += 30;
  expect(askedOf((await browser.get('/admin/settings')).text)).toBe(first);
  const asked = () =>
    callsOf(stack(), 'page-admin-settings').filter(({ service }) => service === 'ses').length;
  expect(asked()).toBe(2);
  stack().clock.offsetSeconds += 31;
  expect(askedOf((await browser.get('/admin/settings')).text)).not.toBe(first);
  expect(asked()).toBe(4);
});

test('200 R7.1: names what was set otherwise, and that no mail goes out', async () => {
  stack().deploy({
    inviteDays: 29,
    mailFrom: null,
    appColor: '#0a7d4b',
    appLogo: 'https://example.com/a.svg',
  });
  const { text } = await browser.get('/admin/settings');
  expect(text).toContain('>29</td>');
  expect(text).toContain('>#0a7d4b</td>');
  expect(text).toContain('>https://example.com/a.svg</td>');
  expect(text).toContain('No mail goes out');
});

test('200 R7.1: shows the apps, and where their guests are led', async () => {
  deployApps(stack());
  const { text } = await browser.get('/admin/settings');
  const rows = [
    ...text.matchAll(/<tr role="row">\s*<th role="rowheader"[^>]*>(machine|example|portal)<[^]*?<\/tr>/g),
  ];
  const cells = rows.map(([row]) => [...row.matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, cell]) => cell));
  expect(cells).toEqual([
    ['machine', 'machine', 'none', 'no'],
    ['example', 'example', 'http://localhost:4801/login', 'no'],
    ['portal', 'Portal', 'https://portal.example.com/login', 'yes'],
  ]);
  deployApps(stack(), []);
  expect((await browser.get('/admin/settings')).text).toContain('No app lets people sign in');
});

/** The state that the page shows of each service. */
const found = (text: string) =>
  [...text.matchAll(/<dt>([^<]*)<\/dt>\s*<dd>\s*<span class="tag \w+">([^<]*)</g)].map(
    ([, name, says]) => `${name} ${says}`,
  );

test.each([
  ['dynamodb', 100, ['Store cannot be reached', 'Key service works', 'Sender in SES verified']],
  ['ses', 200, ['Store works', 'Key service works']],
  ['kms', 300, ['Store works', 'Key service cannot be reached', 'Sender in SES verified']],
] as const)(
  '200 R7.1: says that %s cannot be reached, and the log says why',
  async (service, laterSeconds, says) => {
    // The kept answer of SES has expired.
    stack().clock.offsetSeconds = laterSeconds;
    // Reading the session still works, because it uses BatchGetItem.
    stack().faults([
      service === 'dynamodb'
        ? { kind: 'error', service, action: 'GetItem', times: 99 }
        : { kind: 'error', service, times: 99 },
    ]);
    const logged = stack().logs().length;
    const answer = await browser.get('/admin/settings');
    expectPage(answer, 200, 'cannot be reached');
    expect(found(answer.text)).toEqual(says);
    expect(JSON.stringify(stack().logs().slice(logged))).toContain('health.failed');
  },
);

test('303 R4.14: whoever is no administrator is sent home, and whoever is not signed in to the login', async () => {
  const { cookies } = await signedInVisitor(stack(), await openInvite(stack(), admin));
  const { status, headers } = await page(stack(), '/admin/settings', { cookies });
  expect({ status, to: headers['location'] }).toEqual({ status: 303, to: '/?notice=forbidden' });
  const location = '/login?next=%2Fadmin%2Fsettings';
  expect(await page(stack(), '/admin/settings')).toMatchObject({ status: 303, headers: { location } });
});
