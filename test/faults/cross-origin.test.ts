import { beforeEach, expect, test } from 'vitest';
import { findOperations } from '#infra/operations.ts';
import { routesOf } from '#infra/api/routes.ts';
import { isOperation } from '#infra/entry.ts';
import { parseSettings } from '#shared/deployment/settings.ts';
import { enterWindow } from '../harness/stack/time.ts';
import { send, type Answered } from '../harness/http/http.ts';
import { useStack } from '../harness/stack/stack.ts';

const origin = 'https://portal.example.com';
const { apps } = parseSettings({
  apps: {
    portal: { redirectUris: [`${origin}/callback`], origins: [origin, 'http://localhost:5173'] },
    server: { redirectUris: ['https://server.example.com/callback'] },
  },
});

const stack = useStack();
const limited = useStack('limited');
beforeEach(() => {
  stack().deploy({ apps });
  limited().deploy({ apps });
});

const entries = findOperations();
const opened = entries.filter(({ declaration }) => 'cors' in declaration && declaration.cors === 'apps');

/** Origins that are not an app's. Some of them resemble one. */
const others = [
  'null',
  'https://evil.example.com',
  'https://server.example.com',
  'http://portal.example.com',
  'https://portal.example.com:444',
  'https://portal.example.com.evil.example',
  'https://PORTAL.example.com',
  'https://portal.example.com/',
  'https://xportal.example.com',
  '*',
  '',
];

const openings = ({ headers }: Answered<unknown>) =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));
const preflight = (path: string, from: string, more: Record<string, string> = {}) =>
  send(stack(), 'OPTIONS', path, {
    headers: { origin: from, 'access-control-request-method': 'GET', ...more },
  });

/** Routes that answer browsers of apps: method and path, at the second address and by the second method too. */
const routes = opened
  .filter(isOperation)
  .flatMap(routesOf)
  .map((route) => route.split(' ') as [string, string])
  .filter(([method]) => method !== 'OPTIONS' && method !== 'HEAD');

test('R6.8: discovery of keys and the relay are open to browsers of apps', () => {
  expect(opened.map(({ id }) => id)).toEqual(expect.arrayContaining(['jwks-read', 'relay']));
});

test.each(routes)(
  'R6.1: %s %s answers what a browser asks beforehand, and names the origin of an app',
  async (method, path) => {
    for (const from of [origin, 'http://localhost:5173']) {
      const asked = await preflight(path, from, { 'access-control-request-headers': 'authorization,dpop' });
      expect({ status: asked.status, text: asked.text }).toEqual({ status: 204, text: '' });
      expect(asked.headers).toMatchObject({ 'access-control-allow-origin': from, vary: 'origin' });
      expect(asked.headers['access-control-allow-methods']).toContain(method);
      expect(asked.headers['access-control-allow-headers']).toBe('authorization, content-type, dpop');
      expect(Number(asked.headers['access-control-max-age'])).toBeGreaterThan(0);
      const answer = await send(stack(), method, path, { headers: { origin: from } });
      expect(answer.headers).toMatchObject({ 'access-control-allow-origin': from, vary: 'origin' });
      expect(answer.headers['access-control-expose-headers']).toMatch(
        /retry-after.*www-authenticate.*x-request-id/,
      );
      for (const { headers } of [asked, answer])
        expect(headers).not.toHaveProperty('access-control-allow-credentials');
    }
  },
);

test.each(routes)('R6.8: %s %s tells no other origin anything', async (method, path) => {
  for (const from of others) {
    const answers = [
      await preflight(path, from),
      await send(stack(), method, path, { headers: { origin: from } }),
    ];
    for (const answer of answers) {
      expect(openings(answer), from).toEqual([]);
      expect(answer.headers['vary'], 'so that no cache gives it to an app').toBe('origin');
    }
  }
  const plain = await send(stack(), method, path);
  expect([openings(plain), plain.headers['vary']]).toEqual([[], 'origin']);
});

test('what is not for apps answers no browser of theirs, nor what it asks beforehand', async () => {
  for (const path of ['/v1/me', '/v1/sessions', '/login', '/', '/v1/tokens', '/v1/nothing']) {
    const asked = await preflight(path, origin);
    expect({ path, status: asked.status, opened: openings(asked) }).toEqual({
      path,
      status: 404,
      opened: [],
    });
    expect(openings(await send(stack(), 'GET', path, { headers: { origin } }))).toEqual([]);
  }
});

test('errors are told to apps as well, a limit’s and an outage’s', async () => {
  enterWindow(limited());
  const path = '/.well-known/jwks.json';
  const answers = await Promise.all(
    Array.from({ length: 121 }, () => send(limited(), 'GET', path, { headers: { origin } })),
  );
  const refused = answers.find(({ status }) => status === 429)!;
  expect(refused.headers['access-control-allow-origin']).toBe(origin);
  expect(refused.headers['access-control-expose-headers']).toContain('retry-after');
  // A preflight does not count for the rate, and is answered even when the rate is exceeded.
  const asked = await send(limited(), 'OPTIONS', path, { headers: { origin } });
  expect(asked.status).toBe(204);

  stack().faults([{ kind: 'error', table: 'signers', times: 99 }]);
  const failed = await send(stack(), 'GET', path, { headers: { origin } });
  expect(failed.status).toBeGreaterThanOrEqual(500);
  expect(failed.headers['access-control-allow-origin']).toBe(origin);
});
