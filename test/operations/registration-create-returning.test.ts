import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { forgetInvites } from '../harness/stack/forget.ts';
import { newDevice } from '../harness/people/devices.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite } from '../harness/invites/invites.ts';
import { invite, type SignedIn } from '../harness/people/people.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();

const passphrase = 'open sesame';

test('201 R3.4: who has typed the code of an invite for devices comes in again by it, however long after its end', async () => {
  const wish = { kind: 'device-only', passphrase, expiresInDays: 1, maxUses: 3 };
  const [row, again] = [(await invite(stack(), admin, wish))[0]!, (await invite(stack(), admin, wish))[0]!];
  const { deviceKey } = await newDevice();
  const comeIn = (code: string | undefined) =>
    send<SignedIn>(stack(), 'POST', '/v1/register', {
      json: { code, passphrase, deviceKey, transport: 'token' },
    });
  const [one, other] = [await comeIn(row.code), await comeIn(again.code)];
  const { code } = (await changeInvite(stack(), admin, again.id, 'reissue')).json;
  stack().clock.offsetSeconds = 120 * daySeconds;
  await forgetInvites(stack());
  expect(await comeIn(row.code)).toMatchObject({ status: 201, json: { user: one.json.user } });
  expect(await comeIn(code)).toMatchObject({ status: 201, json: { user: other.json.user } });
});
