import { expect, test } from 'vitest';
import { cors } from '#shared/chain/cors.ts';
import type { Operation } from '#shared/operation/operation.ts';

const origin = 'https://portal.example.com';
const config = { origin: 'https://join.example.com', settings: { appOrigins: [origin] } };
const operation = { kind: 'operation', method: 'GET' } as Operation;
const step = cors({ config: config as unknown as Parameters<typeof cors>[0]['config'], operation });

/** The cookies that remain to identify the caller of a request from a page of `from`. */
function cookiesFrom(from: string | undefined): object {
  const exchange = { request: { cookies: { session: 'token' } } };
  const headers = from === undefined ? {} : { origin: from };
  const event = { headers, requestContext: { http: { method: 'POST' } } };
  expect(step.before!({ event, context: { exchange } } as never)).toBeUndefined();
  return exchange.request.cookies;
}

test('R6.8: no cookie speaks for a caller from another origin, be it an app’s', () => {
  for (const from of [origin, 'null', 'https://evil.example.com', ''])
    expect(cookiesFrom(from), from).toEqual({});
  for (const own of [config.origin, undefined]) expect(cookiesFrom(own)).toEqual({ session: 'token' });
});

test.each([
  ['operation', { statusCode: 204 }],
  ['stream', { statusCode: 200, body: '\n' }],
])('R6.8: a browser that asks first is answered with success by an %s: %j', (kind, answer) => {
  const asking = cors({
    config: config as unknown as Parameters<typeof cors>[0]['config'],
    operation: { ...operation, kind } as Operation,
  });
  const headers = { origin, 'access-control-request-method': 'POST' };
  const event = { headers, requestContext: { http: { method: 'OPTIONS' } } };
  const context = { exchange: { request: { id: 'request' } } };
  const answered = asking.before!({ event, context } as never) as { body?: string };
  expect(answered).toMatchObject({ ...answer, headers: { 'x-request-id': 'request' } });
  if (kind === 'operation') expect(answered).not.toHaveProperty('body');
});
