import { decodeJwt, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  authorizePath,
  codeFor,
  exchange,
  intranet,
  newPkce,
  portal,
  refresh,
  returned,
  signInToPortal,
  userinfo,
} from '../harness/apps/door.ts';
import { send, type Answered } from '../harness/http/http.ts';
import { signInByForm } from '../harness/http/pages.ts';
import { fieldsOf, Visitor } from '../harness/http/visitor.ts';
import {
  mailedGuest,
  mailedToken,
  invite,
  password,
  register,
  somebody,
  type SignedIn,
} from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';

const { stack, admin } = useAdmin();
let guest: SignedIn;
beforeAll(async () => void (guest = await mailedGuest(stack(), admin)));

const { challenge } = newPkce();
const ask = (changes: Record<string, string | undefined> = {}, person: SignedIn | null = guest) =>
  send(stack(), 'GET', authorizePath(challenge, changes), { token: person?.session.token });
const location = ({ headers }: Answered) => String(headers['location']);

test('303: whoever is not signed in signs in first, and comes back with the whole request', async () => {
  const answer = await sendEvent(stack(), 'authorization-create');
  expect(answer.status).toBe(303);
  const next = new URL(location(answer), stack().app);
  expect(next.pathname).toBe('/login');
  const back = new URL(next.searchParams.get('next')!, stack().app);
  expect(back.pathname).toBe('/oauth/authorize');
  expect(Object.fromEntries(back.searchParams)).toMatchObject({
    ...portal,
    state: 'af0ifjsldkj',
    scope: 'openid profile email offline_access',
  });
});

test('303 R6.1: whoever is signed in goes back with a code, the state as it was, and the issuer (RFC 9207)', async () => {
  const answer = await ask({ state: 'a b&c=ä' });
  expect(returned(answer)).toEqual({
    code: expect.any(String) as string,
    state: 'a b&c=ä',
    iss: stack().app,
  });
  expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' });
});

describe('nobody is sent to an address that is not the app’s own', () => {
  const tricks = [
    'https://portal.example.com/callback/',
    'https://portal.example.com/Callback',
    'https://PORTAL.example.com/callback',
    'https://portal.example.com:443/callback',
    'https://portal.example.com/callback?x=1',
    'https://portal.example.com/callback#x',
    'https://portal.example.com/callback/../evil',
    'https://portal.example.com/%63allback',
    'https://user@portal.example.com/callback',
    'https://portal.example.com@evil.example/callback',
    'https://portal.example.com.evil.example/callback',
    'https://evil.example/callback',
    '//portal.example.com/callback',
    'http://portal.example.com/callback',
    'http://localhost/callback',
    'http://127.0.0.1.evil.example/callback',
    'http://127.0.0.1:99999999/callback',
    'http://127.0.0.1:80@evil.example/callback',
    'http://127.0.0.1:4000/other',
    'http://127.1/callback',
    'javascript:alert(1)',
    'data:text/html,x',
    `https://portal.example.com/callback\r\nset-cookie: a=b`,
    '',
  ];
  test.each(tricks)('422 %s', async (uri) => {
    const answer = await ask({ redirect_uri: uri });
    expect(answer.status).toBe(422);
    expect(answer.headers).not.toHaveProperty('location');
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
  });

  test('422: nor for an app that is not known, another app’s address, or two addresses', async () => {
    for (const changes of [
      { client_id: 'nobody' },
      { client_id: undefined },
      { client_id: 'constructor' },
      { client_id: 'intranet' },
    ])
      expect((await ask(changes)).status, JSON.stringify(changes)).toBe(422);
    for (const more of ['&client_id=portal', `&redirect_uri=${encodeURIComponent(portal.redirect_uri)}`])
      expect((await send(stack(), 'GET', authorizePath(challenge) + more)).status).toBe(422);
  });

  test('422: the page says whether it is the app or its address that is not known here', async () => {
    const titles = [{ client_id: 'nobody' }, { redirect_uri: `${portal.redirect_uri}/` }].map(
      async (changes) => /<h1>(.*)<\/h1>/.exec((await ask(changes)).text)?.[1],
    );
    expect(await Promise.all(titles)).toEqual(['There is no such app', 'That is no address of the app']);
  });

  test('303: a program on this machine listens on any port (RFC 8252)', async () => {
    const uri = 'http://127.0.0.1:53682/callback';
    expect(returned(await ask({ redirect_uri: uri }), uri)).toHaveProperty('code');
  });
});

describe('303: what is wrong with a request is told to the app, before anybody has to sign in', () => {
  const wrong: [Record<string, string | undefined>, string][] = [
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_type: 'code id_token' }, 'unsupported_response_type'],
    [{ response_type: undefined }, 'invalid_request'],
    [{ response_mode: 'fragment' }, 'invalid_request'],
    [{ scope: 'profile' }, 'invalid_scope'],
    [{ code_challenge: undefined }, 'invalid_request'],
    [{ code_challenge: 'short' }, 'invalid_request'],
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ code_challenge_method: undefined }, 'invalid_request'],
    [{ prompt: 'consent' }, 'invalid_request'],
    [{ prompt: 'none login' }, 'invalid_request'],
    [{ max_age: '-1' }, 'invalid_request'],
    [{ max_age: 'soon' }, 'invalid_request'],
    [{ resource: 'https://evil.example' }, 'invalid_target'],
    [{ request: 'eyJ' }, 'request_not_supported'],
    [{ request_uri: 'https://evil.example/request' }, 'request_uri_not_supported'],
    [{ registration: '{}' }, 'registration_not_supported'],
    [{ nonce: 'n'.repeat(501) }, 'invalid_request'],
  ];
  test.each(wrong)('%j %s', async (changes, error) => {
    const told = returned(await ask(changes, null));
    expect(told).toMatchObject({ error, state: 'as-it-was', iss: stack().app });
    expect(told).not.toHaveProperty('code');
  });

  test.each([
    ['&scope=openid', 'invalid_request'],
    ['&resource=relay&resource=relay', 'invalid_target'],
  ])('a parameter that comes twice: %s %s', async (more, error) => {
    const answer = await send(stack(), 'GET', authorizePath(challenge) + more);
    expect(returned(answer)).toMatchObject({ error, state: 'as-it-was' });
  });

  test('no state where none came, or two', async () => {
    const [none, empty] = [await ask({ state: undefined }), await ask({ state: '' })];
    const twice = await send(stack(), 'GET', `${authorizePath(challenge)}&state=other`);
    for (const answer of [none, empty, twice]) expect(returned(answer)).not.toHaveProperty('state');
    expect(returned(none)).toHaveProperty('code');
    expect(returned(twice)).toMatchObject({ error: 'invalid_request' });
  });
});

test('303: prompt=none never shows a page: a code, or login_required', async () => {
  expect(returned(await ask({ prompt: 'none' }))).toHaveProperty('code');
  expect(returned(await ask({ prompt: 'none' }, null))).toMatchObject({ error: 'login_required' });
  stack().clock.offsetSeconds = 120;
  expect(returned(await ask({ prompt: 'none', max_age: '60' }))).toMatchObject({ error: 'login_required' });
  expect(returned(await ask({ prompt: 'none', max_age: '600' }))).toHaveProperty('code');
});

test('303: an ID token that hints at somebody else wants a sign-in', async () => {
  const { id_token: hint } = await signInToPortal(stack(), admin);
  expect(returned(await ask({ id_token_hint: hint, prompt: 'none' }))).toMatchObject({
    error: 'login_required',
  });
  expect(location(await ask({ id_token_hint: hint }))).toMatch(/^\/login\?again=1&next=/);
  const own = await signInToPortal(stack(), guest);
  expect(returned(await ask({ id_token_hint: own.id_token, prompt: 'none' }))).toHaveProperty('code');
});

test('303: an ID token whose key is no longer published still keeps the app from getting somebody else', async () => {
  const byKeyOf = async (token: string, kid: string, typ = 'JWT') => {
    const { privateKey } = await generateKeyPair('ES256');
    return new SignJWT(decodeJwt(token)).setProtectedHeader({ alg: 'ES256', typ, kid }).sign(privateKey);
  };
  const other = await signInToPortal(stack(), admin);
  const hint = await byKeyOf(other.id_token, 'deleted');
  expect(returned(await ask({ id_token_hint: hint, prompt: 'none' }))).toMatchObject({
    error: 'login_required',
  });
  expect(location(await ask({ id_token_hint: hint }))).toMatch(/^\/login\?again=1&next=/);
  const own = await byKeyOf((await signInToPortal(stack(), guest)).id_token, 'deleted');
  // A text that is not one of our ID tokens is no hint.
  const typ = await byKeyOf(other.id_token, 'deleted', 'at+jwt');
  for (const good of [own, typ, other.access_token, 'x.y.z'])
    expect(returned(await ask({ id_token_hint: good, prompt: 'none' }))).toHaveProperty('code');
});

test('303: whoever signs in as somebody else than the app hints at goes back to it, which is told', async () => {
  const { id_token: hint } = await signInToPortal(stack(), admin);
  const browser = await signInByForm(stack(), guest.user.username);
  const asked = await browser.get(authorizePath(challenge, { id_token_hint: hint }));
  const back = new URL(location(asked), stack().app).searchParams.get('next')!;
  // A visitor who returns without a new sign-in is sent to the sign-in page again.
  stack().clock.offsetSeconds = 1;
  expect(location(await browser.get(back))).toMatch(/^\/login\?again=1&next=/);
  const next = new URL(location(await browser.get(back)), stack().app).searchParams.get('next')!;
  await browser.post('/login', { login: guest.user.username, password });
  expect(returned(await browser.get(next))).toEqual({
    error: 'login_required',
    state: 'as-it-was',
    iss: stack().app,
  });
  await browser.post('/login', { login: admin.user.username, password });
  expect(returned(await browser.get(next))).toHaveProperty('code');
});

test('303: prompt=login and max_age want a new sign-in, once', async () => {
  const who = somebody();
  const [row] = await invite(stack(), admin, { emails: [who.email] });
  await register(stack(), await mailedToken(stack(), who.email), who);
  expect(row).toBeDefined();
  const visitor = new Visitor(stack());
  await visitor.post('/login', { login: who.email, password: who.password });
  for (const changes of [{ prompt: 'login' }, { max_age: '0' }]) {
    stack().clock.offsetSeconds += 60;
    const first = await visitor.get(authorizePath(challenge, changes));
    const [, next = ''] = /^\/login\?again=1&next=(.*)$/.exec(location(first)) ?? [];
    const back = decodeURIComponent(next.replaceAll('+', ' '));
    // A visitor without a new sign-in is sent to the sign-in page again.
    expect(location(await visitor.get(back))).toMatch(/^\/login\?/);
    stack().clock.offsetSeconds += 1;
    await visitor.post('/login', { login: who.email, password: who.password });
    expect(returned(await visitor.get(back))).toHaveProperty('code');
  }
});

test('303: prompt=create leads to registration', async () => {
  expect(location(await ask({ prompt: 'create' }, null))).toMatch(/^\/register\?next=/);
});

test('303: an app may send its request as a form (OpenID Connect Core 1.0, 3.1.2.1)', async () => {
  const form = Object.fromEntries(new URL(authorizePath(challenge), stack().app).searchParams);
  const answer = await send(stack(), 'POST', '/oauth/authorize', {
    raw: String(new URLSearchParams(form)),
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://portal.example.com' },
  });
  expect(location(answer)).toMatch(/^\/login\?next=/);
});

test('303: a form of an app’s page that may show no page is asked once more by GET, which has the cookie', async () => {
  const form = Object.fromEntries(
    new URL(authorizePath(challenge, { prompt: 'none' }), stack().app).searchParams,
  );
  const answer = await send(stack(), 'POST', '/oauth/authorize', {
    raw: String(new URLSearchParams(form)),
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://portal.example.com' },
  });
  const browser = await signInByForm(stack(), guest.user.username);
  expect(returned(await browser.get(location(answer)))).toHaveProperty('code');
});

test('200 R6.4: a confidential app shows its secret, one that was told once; the one before counts for a day', async () => {
  const secretOf = async (renew?: boolean) =>
    (await stack().invoke('app-secret', { app: 'intranet', ...(renew && { renew }) })) as { secret: string };
  const basic = (text: string) => ({
    authorization: `Basic ${Buffer.from(`intranet:${text}`).toString('base64')}`,
  });
  const asked = () => codeFor(stack(), guest, { ...intranet, scope: 'openid' });
  const { redirect_uri } = intranet;
  const withHeader = async (text: string) =>
    (await exchange(stack(), await asked(), { redirect_uri, client_id: '' }, basic(text))).status;
  const withField = async (text: string) =>
    (await exchange(stack(), await asked(), { ...intranet, client_secret: text })).status;
  // Before the first secret is made, no secret is accepted.
  expect(await withField(Buffer.alloc(32).toString('base64url'))).toBe(401);
  const { secret } = await secretOf();
  expect(await secretOf()).toEqual({ refused: 'shown_already' });
  expect(await withHeader(secret)).toBe(200);
  expect(await withField(secret)).toBe(200);
  expect(await withHeader(`${secret.slice(0, -3)}AAA`)).toBe(401);
  expect(await withField('wrong')).toBe(401);
  expect((await exchange(stack(), await asked(), intranet)).status).toBe(401);
  const renewedAt = stack().clock.now();
  stack().clock.standAt(renewedAt);
  const next = await secretOf(true);
  expect(next.secret).not.toBe(secret);
  expect([await withField(next.secret), await withField(secret)]).toEqual([200, 200]);
  stack().clock.standAt(renewedAt + 86_400_000 - 1);
  expect(await withField(secret)).toBe(200);
  stack().clock.standAt(renewedAt + 86_400_000);
  expect([await withField(next.secret), await withField(secret)]).toEqual([200, 401]);
  expect(JSON.stringify(await stack().dumpTables())).not.toContain(secret);
});

test('C65: no page can hold these pages in a frame, or learn their address (clickjacking)', async () => {
  const page = await new Visitor(stack()).get(location(await ask({}, null)));
  expect(page.status).toBe(200);
  expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  // A form on this page may lead to this app and to no other.
  expect(page.headers['content-security-policy']).toContain("form-action 'self' https://portal.example.com;");
  expect(page.headers['referrer-policy']).toBe('same-origin');
});

test('422 401: an app that was taken out of the settings gets nothing more, while its people stay signed in here', async () => {
  const tokens = await signInToPortal(stack(), guest);
  stack().deploy({ apps: {} });
  expect((await ask()).status).toBe(422);
  expect(await refresh(stack(), tokens.refresh_token!)).toMatchObject({
    status: 401,
    json: { error: 'invalid_client' },
  });
  expect((await userinfo(stack(), tokens.access_token)).status).toBe(401);
  expect((await send(stack(), 'GET', '/v1/me', { token: guest.session.token })).status).toBe(200);
});

test('401: no cookie of ours and no token of an app lets a page of the app read or change anything here', async () => {
  const { access_token: token } = await signInToPortal(stack(), guest);
  expect((await send(stack(), 'GET', '/v1/me', { token })).status).toBe(401);
  expect((await send(stack(), 'PATCH', '/v1/me', { token, json: { firstName: 'Eve' } })).status).toBe(401);
});

test('303 C93: an access token, which only reads, becomes neither a code, and so no session, nor a sign-out', async () => {
  const { json } = await send<{ token: string }>(stack(), 'POST', '/v1/tokens', {
    token: guest.session.token,
    json: { audience: 'latchkey' },
  });
  const cli = { client_id: 'latchkey-cli', redirect_uri: 'http://127.0.0.1:4000/callback' };
  for (const app of [cli, portal]) {
    const answer = await send(stack(), 'GET', authorizePath(challenge, app), { token: json.token });
    expect(location(answer)).toMatch(/^\/login\?next=/);
  }
  expect((await send(stack(), 'GET', '/oauth/logout', { token: json.token })).status).toBe(303);
  expect((await send(stack(), 'GET', '/v1/me', { token: json.token })).status).toBe(200);
});

test('303 C90 R6.1: a request that fits no header is refused, whoever is signed in; one that fits comes back whole from signing in', async () => {
  const browser = await signInByForm(stack(), guest.user.username);
  const send = (changes: Record<string, string>, visitor: Visitor) =>
    visitor.post('/oauth/authorize', fieldsIn(authorizePath(challenge, changes)));
  for (const visitor of [browser, new Visitor(stack())]) {
    const long = await send({ state: 'あ'.repeat(300) }, visitor);
    expect(returned(long)).toMatchObject({ error: 'invalid_request', iss: stack().app });
    expect(returned(long)).not.toHaveProperty('state');
    const hints = await send({ login_hint: 'x'.repeat(3_900) }, visitor);
    expect(returned(hints)).toMatchObject({ error: 'invalid_request', state: 'as-it-was' });
  }
  // Parameters that no code reads are dropped.
  const long = { state: `${'%'.repeat(666)}aa`, nonce: 'n'.repeat(500), login_hint: '' };
  const room = 3_900 - new URL(authorizePath(challenge, long), stack().app).search.slice(1).length;
  const longest = { ...long, login_hint: 'x'.repeat(room) };
  const longer = await send({ ...longest, login_hint: 'x'.repeat(room + 1) }, new Visitor(stack()));
  expect(returned(longer)).toMatchObject({ error: 'invalid_request', state: long.state });
  const junk = { ...longest, unknown: 'x'.repeat(6_000), submit: '1', action: '/elsewhere' };
  const form = await new Visitor(stack()).get(location(await send(junk, new Visitor(stack()))));
  const next = new URL(fieldsOf(form.text)['next']!.replaceAll('&amp;', '&'), stack().app);
  expect(Object.fromEntries(next.searchParams)).toEqual(fieldsIn(authorizePath(challenge, longest)));
});
const fieldsIn = (path: string) => Object.fromEntries(new URL(path, stack().app).searchParams);
