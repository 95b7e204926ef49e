import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { forgetInvites } from '../harness/stack/forget.ts';
import { newDevice } from '../harness/people/devices.ts';
import { send } from '../harness/http/http.ts';
import { linkState } from '../harness/invites/invites.ts';
import { invite, mailedToken, somebody } from '../harness/people/people.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();

test('202 R0.5 R3.4: the pass phrase of an invite for devices that was mailed lives as long as its new link', async () => {
  const { email } = somebody();
  const passphrase = 'open sesame';
  await invite(stack(), admin, { kind: 'device-only', passphrase, emails: [email], expiresInDays: 30 });
  const old = await mailedToken(stack(), email);
  stack().clock.offsetSeconds = 110 * daySeconds;
  expect((await send(stack(), 'POST', '/v1/invites/renew', { json: { token: old } })).status).toBe(202);
  const token = await mailedToken(stack(), email);
  stack().clock.offsetSeconds += 20 * daySeconds;
  await forgetInvites(stack());
  expect(await linkState(stack(), token)).toBe('active');
  const { deviceKey } = await newDevice();
  const json = { token, passphrase, deviceKey, transport: 'token' };
  expect((await send(stack(), 'POST', '/v1/register', { json })).status).toBe(201);
});
