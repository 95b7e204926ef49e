import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Stack } from '#local/stack/running-stack.ts';
import { startFixture } from './fixture.ts';
import { http } from './http.ts';

let stack: Stack;
beforeAll(async () => void (stack = await startFixture()));
afterAll(() => stack.stop());

const call = async (method: string, path: string, body?: unknown) => {
  const { status, text } = await http(`${stack.control}${path}`, {
    method,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status, body: JSON.parse(text) as unknown };
};
const readThings = {
  service: 'dynamodb',
  action: 'getItem',
  input: { TableName: 'things', Key: { pk: { S: 'a' } } },
};

test('the clock', async () => {
  expect(await call('POST', '/clock', { offsetSeconds: 3600 })).toEqual({
    status: 200,
    body: { offsetSeconds: 3600 },
  });
  const { body } = await call('POST', '/invoke/probe-run', { do: 'time' });
  expect((body as { now: number }).now).toBeGreaterThan(Date.now() + 3_500_000);
  await call('POST', '/clock', { offsetSeconds: 0 });
  expect((await call('GET', '/clock')).body).toEqual({ offsetSeconds: 0 });
});

test('faults and calls', async () => {
  await call('DELETE', '/calls');
  expect((await call('POST', '/faults', [{ kind: 'throttle', action: 'GetItem' }])).status).toBe(200);
  expect((await call('POST', '/invoke/store-run', readThings)).body).toMatchObject({
    error: 'ProvisionedThroughputExceededException',
  });
  expect((await call('GET', '/calls')).body).toContainEqual(
    expect.objectContaining({ function: 'store-run', fault: 'throttle' }),
  );
});

test('logs, and settling', async () => {
  await call('POST', '/invoke/probe-run', { do: 'log' });
  expect((await call('GET', '/logs')).body).toContainEqual(
    expect.objectContaining({ function: 'probe-run', text: 'to stdout\n' }),
  );
  expect(await call('POST', '/settle')).toEqual({ status: 200, body: {} });
});

test('a function that fails is 502 with what it said', async () => {
  expect(await call('POST', '/invoke/probe-run', { do: 'fail' })).toMatchObject({
    status: 502,
    body: { error: 'it failed', type: 'TypeError' },
  });
});

test.each([
  ['POST', '/clock', { offsetSeconds: 'x' }, 400, /^offsetSeconds: /],
  ['POST', '/clock', {}, 400, /^offsetSeconds: /],
  ['POST', '/clock', '{', 400, /^the body is not JSON$/],
  ['POST', '/faults', [{ kind: 'other' }], 400, /^0.kind: /],
  ['POST', '/faults', [{ kind: 'error', tabel: 'x' }], 400, /^0: unknown: tabel$/],
  ['POST', '/invoke/nobody', {}, 404, /^there is no function nobody$/],
  ['GET', '/nowhere', undefined, 404, /^there is no GET \/nowhere$/],
])('%s %s %j is refused with %i', async (method, path, body, status, error) => {
  expect(await call(method, path, body)).toEqual({ status, body: { error: expect.stringMatching(error) } });
});

test.each([{ origin: 'http://evil.example' }, { host: 'evil.example' }])(
  'a browser with %j is refused',
  async (headers) => {
    expect((await http(`${stack.control}/calls`, { headers })).status).toBe(403);
  },
);
