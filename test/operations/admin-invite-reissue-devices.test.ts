import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { forgetInvites } from '../harness/stack/forget.ts';
import type { TestDevice } from '../harness/people/devices.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite } from '../harness/invites/invites.ts';
import { deviceUser, type DeviceUser } from '../harness/invites/inviting.ts';
import { tokenOf, type SignedIn } from '../harness/people/people.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();

/** A new link to an invite. */
async function reissue(id: string): Promise<string> {
  const { status, json } = await changeInvite(stack(), admin, id, 'reissue');
  expect(status).toBe(200);
  return tokenOf(json.url!);
}
const comeIn = (token: string, { deviceKey }: TestDevice, { passphrase }: DeviceUser) =>
  send<SignedIn>(stack(), 'POST', '/v1/register', {
    json: { token, passphrase, deviceKey, transport: 'token' },
  });

test('200 R3.4: whoever came in by an invite that got a new link since comes in again, however long after its end', async () => {
  const [mover, friend] = [
    await deviceUser(stack(), admin, { expiresInDays: 1 }),
    await deviceUser(stack(), admin, { expiresInDays: 1, maxUses: 3 }),
  ];
  for (const user of [mover, friend]) {
    const token = await reissue(user.inviteId);
    stack().clock.offsetSeconds += 120 * daySeconds;
    await forgetInvites(stack());
    expect(await comeIn(token, user.device, user)).toMatchObject({ status: 201, json: { user: user.user } });
  }
});
