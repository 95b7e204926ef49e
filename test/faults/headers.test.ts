import { beforeAll, describe, expect, test } from 'vitest';
import { send, type Answered, type Sent } from '../harness/http/http.ts';
import { bootstrap, register, somebody, tokenOf, type SignedIn } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { enterWindow } from '../harness/stack/time.ts';

const stack = useStack('limited');
let admin: SignedIn;
beforeAll(async () => {
  admin = await register(stack(), tokenOf(await bootstrap(stack())), somebody('admin'));
});

const html = { accept: 'text/html' };
const ask =
  (method: string, path: string, sent: Sent = {}) =>
  (): Promise<Answered> =>
    send(stack(), method, path, sent);
const asAdmin =
  (method: string, path: string, sent: Sent = {}) =>
  () =>
    send(stack(), method, path, { token: admin.session.token, ...sent });
const form = (path: string) => () =>
  send(stack(), 'POST', path, { form: { login: 'nobody', password: 'x' } });

/** Answers of every form, each with the request that causes it. */
const answers: [string, number, () => Promise<Answered>][] = [
  ['JSON', 200, ask('GET', '/health')],
  ['JSON of a person', 200, asAdmin('GET', '/v1/me')],
  ['JSON of something new', 201, asAdmin('POST', '/v1/admin/invites', { json: {} })],
  ['the API’s document', 200, ask('GET', '/openapi.json')],
  ['nothing', 204, () => signOut()],
  ['what a browser asks beforehand', 204, ask('OPTIONS', '/.well-known/jwks.json')],
  [
    'a malformed request',
    400,
    ask('POST', '/v1/sessions', { raw: '{', headers: { 'content-type': 'application/json' } }),
  ],
  ['nobody', 401, ask('GET', '/v1/me')],
  [
    'a wrong password',
    401,
    ask('POST', '/v1/sessions', { json: { login: 'x', password: 'x', transport: 'token' } }),
  ],
  ['another site', 403, ask('POST', '/v1/sessions', { json: { login: 'x', password: 'x' } })],
  ['an unknown address', 404, ask('GET', '/nowhere')],
  ['an unknown address, by POST', 404, ask('POST', '/v1/nowhere', { json: {} })],
  [
    'an unknown invite',
    404,
    ask('POST', '/v1/register', { json: { token: 'x', transport: 'token', ...somebody() } }),
  ],
  ['a body that is too large', 413, ask('POST', '/v1/sessions', { raw: 'x'.repeat(3 * 2 ** 20) })],
  ['a type that is not taken', 415, ask('POST', '/v1/sessions', { raw: 'x' })],
  ['bad fields', 422, ask('POST', '/v1/sessions', { json: {} })],
  ['too many requests', 429, () => tooMany()],
  ['a store that is down', 503, () => down()],
  ['a page', 200, ask('GET', '/login', { headers: html })],
  ['the head of a page', 200, ask('HEAD', '/login', { headers: html })],
  ['the register page without an invite', 200, ask('GET', '/register', { headers: html })],
  ['a way to another page', 303, ask('GET', '/', { headers: html })],
  ['a form that is done', 303, () => send(stack(), 'POST', '/logout', { form: {} })],
  ['a form with a mistake', 401, form('/login')],
  [
    'a form from another site',
    403,
    ask('POST', '/login', {
      raw: 'login=x&password=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
  ],
  ['an unknown page', 404, ask('GET', '/nowhere', { headers: html })],
  ['word that a new link is on its way', 202, ask('POST', '/v1/invites/renew', { json: { token: 'x' } })],
  ['the page that says so', 200, ask('GET', '/invite/renewed', { headers: html })],
  ['the way there', 303, () => send(stack(), 'POST', '/invite/renew', { form: {} })],
  ['a form with a bad code', 404, () => send(stack(), 'POST', '/register', { form: badCode() })],
  ['a page for a bad invite', 404, ask('GET', '/invite/x', { headers: html })],
  ['a style sheet', 200, ask('GET', '/assets/style.css')],
  ['a script', 200, ask('GET', '/assets/app.js')],
  ['an unknown file', 404, ask('GET', '/assets/none')],
];

/** As long as the codes that we generate. A shorter code would need a captcha first. */
const badCode = () => ({ code: 'NOTHINGREA', ...somebody() });

async function signOut(): Promise<Answered> {
  const { json } = await send<SignedIn>(stack(), 'POST', '/v1/sessions', {
    json: { login: admin.user.username, password: somebody().password, transport: 'token' },
  });
  return send(stack(), 'DELETE', '/v1/sessions/current', { token: json.session.token });
}

async function tooMany(): Promise<Answered> {
  enterWindow(stack());
  const attempt = ask('POST', '/v1/codes', { json: {}, from: '127.0.0.9' });
  for (let turn = 0; turn < 5; turn += 1) await attempt();
  return attempt();
}

async function down(): Promise<Answered> {
  stack().faults([{ kind: 'error', service: 'dynamodb', times: 99 }]);
  return send(stack(), 'GET', '/v1/me', { token: admin.session.token });
}

describe('C65: the security headers', () => {
  test.each(answers)('go with %s (%i)', async (_, status, answer) => {
    const { status: answered, headers, text } = await answer();
    expect(answered, text).toBe(status);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'x-request-id': expect.stringMatching(/\S/) as string,
    });
    const age = /^max-age=(\d+); includeSubDomains/.exec(String(headers['strict-transport-security']))?.[1];
    expect(Number(age)).toBeGreaterThanOrEqual(31_536_000);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('server');

    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/(^|; )default-src 'none'(;|$)/);
    expect(policy).toMatch(/(^|; )frame-ancestors 'none'(;|$)/);
    expect(policy).not.toMatch(/unsafe-|\*|https?:|\bdata:(?!;)/);
    if (String(headers['content-type']).startsWith('text/html')) {
      expect(policy).toContain("base-uri 'none'");
      expect(policy).toContain("form-action 'self'");
      expect(text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|<[^>]*\s(?:on\w+|style)=/i);
    }
    expect(headers['cache-control']).toMatch(/^no-store$|^public, (no-cache|max-age=300)$/);
  });

  test('no-store where an answer is about a person', async () => {
    const token = admin.session.token;
    for (const path of ['/v1/me', '/v1/admin/invites']) {
      expect((await send(stack(), 'GET', path, { token })).headers['cache-control']).toBe('no-store');
    }
    const { headers, text } = await send(stack(), 'GET', '/', { cookies: { '__Host-session': token } });
    expect(text).toContain(admin.user.username);
    expect(headers['cache-control']).toBe('no-store');
  });

  test('C65: JSON and problems are declared as what they are', async () => {
    const types = [
      await send(stack(), 'GET', '/health'),
      await send(stack(), 'GET', '/v1/me', { headers: html }),
      await send(stack(), 'GET', '/nowhere', { headers: html }),
    ].map(({ headers }) => headers['content-type']);
    expect(types).toEqual(['application/json', 'application/problem+json', 'text/html; charset=utf-8']);
  });
});
