import { beforeAll, expect, test } from 'vitest';
import { parseSettings } from '#shared/deployment/settings.ts';
import {
  authorizePath,
  codeFor,
  exchange,
  intranet,
  newPkce,
  portal,
  post,
  refresh,
  returned,
  signInToPortal,
  userinfo,
  type Tokens,
} from '../harness/apps/door.ts';
import { send } from '../harness/http/http.ts';
import { mailedGuest, type SignedIn } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { variants } from '../harness/stack/variants.ts';

/** Attacks on the provider that RFC 9700 (4) names, and others that a reader of the RFC may try. */
const { stack, admin } = useAdmin();
let guest: SignedIn;
let secret: string;
beforeAll(async () => {
  guest = await mailedGuest(stack(), admin);
  ({ secret } = (await stack().invoke('app-secret', { app: 'intranet' })) as { secret: string });
});

const { challenge } = newPkce();
const token = () => guest.session.token;
const ask = (path: string) => send(stack(), 'GET', path, { token: token() });

test('422 R6.1: names with brackets, in other letters or with blanks are other names, and lead nowhere', async () => {
  const whole = authorizePath(challenge);
  for (const [from, to] of [
    ['redirect_uri=', 'redirect_uri[]='],
    ['redirect_uri=', 'redirect_uri%5B0%5D='],
    ['redirect_uri=', 'Redirect_URI='],
    ['redirect_uri=', '%20redirect_uri='],
    ['client_id=', 'client_id[]='],
    ['client_id=portal', 'client_id=portal%00'],
    ['client_id=portal', 'client_id=%EF%BD%90ortal'],
    ['client_id=portal', 'client_id=__proto__'],
    ['callback', 'callback%00'],
    ['callback', 'callback%0d%0aset-cookie:a=b'],
    ['callback', 'callback%FF'],
    ['callback', 'callback%c0%af'],
    ['portal.example.com', 'portal%E3%80%82example.com'],
  ] as const) {
    const answer = await ask(whole.replace(from, to));
    expect({ to, status: answer.status }).toEqual({ to, status: 422 });
    expect(answer.headers).not.toHaveProperty('location');
  }
});

test.each(['form_post', 'fragment', 'query.jwt', 'web_message', 'query fragment'])(
  '303 R6.1: response_mode %s gets an error in the query, and no code',
  async (mode) => {
    const told = returned(await ask(authorizePath(challenge, { response_mode: mode })));
    expect(told).toMatchObject({ error: 'invalid_request' });
    expect(told).not.toHaveProperty('code');
  },
);

test('303 R6.1: whatever stands in it, a state comes back as it was, and the answer has one code and one issuer', async () => {
  for (const state of [
    '&code=evil&iss=evil',
    '#code=evil',
    '"><script>',
    '\0',
    '\r\nset-cookie: a=b',
    '💥%00%',
  ]) {
    const answer = await ask(authorizePath(challenge, { state }));
    const to = new URL(String(answer.headers['location']));
    expect(to.searchParams.getAll('state')).toEqual([state]);
    expect([to.searchParams.getAll('iss'), to.searchParams.getAll('code').length, to.hash]).toEqual([
      [stack().app],
      1,
      '',
    ]);
    expect(answer.headers).not.toHaveProperty('set-cookie');
  }
});

test('303 R6.1: no word of the request spares the sign-in that it asks for: max_age=0, prompt=login, a time of one’s own', async () => {
  const far = String(stack().clock.now() + 1e12);
  for (const changes of [
    { max_age: '0' },
    { prompt: 'login' },
    { prompt: 'login', signed_in_since: '0' },
    { max_age: '0', signed_in_since: '0' },
    { signed_in_since: far },
  ]) {
    stack().clock.offsetSeconds += 1;
    const to = String((await ask(authorizePath(challenge, changes))).headers['location']);
    expect(to, JSON.stringify(changes)).toMatch(/^\/login\?again=1&next=/);
    // A new sign-in satisfies the request, so the visitor is not asked for ever.
    const next = new URL(new URL(to, stack().app).searchParams.get('next')!, stack().app).searchParams;
    expect(Number(next.get('signed_in_since'))).toBeLessThanOrEqual(stack().clock.now());
  }
  for (const more of ['max_age=0', `signed_in_since=${far}`])
    expect(returned(await ask(`${authorizePath(challenge, { prompt: 'none' })}&${more}`))).toMatchObject({
      error: 'login_required',
    });
});

test('R6.1: an access token, a code or a refresh token hints at nobody, and an ID token of another app tells no other app who is signed in', async () => {
  const theirs = await signInToPortal(stack(), admin);
  for (const hint of [theirs.access_token, theirs.refresh_token!, 'x.y.z']) {
    const signedOut = await send(stack(), 'GET', `/oauth/logout?id_token_hint=${hint}`, { token: token() });
    expect(signedOut.status).toBe(200);
    expect((await send(stack(), 'GET', '/v1/me', { token: token() })).status).toBe(200);
  }
  const elsewhere = { ...intranet, scope: 'openid', prompt: 'none', id_token_hint: theirs.id_token };
  expect(returned(await ask(authorizePath(challenge, elsewhere)), intranet.redirect_uri)).toMatchObject({
    error: 'login_required',
  });
});

test('401 400 R6.4: what stands in the query of the token endpoint is not read, nor are two ways to show who asks', async () => {
  const asked = await codeFor(stack(), guest, { ...intranet, scope: 'openid' });
  const form = {
    grant_type: 'authorization_code',
    ...intranet,
    code: asked.code,
    code_verifier: asked.verifier,
  };
  const inQuery = `/oauth/token?${new URLSearchParams({ ...form, client_secret: secret })}`;
  expect((await post(stack(), inQuery, { x: '1' })).status).toBe(401);
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
  for (const [changes, header] of [
    [{ client_secret: secret }, basic(`intranet:${secret}`)],
    [{ client_id: 'portal' }, basic(`intranet:${secret}`)],
    [{ client_secret: secret }, basic('portal:')],
    [{ client_secret: secret }, { authorization: `Bearer ${secret}` }],
    [{}, basic('intranet')],
    [{}, basic(`%zz:${secret}`)],
    [{}, { authorization: `Basic ${'A'.repeat(6_000)}` }],
  ] as const)
    expect((await post(stack(), '/oauth/token', { ...form, ...changes }, header)).status).toBe(401);
  const twice = await post(
    stack(),
    '/oauth/token',
    { ...form, client_secret: secret },
    basic(`intranet:${secret}`),
  );
  expect(twice.json).toMatchObject({ error_description: expect.stringContaining('not in both') });
  // None of the refused requests has used up the code.
  expect((await post(stack(), '/oauth/token', { ...form, client_secret: secret })).status).toBe(200);
});

test('400 R6.5: another app, with a secret of its own, refreshes nothing with a token that it has found, and ends nothing', async () => {
  const { portal: app, intranet: other } = variants.plain.apps;
  stack().deploy({
    apps: parseSettings({ apps: { portal: app, intranet: { ...other, refresh: true } } }).apps,
  });
  const { refresh_token: found = '' } = await signInToPortal(stack(), guest);
  const theft = { client_id: 'intranet', client_secret: secret };
  expect(await refresh(stack(), found, theft)).toMatchObject({
    status: 400,
    json: { error: 'invalid_grant' },
  });
  const revoked = await post(stack(), '/oauth/revoke', { token: found, ...theft });
  expect(revoked.status).toBe(200);
  expect((await refresh(stack(), found)).status).toBe(200);
});

test('400 R6.5: a code is no refresh token, and no token is a code', async () => {
  const asked = await codeFor(stack(), guest);
  expect((await refresh(stack(), asked.code)).json).toMatchObject({ error: 'invalid_grant' });
  const tokens = await signInToPortal(stack(), guest);
  for (const code of [tokens.refresh_token!, tokens.access_token, tokens.id_token, guest.session.token])
    expect((await exchange(stack(), { ...asked, code })).json).toMatchObject({ error: 'invalid_grant' });
  expect((await exchange(stack(), asked)).status).toBe(200);
});

test('400 R6.1: the challenge is no verifier: what stands in addresses redeems nothing (RFC 9700, 4.8)', async () => {
  const { verifier, challenge: shown } = newPkce();
  const { code = '' } = returned(await ask(authorizePath(shown)));
  const byShown = await exchange(stack(), { code, verifier: shown });
  expect(byShown.json).toMatchObject({ error: 'invalid_grant' });
  const asPlain = await exchange(stack(), { code, verifier: shown }, { code_challenge_method: 'plain' });
  expect(asPlain.json).toMatchObject({ error: 'invalid_grant' });
  expect((await exchange(stack(), { code, verifier })).status).toBe(200);
});

test('400 401 R6.2: a token for one audience opens no other, whatever is asked for at the refresh', async () => {
  const tokens = await signInToPortal(stack(), guest, { resource: 'relay' });
  for (const resource of ['latchkey', stack().app, 'portal', 'RELAY', 'relay ', 'https://api.example.com/'])
    expect((await refresh(stack(), tokens.refresh_token!, { resource })).json, resource).toMatchObject({
      error: 'invalid_target',
    });
  const twice = `grant_type=refresh_token&client_id=portal&refresh_token=${tokens.refresh_token}&resource=relay&resource=latchkey`;
  const sent = { raw: twice, headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  expect((await send<Tokens>(stack(), 'POST', '/oauth/token', sent)).json.error).toBe('invalid_request');
  for (const path of ['/v1/me', '/v1/sessions', '/v1/keys', '/v1/me/apps'])
    expect((await send(stack(), 'GET', path, { token: tokens.access_token })).status, path).toBe(401);
});

test('R6.1: huge and many parameters are refused, and fail nothing', async () => {
  const big = 'x'.repeat(7_000);
  for (const name of [
    'state',
    'nonce',
    'scope',
    'login_hint',
    'ui_locales',
    'id_token_hint',
    'max_age',
    'prompt',
  ]) {
    const { status, headers } = await ask(authorizePath(challenge, { [name]: big }));
    const told = new URL(String(headers['location'])).searchParams.get('error');
    expect({ name, status, told }).toEqual({
      name,
      status: 303,
      told: name === 'scope' ? 'invalid_scope' : 'invalid_request',
    });
    expect(String(headers['location'] ?? ''), name).not.toContain('code=');
  }
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, number) => [`p${number}`, '1']));
  for (const path of [
    '/oauth/token',
    '/oauth/revoke',
    '/oauth/authorize',
    '/oauth/logout',
    '/oauth/userinfo',
  ]) {
    const { status } = await post(stack(), path, { ...many, ...portal });
    expect({ path, isRefused: status >= 400 && status < 500 }).toEqual({ path, isRefused: true });
  }
});

test('R6.1: a proof of a device beside a request makes no token of another kind', async () => {
  const asked = await codeFor(stack(), guest);
  const answer = await exchange(stack(), asked, {}, { dpop: 'eyJ0eXAiOiJkcG9wK2p3dCJ9.e30.x' });
  expect(answer).toMatchObject({ status: 200, json: { token_type: 'Bearer' } });
  expect((await userinfo(stack(), answer.json.access_token)).status).toBe(200);
});
