import { beforeEach, expect, test } from 'vitest';
import { byProxy, hashOf, proxySecrets, proxyWith } from '../harness/http/proxy.ts';
import { send } from '../harness/http/http.ts';
import { pageOf, type ShownEntry } from '../harness/people/managing.ts';
import { password } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { enterWindow } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();
beforeEach(() => stack().deploy({ proxy: proxyWith(), rates: 'on' }));

const jwks = (headers: Record<string, string>) => send(stack(), 'GET', '/.well-known/jwks.json', { headers });
const asksCode = (headers: Record<string, string>) =>
  send(stack(), 'POST', '/v1/codes', {
    json: { purpose: 'password-reset', email: 'nobody@example.com' },
    headers,
  });

interface Line {
  message: string;
  address?: string;
  status?: number;
}
const lines = (): string[] =>
  stack()
    .logs()
    .map(({ text }) => text);
/** The address in the log's line of the last request. */
const loggedAddress = (): string | undefined =>
  lines()
    .filter((text) => text.startsWith('{'))
    .map((text) => JSON.parse(text) as Line)
    .findLast(({ message }) => message === 'request')?.address;

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:51234', '203.0.113.7'],
  ['2001:db8::7', '2001:db8::7'],
  ['[2001:db8::7]:443', '2001:db8::7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
])('R8.1 C29: a proxy that proves itself tells the client’s address, %s', async (told, address) => {
  const { status } = await jwks({ ...byProxy(told), 'x-forwarded-for': '198.51.100.1' });
  expect({ status, address: loggedAddress() }).toEqual({ status: 200, address });
});

const twice = (one: string, other: string) => [one, other] as unknown as string;

test.each<[string, Record<string, string>]>([
  ['no header of a proxy', {}],
  ['X-Forwarded-For alone', { 'x-forwarded-for': '203.0.113.7' }],
  ['the address without the secret', { 'x-latchkey-address': '203.0.113.7' }],
  ['another secret', byProxy('203.0.113.7', 'wrong')],
  ['a secret that is no longer taken', byProxy('203.0.113.7', proxySecrets.before)],
  ['the hash in place of the secret', byProxy('203.0.113.7', hashOf(proxySecrets.now))],
  ['an empty secret', byProxy('203.0.113.7', '')],
  [
    'the secret twice',
    { ...byProxy('203.0.113.7'), 'x-latchkey-proxy': twice(proxySecrets.now, proxySecrets.now) },
  ],
  ['two addresses', { ...byProxy(''), 'x-latchkey-address': twice('203.0.113.7', '203.0.113.8') }],
  ['a list of addresses', byProxy('203.0.113.7, 203.0.113.8')],
  ['the secret without an address', { 'x-latchkey-proxy': proxySecrets.now }],
  ['what is no address', byProxy('localhost')],
])('403 R8.1 C29: %s is refused before anything is done, and its own address logged', async (_, headers) => {
  stack().clearCalls();
  const { status, json } = await jwks(headers);
  expect({ status, json }).toMatchObject({
    status: 403,
    json: { code: 'misdirected', detail: `Use ${stack().app} instead.` },
  });
  expect(loggedAddress()).toBe('127.0.0.1');
  expect(stack().calls()).toEqual([]);
});

test('403 R8.1: nothing is open beside the proxy: health, pages, forms', async () => {
  const accept = 'text/html';
  for (const [method, path] of [
    ['GET', '/health'],
    ['GET', '/login'],
    ['GET', '/assets/app.js'],
    ['GET', '/nowhere'],
  ] as const)
    expect((await send(stack(), method, path, { headers: { accept } })).status, path).toBe(403);
  const form = await send(stack(), 'POST', '/login', { form: { login: 'a', password }, headers: { accept } });
  expect(form).toMatchObject({ status: 403, cookies: {} });
  expect(form.text).toContain('This address is not in use');
  for (const language of ['ja', 'zh'])
    expect(
      (await send(stack(), 'GET', '/health', { headers: { 'accept-language': language } })).text,
    ).toContain(stack().app);
});

test('429 C29: each client behind the proxy has a limit of its own, and no header gives a second one', async () => {
  enterWindow(stack());
  const client = { ...byProxy('203.0.113.21'), 'user-agent': 'one' };
  for (let nth = 1; nth <= 5; nth += 1)
    expect((await asksCode({ ...client, 'x-forwarded-for': `198.51.100.${nth}` })).status).toBe(202);
  expect((await asksCode(client)).status).toBe(429);
  expect((await asksCode({ ...client, 'x-latchkey-address': '203.0.113.21:4711' })).status).toBe(429);
  expect((await asksCode(byProxy('203.0.113.22'))).status).toBe(202);
});

test('R8.1: two secrets are taken at once, so that one can take the other’s place without a gap', async () => {
  const from = (secret: string) => jwks(byProxy('203.0.113.7', secret));
  const [now, before] = [proxySecrets.now, proxySecrets.before];
  stack().deploy({ proxy: proxyWith({ secretHashes: [hashOf(now), hashOf(before)] }) });
  expect([(await from(now)).status, (await from(before)).status]).toEqual([200, 200]);
  stack().deploy({ proxy: proxyWith({ secretHashes: [hashOf(now)] }) });
  expect([(await from(now)).status, (await from(before)).status]).toEqual([200, 403]);
});

test('R8.1: before it is required, what does not come by the proxy is served, by its own address', async () => {
  stack().deploy({ proxy: proxyWith({ required: false }) });
  expect((await jwks({ 'x-latchkey-address': '203.0.113.7' })).status).toBe(200);
  expect(loggedAddress()).toBe('127.0.0.1');
  expect((await jwks(byProxy('203.0.113.7'))).status).toBe(200);
  expect(loggedAddress()).toBe('203.0.113.7');
});

test('C54: the trail holds the client’s address, and neither it nor any log holds the secret', async () => {
  const { user } = admin;
  const headers = byProxy('203.0.113.99');
  const json = { login: user.username, password, transport: 'token' };
  expect((await send(stack(), 'POST', '/v1/sessions', { json, headers })).status).toBe(201);
  stack().deploy({});
  const { json: trail } = await pageOf<ShownEntry & { address: string }>(stack(), admin, '/v1/admin/audit', {
    action: 'session.create',
  });
  expect(trail.items[0]).toMatchObject({ address: '203.0.113.99' });
  expect(JSON.stringify([trail, await stack().dumpTables(), lines()])).not.toContain(proxySecrets.now);
});

test('R8.1: whoever sets CloudFront up has its own header, in which the port follows an IPv6 address bare', async () => {
  stack().deploy({ proxy: proxyWith({ header: 'cloudfront-viewer-address' }) });
  const told = async (text: string) => {
    const { status } = await jwks({
      'cloudfront-viewer-address': text,
      'x-latchkey-proxy': proxySecrets.now,
    });
    return [status, loggedAddress()];
  };
  expect(await told('203.0.113.7:4653')).toEqual([200, '203.0.113.7']);
  // If the port were read as part of the address, this would be in another /64.
  expect(await told('2001:db8::3:4:5:6:4653')).toEqual([200, '2001:db8::3:4:5:6']);
});
