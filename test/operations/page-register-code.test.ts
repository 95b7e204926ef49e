import { expect, test } from 'vitest';
import { cookie } from '#shared/http/cookies.ts';
import { authorizePath, newPkce } from '../harness/apps/door.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { changeInvite, shownInvite } from '../harness/invites/invites.ts';
import { send } from '../harness/http/http.ts';
import { expectHead, expectPage, invited, page } from '../harness/http/pages.ts';
import { invite, openInvite, register, somebody, tokenOf } from '../harness/people/people.ts';
import { daySeconds } from '../harness/stack/time.ts';
import { fieldsOf, Visitor } from '../harness/http/visitor.ts';

/** The form for a code, opened in a browser that still carries a link. */
const { stack, admin } = useAdmin();

const byCode = '/register?by=code';
const decoded = (text: string) => text.replaceAll('&amp;', '&');
/** The path to which the language switch of a page returns. */
const placeOf = (text: string) => /name="here" value="([^"]*)"/.exec(text)?.[1];

test.each([
  ['expired', async () => void (stack().clock.offsetSeconds += daySeconds + 60)],
  ['used', async (token: string, who: object) => void (await register(stack(), token, who))],
])(
  '422 200 R0.5 R2.1: a link that is %s by now is told of once, and then a code is asked for',
  async (state, end) => {
    const who = somebody();
    const token = await openInvite(stack(), admin, { emails: [who.email], expiresInDays: 1 });
    const { visitor } = await invited(stack(), token);
    await end(token, who);
    const dead = await visitor.get('/register');
    expectPage(dead, 422, state, 'Send me a new link', `href="${byCode}"`);
    expect(fieldsOf(dead.text)['token'], 'of the link that the page is about').toBe(token);
    expect(visitor.cookies).not.toHaveProperty(cookie.invite);
    expectPage(await visitor.get('/register'), 200, 'Invite code');
  },
);

test('422 R0.5 R2.1: a link that is over when it is opened leads to the form for a code, too', async () => {
  const token = await openInvite(stack(), admin);
  await register(stack(), token);
  expectPage(await page(stack(), `/invite/${token}`), 422, 'already been used', `href="${byCode}"`);
});

test.each([
  ['was withdrawn', 'withdrawn', (id: string) => changeInvite(stack(), admin, id, 'revoke'), {}],
  [
    'was deleted',
    'not valid',
    (id: string) => send(stack(), 'DELETE', `/v1/admin/invites/${id}`, { token: admin.session.token }),
    {},
  ],
  [
    'has expired, where no mail goes out',
    'expired',
    async () => void (stack().clock.offsetSeconds += 8 * daySeconds),
    { mailFrom: null },
  ],
])('422 404 R0.5 R2.1: so does one that %s', async (_, says, end, settings) => {
  const [row] = await invite(stack(), admin);
  const { visitor } = await invited(stack(), tokenOf(row!.url));
  await end(row!.id);
  stack().deploy(settings);
  for (const path of [new URL(row!.url).pathname, '/register']) {
    const dead = await visitor.get(path);
    expect(dead.text).toContain(says);
    expect(dead.text).not.toContain('/invite/renew');
    expect(dead.text).toContain(`href="${byCode}"`);
  }
  stack().deploy({});
});

test('422 R2.1: a page that fails otherwise leads to no form for a code', async () => {
  const { status, text } = await page(stack(), `/register?next=/${'a'.repeat(10_000)}`);
  expect(status).toBe(422);
  expect(text).not.toContain(byCode);
});

test.each([
  ['a good one', async () => openInvite(stack(), admin)],
  [
    'a used one',
    async () => {
      const token = await openInvite(stack(), admin);
      await register(stack(), token);
      return token;
    },
  ],
  ['a forged one', async () => 'no.token'],
  ['none', async () => undefined],
])(
  '200 303 R2.1: the form for a code is shown at once and lets in by it, whichever link is carried: %s',
  async (_, carried) => {
    const token = await carried();
    const visitor = new Visitor(stack());
    if (token !== undefined) visitor.cookies[cookie.invite] = token;
    const form = await visitor.get(byCode);
    expectPage(form, 200, 'Invite code');
    expect(Object.keys(fieldsOf(form.text))).toContain('code');
    expect(Object.keys(fieldsOf(form.text))).not.toContain('token');
    await expectHead(stack(), byCode, { cookies: visitor.cookies });
    const [row] = await invite(stack(), admin);
    expect((await visitor.submit(form, '/register', { code: row!.code!, ...somebody() })).status).toBe(303);
    expect((await shownInvite(stack(), admin, row!.id)).status).toBe('used');
  },
);

test('200 R7.6: another language of the form for a code is that form, also after a mistake', async () => {
  const visitor = new Visitor(stack());
  visitor.cookies[cookie.invite] = await openInvite(stack(), admin);
  const form = await visitor.get(byCode);
  expect(placeOf(form.text)).toBe(byCode);
  const [row] = await invite(stack(), admin);
  await changeInvite(stack(), admin, row!.id, 'revoke');
  const again = await visitor.submit(form, '/register', { code: row!.code!, ...somebody() });
  expectPage(again, 422, 'Invite code');
  const { headers } = await visitor.post('/language', { language: 'ja', here: placeOf(again.text)! });
  expect(headers['location']).toBe(byCode);
  expectPage(await visitor.get(byCode), 200, '<html lang="ja">', '招待コード');
});

test('303 R2.4: whoever is signed in goes on from the form for a code', async () => {
  const { visitor, form } = await invited(stack(), tokenOf((await invite(stack(), admin))[0]!.url));
  await visitor.submit(form, '/register', somebody());
  expect(await visitor.get(byCode)).toMatchObject({ status: 303, headers: { location: '/' } });
});

test('200 303 R6.1: an app that wants people registered gets them back, by a code as well', async () => {
  stack().deploy({ registration: 'open' });
  const visitor = new Visitor(stack());
  const wanted = authorizePath(newPkce().challenge, { prompt: 'create' });
  const start = await visitor.get(wanted);
  const open = await visitor.get(String(start.headers['location']));
  const { next } = fieldsOf(open.text);
  expect(decoded(next!)).toMatch(/^\/oauth\/authorize\?/);
  const [link] = /\/register\?by=code&amp;next=[^"]+/.exec(open.text)!;
  const form = await visitor.get(decoded(link));
  expectPage(form, 200, 'Invite code');
  expect(fieldsOf(form.text)['next']).toBe(next);
  const [row] = await invite(stack(), admin);
  const typed = { ...fieldsOf(form.text), code: row!.code!, ...somebody(), next: decoded(next!) };
  const { status, headers } = await visitor.post('/register', typed);
  expect([status, headers['location']]).toEqual([303, decoded(next!)]);
});
