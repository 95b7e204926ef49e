import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { checkKey } from '#shared/relay/check-key.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { leaks } from '../harness/stack/canary.ts';
import { readEvent } from '../harness/stack/events.ts';
import { chatgptKey, claudeKey, keyRows, keysOf, putKey } from '../harness/relay/keys.ts';
import { mailedGuest } from '../harness/people/people.ts';
import { listenAt } from '../harness/http/listen.ts';
import { servicesWith } from '../harness/relay/provider-server.ts';

const { stack, admin } = useAdmin();
const guest = () => mailedGuest(stack(), admin);

type Seen = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/** Starts a provider for both services that gives each request the same answer. Returns the requests that it receives. */
async function provider(answer: (response: ServerResponse) => void, path = ''): Promise<Seen[]> {
  const seen: Seen[] = [];
  const baseUrl = await listenAt(({ method, url, headers }, response) => {
    seen.push({ method, url, headers });
    answer(response);
  });
  stack().deploy(servicesWith({ claude: { baseUrl: baseUrl + path }, chatgpt: { baseUrl: baseUrl + path } }));
  return seen;
}
const status =
  (code: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(code, headers).end('{}');

test('200 R1.2: keeps a key that the provider takes, asked as its own clients ask', async () => {
  const who = await guest();
  const seen = await provider(status(200), '/proxy/');
  const [claude, chatgpt] = [claudeKey(), chatgptKey()];
  expect((await putKey(stack(), who, { key: claude, check: true })).status).toBe(200);
  expect((await putKey(stack(), who, { key: chatgpt, check: true }, 'chatgpt')).status).toBe(200);
  expect(await keysOf(stack(), who)).toHaveLength(2);
  expect(seen).toMatchObject([
    {
      method: 'GET',
      url: '/proxy/v1/models',
      headers: { 'x-api-key': claude, 'anthropic-version': expect.any(String) as string },
    },
    { method: 'GET', url: '/proxy/v1/models', headers: { authorization: `Bearer ${chatgpt}` } },
  ]);
  expect(seen[0]!.headers).not.toHaveProperty('authorization');
});

test('200: nobody is asked unless it is wished', async () => {
  const who = await guest();
  const seen = await provider(status(401));
  for (const check of [undefined, false])
    expect((await putKey(stack(), who, { key: claudeKey(), check })).status).toBe(200);
  expect(await putKey(stack(), who, { key: 'short', check: true })).toMatchObject({ status: 422 });
  expect(seen).toEqual([]);
});

test.each([401, 403])(
  '422: a key that the provider answers %i is refused, and the old one stays',
  async (code) => {
    const who = await guest();
    await putKey(stack(), who);
    const before = await keyRows(stack(), who);
    await provider(status(code));
    const key = claudeKey();
    const { status: answered, json, text } = await putKey(stack(), who, { key, check: true });
    expect({ answered, code: json.code }).toEqual({ answered: 422, code: 'invalid' });
    expect(json.errors).toMatchObject([
      { path: 'key', message: expect.stringContaining('Claude') as string },
    ]);
    expect(await keyRows(stack(), who)).toEqual(before);
    const places = [text, JSON.stringify(stack().logs()), JSON.stringify(stack().calls())];
    expect(leaks(places.join(), { key })).toEqual([]);
  },
);

const broken: [string, (response: ServerResponse) => void][] = [
  ['answers 500', status(500)],
  ['answers 429', status(429)],
  ['answers 404', status(404)],
  ['redirects', status(302, { location: 'https://elsewhere.example.com/v1/models' })],
  ['cuts the connection', (response) => response.socket?.destroy()],
  ['answers garbage', (response) => response.socket?.end('garbage\r\n\r\n')],
  [
    'switches protocols',
    (response) => response.writeHead(101, { connection: 'upgrade', upgrade: 'x' }).end(),
  ],
];

test.each(broken)('502: while the provider %s, nothing is kept', async (_, answer) => {
  const who = await guest();
  const seen = await provider(answer);
  const key = claudeKey();
  const { status: answered, json, text } = await putKey(stack(), who, { key, check: true });
  expect({ answered, code: json.code }).toEqual({ answered: 502, code: 'provider_unreachable' });
  expect(json.title).toContain('Claude');
  expect(await keyRows(stack(), who)).toEqual({});
  expect(seen).toHaveLength(1);
  expect(leaks(text + JSON.stringify(stack().logs()), { key })).toEqual([]);
});

test('502: a provider that is not there', async () => {
  const who = await guest();
  stack().deploy(servicesWith({ claude: { baseUrl: 'http://127.0.0.1:1' } }));
  expect((await putKey(stack(), who, { key: claudeKey(), check: true })).status).toBe(502);
  stack().deploy(servicesWith({ claude: { baseUrl: 'https://127.0.0.1:1/' } }));
  expect((await putKey(stack(), who, { key: claudeKey(), check: true })).status).toBe(502);
});

test('a provider that hangs is waited for a bounded time, before its answer and never for the rest of it', async () => {
  const { services } = servicesWith({});
  const silent = await listenAt(() => undefined);
  const claude = (baseUrl: string) => ({ ...services['claude']!, baseUrl });
  expect(await checkKey(claude(silent), '/v1/models', 'key', 50)).toBe('unknown');
  const endless = await listenAt((_, response) => void response.writeHead(200).write('['));
  expect(await checkKey(claude(endless), '/v1/models', 'key')).toBe('accepted');
});

test('422: a service whose keys cannot be checked says so', async () => {
  const who = await guest();
  stack().deploy(servicesWith({ claude: { check: null } }));
  const { status: answered, json } = await putKey(stack(), who, { key: claudeKey(), check: true });
  expect({ answered, path: json.errors?.[0]?.path }).toEqual({ answered: 422, path: 'check' });
  const sample = JSON.parse(readEvent('key-put').body!) as object;
  expect((await putKey(stack(), who, sample)).status).toBe(200);
});
