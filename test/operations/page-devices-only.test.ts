import { expect, test } from 'vitest';
import { send } from '../harness/http/http.ts';
import { expectPage, page } from '../harness/http/pages.ts';
import { boundVisitor } from '../harness/people/bound.ts';
import { changeUser, pageOf, type ManagedUser } from '../harness/people/managing.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin('devicesOnly');

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

test('200 R7.5 R3.6: whose account was disabled meanwhile is told so there, and nothing of a sign-in', async () => {
  const { visitor, who } = await boundVisitor(stack(), admin);
  const { username } = who;
  const { json } = await pageOf<ManagedUser>(stack(), admin, '/v1/admin/users', { username });
  await changeUser(stack(), admin, json.items[0]!.id, { disabled: true });
  expectPage(await visitor.get('/register'), 200, 'Your account is disabled', 'Ask an administrator');
  expect((await page(stack(), '/register')).text).not.toContain('disabled');
});
