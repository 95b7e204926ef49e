import { expect, test } from 'vitest';
import { send } from '../harness/http/http.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack('devicesOnly');

test('303 R3.6: on a device-only deployment whoever is not signed in is sent to registration', async () => {
  const { status, headers } = await send(stack(), 'GET', '/');
  expect([status, headers['location']]).toEqual([303, '/register']);
  const { headers: signedOut } = await send(stack(), 'POST', '/logout', { form: {} });
  expect(signedOut['location']).toBe('/register');
});

test('200 R3.5 R3.6: a session check says so too', async () => {
  const { json } = await send(stack(), 'POST', '/v1/sessions/verify', { json: {} });
  expect(json).toEqual({ valid: false, redirect: '/register' });
});
