import { decodeJwt } from 'jose';
import { beforeEach, expect, test } from 'vitest';
import {
  authorizePath,
  exchange,
  newPkce,
  portal,
  refresh,
  returned,
  type Tokens,
} from '../harness/apps/door.ts';
import { send } from '../harness/http/http.ts';
import { Visitor } from '../harness/http/visitor.ts';
import { mailedGuest, password, type SignedIn } from '../harness/people/people.ts';
import { cookie } from '#shared/http/cookies.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';

const { stack, admin } = useAdmin();
const back = 'https://portal.example.com/';
let guest: SignedIn;
let visitor: Visitor;
let tokens: Tokens;

/** A browser in which a user is signed in to the portal. */
beforeEach(async () => {
  guest = await mailedGuest(stack(), admin);
  visitor = new Visitor(stack());
  await visitor.post('/login', { login: guest.user.email!, password });
  const { verifier, challenge } = newPkce();
  const { code } = returned(await visitor.get(authorizePath(challenge)));
  tokens = (await exchange(stack(), { code: code!, verifier })).json;
});

const logout = (values: Record<string, string>) =>
  visitor.get(`/oauth/logout?${new URLSearchParams({ post_logout_redirect_uri: back, ...values })}`);
const isSignedIn = () => visitor.cookies[cookie.session] !== undefined;

test('303: who is not signed in is led back at once', async () => {
  const { status, headers } = await sendEvent(stack(), 'oauth-logout');
  expect({ status, location: headers['location'] }).toEqual({ status: 303, location: `${back}?state=bye` });
});

test('303 R6.1 R6.5: an app signs its person out everywhere, and they are back in the app', async () => {
  const answer = await logout({ id_token_hint: tokens.id_token, state: 'bye' });
  expect(answer).toMatchObject({ status: 303, headers: { location: `${back}?state=bye` } });
  expect(isSignedIn()).toBe(false);
  expect((await refresh(stack(), tokens.refresh_token!)).json).toMatchObject({ error: 'invalid_grant' });
});

test('303: also with an ID token that has expired, and without a cookie', async () => {
  stack().clock.offsetSeconds = 3_600;
  const form = { id_token_hint: tokens.id_token };
  const answer = await send(stack(), 'POST', '/oauth/logout', {
    raw: String(new URLSearchParams(form)),
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://portal.example.com' },
  });
  expect(answer.status).toBe(303);
  expect((await visitor.get('/account')).status).toBe(303);
});

test('200 303: a page that does not say whom it means signs nobody out: they are asked', async () => {
  const asked = await logout({ client_id: portal.client_id });
  expect(asked.status).toBe(200);
  expect(isSignedIn()).toBe(true);
  const values = { client_id: portal.client_id, post_logout_redirect_uri: back, confirmed: 'yes' };
  const foreign = await send(stack(), 'POST', '/oauth/logout', {
    raw: String(new URLSearchParams(values)),
    cookies: visitor.cookies,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' },
  });
  expect(foreign.status).toBe(200);
  expect(await logout(values)).toMatchObject({ status: 200 });
  const answered = await visitor.submit(asked, '/oauth/logout', {});
  expect(answered).toMatchObject({ status: 303, headers: { location: back } });
  expect(isSignedIn()).toBe(false);
});

test('200 303 R6.1: an ID token that was kept for longer than its key is published still names the app: its person is asked', async () => {
  stack().clock.offsetSeconds = 29.5 * 86_400;
  await stack().invoke('key-rotate');
  stack().clock.offsetSeconds = 31 * 86_400;
  await visitor.post('/login', { login: guest.user.email!, password });
  const asked = await logout({ id_token_hint: tokens.id_token });
  expect(asked.status).toBe(200);
  expect(isSignedIn()).toBe(true);
  const answered = await visitor.submit(asked, '/oauth/logout', {});
  expect(answered).toMatchObject({ status: 303, headers: { location: back } });
  expect(isSignedIn()).toBe(false);
});

test('422: a hint that is no token names no app', async () => {
  expect((await logout({ id_token_hint: 'x.y.z' })).status).toBe(422);
});

/** A form post from a page of an app. The browser omits the session's cookie from it (`SameSite=Lax`). */
const posted = (values: Record<string, string>) =>
  send(stack(), 'POST', '/oauth/logout', {
    raw: String(new URLSearchParams({ post_logout_redirect_uri: back, ...values })),
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://portal.example.com' },
  });

test('303 200 R6.1: a form of the app’s page is asked once more by GET, which has the cookie, and the person is asked', async () => {
  const { status, headers } = await posted({ client_id: portal.client_id, state: 'bye' });
  expect(status).toBe(303);
  const asked = await visitor.get(String(headers['location']));
  expect(asked.status).toBe(200);
  expect(await visitor.submit(asked, '/oauth/logout', {})).toMatchObject({
    status: 303,
    headers: { location: `${back}?state=bye` },
  });
  expect(isSignedIn()).toBe(false);
});

test('303 R6.5: such a form ends the session that the app knows, or the one to which its person has signed in over it since', async () => {
  for (const _ of ['once', 'again']) await visitor.post('/login', { login: guest.user.email!, password });
  const { id_token: later, refresh_token: token } = (await refresh(stack(), tokens.refresh_token!)).json;
  const { headers } = await posted({ id_token_hint: tokens.id_token });
  expect((await visitor.get('/account')).status).toBe(303);
  expect((await refresh(stack(), token!)).json).toMatchObject({ error: 'invalid_grant' });
  const answer = await visitor.get(String(headers['location']));
  expect(answer).toMatchObject({ status: 303, headers: { location: back } });
  // All ID tokens that the app keeps name the same session.
  expect(decodeJwt(later)['sid']).toBe(decodeJwt(tokens.id_token)['sid']);
});

test('303 R6.5: nor does it leave another session that the browser has by now', async () => {
  await visitor.post('/logout', {});
  await visitor.post('/login', { login: guest.user.email!, password });
  const { headers } = await posted({ id_token_hint: tokens.id_token });
  const answer = await visitor.get(String(headers['location']));
  expect(answer).toMatchObject({ status: 303, headers: { location: back } });
  expect(isSignedIn()).toBe(false);
});

test('200: an ID token of somebody else, or one that was made up, signs nobody out', async () => {
  const made = `${tokens.id_token.slice(0, -4)}AAAA`;
  expect((await logout({ client_id: 'portal', id_token_hint: made })).status).toBe(200);
  const other = new Visitor(stack());
  await other.post('/login', { login: admin.user.email!, password });
  expect((await other.get(`/oauth/logout?id_token_hint=${tokens.id_token}`)).status).toBe(200);
  expect(isSignedIn()).toBe(true);
  expect((await visitor.get('/account')).status).toBe(200);
});

test('422: nobody is led to an address that is not the app’s, and no app speaks for another', async () => {
  for (const values of [
    { client_id: 'portal', post_logout_redirect_uri: 'https://portal.example.com/evil' },
    { client_id: 'portal', post_logout_redirect_uri: 'https://evil.example/' },
    { client_id: 'nobody' },
    { client_id: 'intranet', id_token_hint: tokens.id_token },
    { id_token_hint: tokens.id_token, post_logout_redirect_uri: 'https://evil.example/' },
  ]) {
    expect((await logout(values)).status, JSON.stringify(values)).toBe(422);
    expect((await visitor.get('/account')).status, JSON.stringify(values)).toBe(200);
  }
});

test('422: the page says whether it is the app or its address that is not known here', async () => {
  const titleOf = async (query: string) =>
    /<h1>(.*)<\/h1>/.exec((await send(stack(), 'GET', `/oauth/logout?${query}`)).text)?.[1];
  const evil = `post_logout_redirect_uri=${encodeURIComponent('https://evil.example/')}`;
  expect(await titleOf(evil)).toBe('There is no such app');
  expect(await titleOf(`client_id=portal&${evil}`)).toBe('That is no address of the app');
});

test('422 R7.5: the page says what is wrong with a request that names its app, and signs nobody out', async () => {
  const titleOf = async (query: string) => {
    const { status, text } = await send(stack(), 'GET', `/oauth/logout?${query}`, {
      cookies: visitor.cookies,
    });
    return [status, /<h1>(.*)<\/h1>/.exec(text)?.[1]];
  };
  const hint = `id_token_hint=${tokens.id_token}`;
  expect(await titleOf(`${hint}&client_id=portal&client_id=portal`)).toEqual([
    422,
    'The app’s request says something twice',
  ]);
  expect(await titleOf(`${hint}&client_id=latchkey-cli`)).toEqual([
    422,
    'The app’s request is made out to another app',
  ]);
  expect((await visitor.get('/account')).status).toBe(200);
});

test('422 C90: a state that fits no header is sent nowhere, and signs nobody out', async () => {
  const asked = { id_token_hint: tokens.id_token, post_logout_redirect_uri: back };
  const answer = await visitor.post('/oauth/logout', { ...asked, state: 'あ'.repeat(300) });
  expect(answer.status).toBe(422);
  expect((await visitor.get('/account')).status).toBe(200);
});
