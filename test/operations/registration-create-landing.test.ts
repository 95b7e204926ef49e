import { beforeEach, expect, test } from 'vitest';
import { deployApps, notesPage } from '../harness/apps/deployed.ts';
import { send } from '../harness/http/http.ts';
import { expectPage, invited, signInByForm } from '../harness/http/pages.ts';
import { fieldsOf, Visitor } from '../harness/http/visitor.ts';
import { boundVisitor } from '../harness/people/bound.ts';
import { newDevice } from '../harness/people/devices.ts';
import { attempt } from '../harness/people/guests.ts';
import { invite, openInvite, somebody } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();
beforeEach(() => deployApps(stack()));

/** The address at which an app learns the issuer and the login of a new user. */
const entrance = (page: string, login: string) =>
  `${page}${page.includes('?') ? '&' : '?'}${new URLSearchParams({ iss: stack().app, login_hint: login })}`;
const portal = 'https://portal.example.com/login';

/** Registers by the form of an invite, and says where that leads. */
async function land(wish: object, typed: Readonly<Record<string, string>> = somebody()) {
  const token = await openInvite(stack(), admin, wish);
  const { visitor, form } = await invited(stack(), token);
  const { status, headers } = await visitor.submit(form, '/register', typed);
  return { visitor, token, form, landing: status === 303 ? headers['location'] : status };
}

test('303 R6.3: the invite names the app in which its guest lands, whose address keeps its query', async () => {
  const who = somebody();
  const { landing, visitor, form } = await land({ app: 'notes' }, who);
  expect(landing).toBe(entrance(notesPage, who.email));
  expect(await visitor.get('/account')).toMatchObject({ status: 200 });
  // Browsers check the target of a form's redirect against the page's policy.
  const policy = String(form.headers['content-security-policy']);
  expect(policy).toContain("form-action 'self' https://notes.example.com;");
});

test('303 R6.3: an invite that names none lands in the first app that takes guests, then where appUrl says, then here', async () => {
  const who = somebody();
  expect((await land({}, who)).landing).toBe(entrance(portal, who.email));
  const appUrl = 'https://app.example.com/start';
  deployApps(stack(), ['machine', 'example'], { appUrl });
  const { landing, visitor } = await land({});
  expect(landing).toBe('/');
  expect((await visitor.get('/')).headers['location']).toBe(appUrl);
  deployApps(stack(), ['machine', 'example']);
  expect((await land({})).landing).toBe('/');
  const [other] = [somebody()];
  expect((await land({ app: 'example' }, other)).landing).toBe(
    entrance('http://localhost:4801/login', other.email),
  );
});

test('303 R6.3: the guest of an app that is there no more lands as one whose invite names none', async () => {
  const token = await openInvite(stack(), admin, { app: 'notes' });
  deployApps(stack(), ['portal']);
  const { visitor, form } = await invited(stack(), token);
  const who = somebody();
  const { headers } = await visitor.submit(form, '/register', who);
  expect(headers['location']).toBe(entrance(portal, who.email));
});

test('303 R6.3 R4.14: administrators stay at their desk, unless their invite names an app', async () => {
  expect((await land({ role: 'admin' })).landing).toBe('/');
  const who = somebody();
  expect((await land({ role: 'admin', app: 'portal' }, who)).landing).toBe(entrance(portal, who.email));
});

test('200 R6.3: the script of the page is told the same, and an app that began it takes its guest back itself', async () => {
  const token = await openInvite(stack(), admin, { app: 'notes' });
  const sendForm = async (who: Record<string, string>, next?: string) =>
    (
      await send<{ next: string }>(stack(), 'POST', '/register', {
        form: { token, ...who, ...(next && { next }) },
        headers: { accept: 'text/html, application/json' },
      })
    ).json;
  const who = somebody();
  expect(await sendForm(who)).toEqual({ next: entrance(notesPage, who.email) });
  // A registration whose answer was lost is repeated.
  expect(await sendForm(who)).toEqual({ next: entrance(notesPage, who.email) });
  const request = '/oauth/authorize?client_id=portal&state=1';
  expect(await sendForm(who, request)).toEqual({ next: request });
  expect(await sendForm(who, 'https://notes.example.com.evil.example/')).toEqual({
    next: entrance(notesPage, who.email),
  });
});

test('303 R6.3 R3.3: who has neither address nor password is announced by the name that they were given', async () => {
  const { deviceKey } = await newDevice();
  const passphrase = 'open sesame';
  const wish = { kind: 'device-only', passphrase, app: 'portal' };
  const { landing, form } = await land(wish, { passphrase, deviceKey: JSON.stringify(deviceKey) });
  const hint = new URL(String(landing)).searchParams.get('login_hint');
  expect(hint).toMatch(/^[a-z0-9]{3,32}$/);
  const again = new Visitor(stack());
  const repeated = await again.submit(form, '/register', {
    passphrase,
    deviceKey: JSON.stringify(deviceKey),
  });
  expect(repeated.headers['location']).toBe(landing);
});

test('303 R6.3: a guest without an invite lands in the first app, and so does one who types a code', async () => {
  const [row] = await invite(stack(), admin, { app: 'notes' });
  const who = somebody();
  const form = await new Visitor(stack()).get('/register');
  expect(fieldsOf(form.text)).toHaveProperty('code');
  const typed = { ...fieldsOf(form.text), ...who, code: row!.code! };
  const byCode = await new Visitor(stack()).post('/register', typed);
  // The page of a code does not know the invite's app. Browsers let its form lead only to targets that its policy names.
  expect(String(form.headers['content-security-policy'])).toContain(
    "form-action 'self' https://portal.example.com;",
  );
  expect(byCode.headers['location']).toBe('/');
  const headers = { accept: 'text/html, application/json' };
  const byScript = await send<{ next: string }>(stack(), 'POST', '/register', { form: typed, headers });
  expect(byScript.json.next).toBe(entrance(notesPage, who.email));
  deployApps(stack(), ['portal'], { registration: 'open', captcha: 'off' });
  const other = somebody();
  const visitor = new Visitor(stack());
  const open = await visitor.submit(await visitor.get('/register'), '/register', other);
  expect(open.headers['location']).toBe(entrance(portal, other.email));
});

test("303 C82 R6.3: one's own used link leads where its guest lands; a bound session's cookie does not tell whose it is", async () => {
  const who = somebody();
  const { visitor, token } = await land({ app: 'notes' }, who);
  expect(await visitor.get(`/invite/${token}`)).toMatchObject({
    status: 303,
    headers: { location: entrance(notesPage, who.email) },
  });
  const wanted = await visitor.get(`/invite/${token}?next=%2Fkeys`);
  expect(wanted.headers['location']).toBe('/keys');
  const elsewhere = await signInByForm(stack(), admin.user.username);
  expectPage(await elsewhere.get(`/invite/${token}`), 422, 'already been used');
});

test('303 C69: the link of who is bound to a device names nobody to a copied cookie', async () => {
  const { visitor, who, token } = await boundVisitor(stack(), admin);
  const { headers } = await visitor.get(`/invite/${token}`);
  expect(headers['location']).toBe(`${portal}?${new URLSearchParams({ iss: stack().app })}`);
  expect(String(headers['location'])).not.toContain(who.username);
});

test('201 R6.3: programs that register are told nothing of it', async () => {
  const { status, json } = await attempt(stack(), {
    token: await openInvite(stack(), admin, { app: 'notes' }),
  });
  expect({ status, fields: Object.keys(json) }).toEqual({ status: 201, fields: ['user', 'session'] });
});

test('200 R6.3: the first page leads to the apps that have a page to begin at, and tells them nothing of its owner', async () => {
  const { visitor } = await land({ app: 'notes' });
  const { text } = await visitor.get('/');
  const iss = new URLSearchParams({ iss: stack().app });
  expect(text).toContain(`href="${portal}?${iss}"><strong>Portal</strong>`);
  expect(text).toContain(`<strong>ノート</strong>`);
  expect(text).not.toMatch(/machine|login_hint/);
});
