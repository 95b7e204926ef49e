import { beforeEach, expect, test } from 'vitest';
import { byProxy, proxyWith } from '../harness/http/proxy.ts';
import { send, type Sent } from '../harness/http/http.ts';
import { password } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();
/** Hosts of this machine besides `localhost`, the origin's. The local stack takes no others. `own` is its API's address. */
const old = '[::1]';
const own = '127.0.0.1';
beforeEach(() => stack().deploy({ formerAddresses: { hosts: [old], own: true } }));

const accept = 'text/html';
/** Opens a path at a host, as a browser does. */
const open = async (host: string, path: string, { headers, ...sent }: Sent = {}, method = 'GET') => {
  const answer = await send(stack(), method, path, { headers: { accept, host, ...headers }, ...sent });
  return { status: answer.status, to: answer.headers['location'], code: answer.json?.code };
};
const led = (path: string) => ({ status: 303, to: stack().app + path, code: undefined });

test.each([old, own])(
  'R8.1: a link that was mailed from %s leads to the same page of the origin',
  async (host) => {
    for (const path of [
      '/',
      '/invite/abc-d_e.fgh',
      '/register',
      '/login?next=%2Fkeys&a=%E6%97%A5',
      '/verify',
      '/nowhere',
    ]) {
      expect(await open(host, path), path).toEqual(led(path));
      expect(await open(host, path, {}, 'HEAD'), path).toEqual(led(path));
    }
    const { headers } = await send(stack(), 'GET', '/login', { headers: { accept, host } });
    // The browser must not keep the redirect, because the address may be in use again.
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['strict-transport-security']).toMatch(/^max-age=63072000/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers).not.toHaveProperty('set-cookie');
  },
);

test('R8.1: the origin’s own pages, and those at a host that was never told of, are served where they are', async () => {
  expect((await open('localhost', '/login')).status).toBe(200);
  stack().deploy({ formerAddresses: { hosts: [own, 'old.example.com'], own: false } });
  expect([(await open(old, '/login')).status, (await open(own, '/login')).status]).toEqual([200, 303]);
  stack().deploy({});
  for (const at of [old, own]) expect((await open(at, '/login')).status, at).toBe(200);
});

test('R8.1: it leads to the origin alone, whatever is asked for', async () => {
  for (const path of [
    '//evil.example.com/',
    '/%2F%2Fevil.example.com',
    '/\\evil.example.com',
    '/@evil.example.com',
    '/.evil.example.com',
    '/%0d%0aset-cookie:%20a=b',
    '/%E6%97%A5%3Fa%23b',
    '/%ff%fe',
    '/100%',
  ]) {
    const { status, to } = await open(old, path);
    expect(status, path).toBe(303);
    expect(String(to).startsWith(`${stack().app}/`), path).toBe(true);
    expect(new URL(String(to)).origin, path).toBe(stack().app);
    expect(String(to), path).toMatch(/^[\x21-\x7e]+$/);
  }
  expect((await open(old, '/%E6%97%A5%3Fa%23b')).to).toBe(`${stack().app}/%E6%97%A5%3Fa%23b`);
});

test('403 R8.1: what changes something by a cookie is refused there as everywhere', async () => {
  const origin = `http://${old}`;
  const form = { form: { login: 'a', password }, headers: { origin } };
  expect((await open(old, '/login', form, 'POST')).status).toBe(403);
  const json = { json: { login: 'a', password, transport: 'cookie' }, headers: { origin, accept: '*/*' } };
  expect(await open(old, '/v1/sessions', json, 'POST')).toMatchObject({ status: 403, code: 'cross_site' });
});

test('R8.1: a program goes on where it is, with the token that it would lose on the way', async () => {
  const { token } = admin.session;
  const answer = await send(stack(), 'GET', '/v1/me', { token, headers: { host: old } });
  expect(answer).toMatchObject({ status: 200, json: { id: admin.user.id } });
});

test('R8.1: past a proxy, old links lead to the origin; by the proxy, pages are served', async () => {
  stack().deploy({ proxy: proxyWith(), formerAddresses: { hosts: [], own: true } });
  expect(await open(own, '/invite/abc')).toEqual(led('/invite/abc'));
  expect((await open(own, '/login', { headers: byProxy('203.0.113.7') })).status).toBe(200);
  expect((await open(own, '/v1/me', { headers: { accept: '*/*' } })).code).toBe('misdirected');
});

test('403 R8.1: a proxy that was set up without its secret is told so, and leads nobody in a circle', async () => {
  stack().deploy({ proxy: proxyWith(), formerAddresses: { hosts: [], own: true } });
  for (const headers of [byProxy('203.0.113.7', 'wrong'), { 'x-latchkey-address': '203.0.113.7' }])
    expect((await open(own, '/login', { headers })).status).toBe(403);
});
