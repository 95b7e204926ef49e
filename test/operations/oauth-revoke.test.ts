import { beforeAll, expect, test } from 'vitest';
import {
  codeFor,
  exchange,
  intranet,
  portal,
  post,
  refresh,
  signInToPortal,
  userinfo,
} from '../harness/apps/door.ts';
import { mailedGuest, type SignedIn } from '../harness/people/people.ts';
import { ask, keyHolder } from '../harness/relay/relay.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';

const { stack, admin } = useAdmin();
let guest: SignedIn;
beforeAll(async () => void (guest = await mailedGuest(stack(), admin)));

const { client_id } = portal;
const revoke = (form: Record<string, string>) => post(stack(), '/oauth/revoke', { client_id, ...form });

test('200: a token that nobody has is as good as ended (RFC 7009, 2.2)', async () => {
  expect((await sendEvent(stack(), 'oauth-revoke')).status).toBe(200);
  expect((await revoke({ token: 'made up' })).status).toBe(200);
});

test.each(['refresh_token', 'access_token'] as const)(
  '200 R6.1 R6.5: an app that gives its %s back is signed out, once and for all',
  async (kind) => {
    const tokens = await signInToPortal(stack(), guest);
    for (let time = 0; time < 2; time += 1)
      expect((await revoke({ token: tokens[kind]!, token_type_hint: kind })).status).toBe(200);
    expect((await refresh(stack(), tokens.refresh_token!)).json).toMatchObject({ error: 'invalid_grant' });
    expect((await userinfo(stack(), tokens.access_token)).status).toBe(401);
  },
);

test('200 401 R6.8: nor does the relay take what was made of it, whatever the token says', async () => {
  const holder = await keyHolder(stack(), admin);
  const { access_token: token, refresh_token } = await signInToPortal(stack(), holder, { resource: 'relay' });
  const call = async () => (await ask(stack(), token)).status;
  expect(await call()).toBe(200);
  await revoke({ token: refresh_token! });
  expect(await call()).toBe(401);
});

test('200 R6.5: a refresh token that was replaced long ago signs out as well', async () => {
  const { refresh_token: old } = await signInToPortal(stack(), guest);
  const { json } = await refresh(stack(), old!);
  stack().clock.offsetSeconds += 61;
  expect((await revoke({ token: old! })).status).toBe(200);
  expect((await refresh(stack(), json.refresh_token!)).json).toMatchObject({ error: 'invalid_grant' });
});

test('200: another app ends nothing with it', async () => {
  const tokens = await signInToPortal(stack(), guest);
  expect((await revoke({ client_id: 'latchkey-cli', token: tokens.refresh_token! })).status).toBe(200);
  expect((await userinfo(stack(), tokens.access_token)).status).toBe(200);
});

test('200 401 R6.4: an app that keeps a secret signs out by it alone', async () => {
  const { secret } = (await stack().invoke('app-secret', { app: 'intranet' })) as { secret: string };
  const asked = await codeFor(stack(), guest, { ...intranet, scope: 'openid' });
  const { json } = await exchange(stack(), asked, { ...intranet, client_secret: secret });
  const shown = { client_id: 'intranet', token: json.access_token };
  expect((await revoke({ ...shown, client_secret: 'x'.repeat(43) })).status).toBe(401);
  expect((await userinfo(stack(), json.access_token)).status).toBe(200);
  expect((await revoke({ ...shown, client_secret: secret })).status).toBe(200);
  expect((await userinfo(stack(), json.access_token)).status).toBe(401);
});

test('401 400: wants a known app and a token', async () => {
  expect((await revoke({ client_id: 'nobody', token: 'x' })).status).toBe(401);
  expect((await revoke({ client_id: 'intranet', token: 'x' })).status).toBe(401);
  expect((await revoke({})).status).toBe(400);
});
