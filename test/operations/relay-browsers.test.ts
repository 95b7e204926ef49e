import { beforeAll, beforeEach, expect, test } from 'vitest';
import { parseSettings } from '#shared/deployment/settings.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { ask, keyHolder, relayed, relayToken } from '../harness/relay/relay.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const origin = 'https://portal.example.com';
const { apps } = parseSettings({
  apps: { portal: { redirectUris: [`${origin}/callback`], origins: [origin] } },
});

const { stack, admin } = useAdmin('plain', { fresh: true });
let who: SignedIn;
let token: string;
beforeAll(async () => {
  who = await keyHolder(stack(), admin);
  token = await relayToken(stack(), who);
});
beforeEach(() => stack().deploy({ apps }));

const path = '/claude/v1/messages';
const preflight = (from: string, names?: string) =>
  relayed(stack(), 'OPTIONS', path, {
    headers: {
      origin: from,
      'access-control-request-method': 'POST',
      ...(names !== undefined && { 'access-control-request-headers': names }),
    },
  });
const allowed = async (names?: string) => {
  const { status, headers, text } = await preflight(origin, names);
  // A stream without a byte is not known to end on every path of Lambda's.
  expect({ status, text }).toEqual({ status: 200, text: '\n' });
  return headers['access-control-allow-headers'];
};
const openings = (headers: object) =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));

/** As Chrome lists what Anthropic's client sends. */
const sent =
  'anthropic-dangerous-direct-browser-access,anthropic-version,content-type,x-api-key,x-stainless-arch,x-stainless-lang,x-stainless-retry-count';

test('R6.8: a browser on an app’s page may send what the clients of the providers send', async () => {
  const { headers } = await preflight(origin, sent);
  expect(headers).toMatchObject({
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': sent,
    vary: 'origin',
  });
  expect(headers).not.toHaveProperty('access-control-allow-credentials');
  expect(await allowed('authorization, x-one')).toBe('authorization, x-one');
  // A header that is not a list of names is not repeated in the answer.
  for (const names of ['*', '', 'a b', 'a,,b', 'a:b', '<script>', `x-${'a'.repeat(1_000)}`])
    expect(await allowed(names), names).toBe('authorization, content-type, dpop');
  expect(await allowed()).toBe('authorization, content-type, dpop');
  expect(stack().provider.requests()).toEqual([]);
});

test('R6.8: an app’s page reads streamed answers, errors of the provider and our own', async () => {
  const call = (more: object = {}, shown: string | undefined = token) =>
    ask(stack(), shown, { headers: { origin }, ...more });
  const plain = await call();
  const streamed = await call({
    json: { model: 'm', max_tokens: 9, stream: true, messages: [{ role: 'user', content: 'Hi' }] },
  });
  expect(streamed.headers['content-type']).toContain('text/event-stream');
  stack().provider.behave([{ kind: 'error', status: 429, service: 'claude', times: 1 }]);
  const limited = await call();
  const refused = await call({}, 'a.b.c');
  expect([plain, streamed, limited, refused].map(({ status }) => status)).toEqual([200, 200, 429, 401]);
  for (const { headers, status } of [plain, streamed, limited, refused]) {
    expect(headers, String(status)).toMatchObject({ 'access-control-allow-origin': origin, vary: 'origin' });
    const told = String(headers['access-control-expose-headers']);
    for (const name of ['retry-after', 'x-request-id', 'content-type']) expect(told).toContain(name);
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  }
  expect(refused.headers['access-control-expose-headers']).toContain('x-should-retry');
});

test('R6.8: nobody else’s page reads anything, whatever token it has', async () => {
  for (const from of ['null', 'https://evil.example.com', `${origin}.evil.example`, stack().app]) {
    expect(openings((await preflight(from, sent)).headers), from).toEqual([]);
    for (const shown of [token, 'a.b.c'])
      expect(openings((await ask(stack(), shown, { headers: { origin: from } })).headers), from).toEqual([]);
  }
  stack().deploy({ apps: {} });
  expect(openings((await preflight(origin, sent)).headers), 'an app that is gone').toEqual([]);
});
