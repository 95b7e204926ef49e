import { beforeEach, expect, test } from 'vitest';
import { parseSettings } from '#shared/deployment/settings.ts';
import { authorizePath, exchange, newPkce, refresh, returned, userinfo } from '../harness/apps/door.ts';
import { Visitor } from '../harness/http/visitor.ts';
import { send, type Answered } from '../harness/http/http.ts';
import { mailedCode } from '../harness/people/codes.ts';
import { changeUser } from '../harness/people/managing.ts';
import { password, type SignedIn } from '../harness/people/people.ts';
import { ask as askProvider, keyHolder } from '../harness/relay/relay.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { meanwhile, overtake } from '../harness/stack/meanwhile.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin('plain', { fresh: true });

const app = (name: string) => ({ client_id: name, redirect_uri: `https://${name}.example.com/callback` });
const setting = { audiences: ['relay', 'https://api.example.com'], refresh: true };
const { apps } = parseSettings({
  apps: Object.fromEntries(
    ['portal', 'wiki'].map((name) => [name, { ...setting, redirectUris: [app(name).redirect_uri] }]),
  ),
});
let who: SignedIn;
let visitor: Visitor;
beforeEach(async () => {
  stack().deploy({ apps });
  who = await keyHolder(stack(), admin);
  visitor = await signedIn();
});

const login = (browser: Visitor, more: Record<string, string> = {}) =>
  browser.post('/login', { login: who.user.username, password, ...more });
async function signedIn(): Promise<Visitor> {
  const browser = new Visitor(stack());
  expect((await login(browser)).status).toBe(303);
  return browser;
}

/** A user's code for an app. */
async function codeOf(name = 'portal', changes: Record<string, string> = {}) {
  const { verifier, challenge } = newPkce();
  const answer = await visitor.get(authorizePath(challenge, { ...app(name), ...changes }));
  return { code: returned(answer, app(name).redirect_uri)['code']!, verifier };
}
/** An app that always continues with its newest refresh token. */
async function grantedTo(name = 'portal') {
  const { json } = await exchange(stack(), await codeOf(name), app(name));
  let { refresh_token: token } = json;
  const goesOn = async () => {
    const { status, json: next } = await refresh(stack(), token!, { client_id: name });
    token = next.refresh_token ?? token;
    return status === 200;
  };
  const counts = async () => [
    (await userinfo(stack(), json.access_token)).status,
    (await askProvider(stack(), json.access_token)).status,
  ];
  return { goesOn, counts };
}

test('303 R6.1 R6.5: what apps were granted goes on where somebody signs in over their session, however often', async () => {
  const portal = await grantedTo();
  for (const _ of ['once', 'again', 'a third time']) {
    const wiki = await grantedTo('wiki');
    const code = await codeOf();
    const before = visitor.cookies['__Host-session'];
    await login(visitor);
    expect(visitor.cookies['__Host-session']).not.toBe(before);
    expect(await portal.counts()).toEqual([200, 200]);
    expect([await portal.goesOn(), await wiki.goesOn(), await wiki.counts()]).toEqual([
      true,
      true,
      [200, 200],
    ]);
    expect((await exchange(stack(), code)).status).toBe(200);
  }
});

test('303 R6.1: a grant is led to the new session once, and costs no more calls from then on', async () => {
  const callsOf = async () => {
    stack().clearCalls();
    expect(await portal.goesOn()).toBe(true);
    return stack()
      .calls()
      .filter((call) => call.function === 'oauth-token' && call.action === 'BatchGetItem').length;
  };
  const portal = await grantedTo();
  await callsOf();
  const before = await callsOf();
  await login(visitor);
  expect(await callsOf()).toBeGreaterThan(before);
  expect(await callsOf()).toBe(before);
  await visitor.post('/logout', {});
  expect(await portal.goesOn()).toBe(false);
});

test('303 R6.1: two apps that want a new sign-in each time do not shut each other out', async () => {
  const granted: Awaited<ReturnType<typeof grantedTo>>[] = [];
  for (const name of ['portal', 'wiki', 'portal', 'wiki']) {
    stack().clock.offsetSeconds += 60;
    const { verifier, challenge } = newPkce();
    const first = await visitor.get(authorizePath(challenge, { ...app(name), prompt: 'login' }));
    const next = new URL(String(first.headers['location']), stack().app).searchParams.get('next')!;
    stack().clock.offsetSeconds += 1;
    const back = String((await login(visitor, { next })).headers['location']);
    const { code } = returned(await visitor.get(back), app(name).redirect_uri);
    expect((await exchange(stack(), { code: code!, verifier }, app(name))).status).toBe(200);
    granted.push(await grantedTo(name));
    for (const one of granted) expect(await one.goesOn()).toBe(true);
  }
});

const elsewhere = async (method: string, path: string, json?: object) =>
  expect(await send(stack(), method, path, { token: who.session.token, json })).toMatchObject({
    status: 204,
  });

const ends: Record<string, () => Promise<unknown>> = {
  'they sign out of the newest': () => visitor.post('/logout', {}),
  'they end the others from another one': () => elsewhere('DELETE', '/v1/sessions/others'),
  'they change the password elsewhere': () =>
    elsewhere('PUT', '/v1/me/password', { currentPassword: password, password }),
  'they reset the password': async () => {
    const email = who.user.email!;
    const typed = await mailedCode(stack(), 'password-reset', email);
    await send(stack(), 'POST', '/v1/password/reset', { json: { email, password, ...typed } });
  },
  'an administrator disables them': () => changeUser(stack(), admin, who.user.id, { disabled: true }),
  'an administrator has disabled and enabled them': async () => {
    await changeUser(stack(), admin, who.user.id, { disabled: true });
    await changeUser(stack(), admin, who.user.id, { disabled: false });
  },
  'its time is over': () => Promise.resolve((stack().clock.offsetSeconds += 366 * daySeconds)),
};

const laterWith = ['the newest cookie', 'the one before, as if the answer had been lost'] as const;

test.each(laterWith.flatMap((cookie) => Object.keys(ends).map((end) => [end, cookie] as const)))(
  'R6.5: what apps were granted before a second and a third sign-in ends when %s, and no later sign-in with %s brings it back',
  async (end, cookie) => {
    const portal = await grantedTo();
    await login(visitor);
    const wiki = await grantedTo('wiki');
    const { cookies } = visitor;
    const before = { ...cookies };
    await login(visitor);
    const pending = await codeOf();
    const held = cookie === 'the newest cookie' ? { ...cookies } : before;
    await ends[end]!();
    const isOver = async () => {
      expect([await portal.goesOn(), await wiki.goesOn()]).toEqual([false, false]);
      expect([...(await portal.counts()), ...(await wiki.counts())]).toEqual([401, 401, 401, 401]);
      expect((await exchange(stack(), pending)).json).toMatchObject({ error: 'invalid_grant' });
    };
    await isOver();
    Object.assign(cookies, held);
    await login(visitor);
    await isOver();
  },
);

test('R6.5: nor does a sign-in with a cookie that was replaced, which ends the session of who has the next one', async () => {
  const portal = await grantedTo();
  const spent = visitor.cookies['__Host-session']!;
  stack().clock.offsetSeconds += 3_700;
  await visitor.get('/account');
  await visitor.get('/account');
  expect(visitor.cookies['__Host-session']).not.toBe(spent);
  expect(await portal.goesOn()).toBe(true);
  stack().clock.offsetSeconds += 120;
  visitor.cookies['__Host-session'] = spent;
  await login(visitor);
  expect(await portal.goesOn()).toBe(false);
});

test(
  'R6.5: of two sign-ins at once over one session one takes its place, and with that one ends what apps were granted',
  { tags: 'engine' },
  async () => {
    const portal = await grantedTo();
    const other = new Visitor(stack());
    Object.assign(other.cookies, visitor.cookies);
    const answers: Answered[] = await Promise.all([login(visitor), login(other)]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    const left: boolean[] = [await portal.goesOn()];
    for (const browser of [visitor, other]) {
      await browser.post('/logout', {});
      left.push(await portal.goesOn());
    }
    expect(left).toEqual([true, expect.any(Boolean), false]);
  },
);

test(
  'R6.5: of two sign-ins with a cookie whose answer was lost each takes the place of the one before',
  { tags: 'engine' },
  async () => {
    const portal = await grantedTo();
    const before = { ...visitor.cookies };
    await login(visitor);
    const others = [new Visitor(stack()), new Visitor(stack())];
    for (const other of others) Object.assign(other.cookies, before);
    const answers = await overtake(
      stack(),
      'session-create',
      () => login(others[0]!),
      () => login(others[1]!),
    );
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(await portal.goesOn()).toBe(true);
    const signedIn = await Promise.all(others.map((other) => other.get('/account')));
    expect(signedIn.map(({ status }) => status)).toEqual([200, 303]);
    await others[0]!.post('/logout', {});
    expect(await portal.goesOn()).toBe(false);
  },
);

test('R6.5 C115: a sign-in over a session that comes again, as its answer was lost, ends with sign-out what apps were granted', async () => {
  const portal = await grantedTo();
  const before = { ...visitor.cookies };
  await login(visitor);
  const lost = { ...visitor.cookies };
  Object.assign(visitor.cookies, before);
  await login(visitor);
  expect(await portal.goesOn()).toBe(true);
  const present = { ...visitor.cookies };
  Object.assign(visitor.cookies, lost);
  expect((await visitor.get('/account')).status, 'a place has one session').toBe(303);
  Object.assign(visitor.cookies, present);
  await visitor.post('/logout', {});
  expect(await portal.goesOn()).toBe(false);
});

test('R6.5: a refresh in the moment of a sign-in over the session goes on by the new one', async () => {
  const portal = await grantedTo();
  const moment = { function: 'oauth-token', action: 'TransactWriteItems' };
  expect(await meanwhile(stack(), moment, portal.goesOn, () => login(visitor))).toBe(true);
  expect(await portal.goesOn()).toBe(true);
});

const endings = {
  'they change the password': ['PUT', '/v1/me/password', { currentPassword: password, password }],
  'they end all other sessions': ['DELETE', '/v1/sessions/others', undefined],
} as const;

test.each(Object.entries(endings))(
  'R6.5: a refresh in the moment in which %s by the session itself goes on',
  async (_, [method, path, json]) => {
    const portal = await grantedTo();
    const moment = { function: 'oauth-token', action: 'TransactWriteItems' };
    const asked = { cookies: visitor.cookies, headers: { origin: stack().app }, ...(json && { json }) };
    const end = async () => expect(await send(stack(), method, path, asked)).toMatchObject({ status: 204 });
    expect(await meanwhile(stack(), moment, portal.goesOn, end)).toBe(true);
    expect(await portal.goesOn()).toBe(true);
  },
);

test('R6.5: a code that is exchanged in the moment of a sign-in over the session is taken by the new one', async () => {
  const code = await codeOf();
  const moment = { function: 'oauth-token', action: 'TransactWriteItems' };
  const take = () => exchange(stack(), code, app('portal'));
  expect((await meanwhile(stack(), moment, take, () => login(visitor))).status).toBe(200);
});

test('R6.5: a session that somebody else has, be it in the same browser, takes the place of none', async () => {
  const portal = await grantedTo();
  const held = { ...visitor.cookies };
  await visitor.post('/login', { login: admin.user.username, password });
  await visitor.post('/logout', {});
  expect(await portal.goesOn(), 'which goes on by itself').toBe(true);
  Object.assign(visitor.cookies, held);
  await visitor.post('/logout', {});
  expect(await portal.goesOn()).toBe(false);
});
