import { expect, test } from 'vitest';
import { codeFor, exchange, signInToPortal } from '../harness/apps/door.ts';
import { send } from '../harness/http/http.ts';
import { pagesOf } from '../harness/people/managing.ts';
import { mailedGuest } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';

const { stack, admin } = useAdmin();

interface Used {
  app: string;
  title: string;
  firstSignInAt: string;
  lastSignInAt: string;
}

test('200 R6.1: the apps that I have signed in to, for me, for administrators, in the activity and in the export', async () => {
  const who = await mailedGuest(stack(), admin);
  const { token } = who.session;
  const mine = () => sendEvent<{ items: Used[] }>(stack(), 'me-app-list', { token });
  expect(await mine()).toMatchObject({ status: 200, json: { items: [] } });
  await signInToPortal(stack(), who);
  stack().clock.offsetSeconds = 300;
  await signInToPortal(stack(), who);
  const { items } = (await mine()).json;
  expect(items).toMatchObject([{ app: 'portal', title: 'Portal' }]);
  const [{ firstSignInAt, lastSignInAt }] = items as [Used];
  expect(Date.parse(lastSignInAt) - Date.parse(firstSignInAt)).toBeGreaterThanOrEqual(300_000);

  const person = `/v1/admin/users/${who.user.id}`;
  const read = await send<{ apps: Used[] }>(stack(), 'GET', person, { token: admin.session.token });
  expect(read.json.apps).toEqual(items);
  const exported = await send<{ apps: object; audit: { items: object[] } }>(stack(), 'GET', '/v1/me/export', {
    token,
  });
  expect(exported.json.apps).toEqual({ items, truncated: false });
  expect(exported.json.audit.items).toContainEqual(
    expect.objectContaining({ action: 'app.sign-in', app: 'portal' }),
  );
  const [activity] = await pagesOf(stack(), who, '/v1/me/activity');
  expect(activity![0]).toMatchObject({ action: 'app.sign-in', by: 'me', app: 'portal' });
  const trail = await pagesOf(stack(), admin, '/v1/admin/audit', {
    userId: who.user.id,
    action: 'app.sign-in',
  });
  expect(trail.flat()).toMatchObject([{ app: 'portal' }, { app: 'portal' }]);

  // An app that the deployment no longer has is shown by its name.
  stack().deploy({ appEntrances: {} });
  expect((await mine()).json.items).toMatchObject([{ app: 'portal', title: 'portal' }]);
});

test('200 R6.1: nobody sees the apps of another', async () => {
  const [who, other] = [await mailedGuest(stack(), admin), await mailedGuest(stack(), admin)];
  await signInToPortal(stack(), who);
  const { json } = await send(stack(), 'GET', '/v1/me/apps', { token: other.session.token });
  expect(json).toEqual({ items: [] });
});

test('200 R6.1: the app that was used last comes first', async () => {
  const who = await mailedGuest(stack(), admin);
  const commandLine = { client_id: 'latchkey-cli', redirect_uri: 'http://127.0.0.1:53682/callback' };
  const signInByTerminal = async () =>
    exchange(stack(), await codeFor(stack(), who, { ...commandLine, scope: 'openid' }), commandLine);
  const apps = async () => {
    const { json } = await send<{ items: Used[] }>(stack(), 'GET', '/v1/me/apps', {
      token: who.session.token,
    });
    return json.items.map(({ app }) => app);
  };
  const { clock } = stack();
  await signInByTerminal();
  clock.offsetSeconds += 60;
  await signInToPortal(stack(), who);
  expect(await apps()).toEqual(['portal', 'latchkey-cli']);
  clock.offsetSeconds += 60;
  await signInByTerminal();
  expect(await apps()).toEqual(['latchkey-cli', 'portal']);
});
