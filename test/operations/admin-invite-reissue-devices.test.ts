import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { passphraseRef } from '#shared/invites/invite-rows.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { forgetInvites } from '../harness/stack/forget.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { newDevice, type TestDevice } from '../harness/people/devices.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite, linkState, shownInvite } from '../harness/invites/invites.ts';
import { asUser, deviceUser, type DeviceUser } from '../harness/invites/inviting.ts';
import { invite, tokenOf, type SignedIn } from '../harness/people/people.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();

/** Issues a new link for an invite. */
async function reissue(id: string): Promise<string> {
  const { status, json } = await changeInvite(stack(), admin, id, 'reissue');
  expect(status).toBe(200);
  return tokenOf(json.url!);
}
const comeIn = (token: string, { deviceKey }: TestDevice, { passphrase }: Pick<DeviceUser, 'passphrase'>) =>
  send<SignedIn>(stack(), 'POST', '/v1/register', {
    json: { token, passphrase, deviceKey, transport: 'token' },
  });
async function passphraseRow(inviteId: string): Promise<object | undefined> {
  const { config, documents } = insiderOf(stack());
  const { Item } = await documents.send(new GetCommand(passphraseRef(config, inviteId)));
  return Item;
}
const leave = async (user: DeviceUser) =>
  send(stack(), 'DELETE', '/v1/me', { json: {}, ...(await asUser(stack(), user, 'DELETE', '/v1/me')) });

test('200 R3.4: whoever came in by an invite that got a new link since comes in again, however long after its end', async () => {
  const [mover, friend] = [
    await deviceUser(stack(), admin, { expiresInDays: 1 }),
    await deviceUser(stack(), admin, { expiresInDays: 1, maxUses: 3 }),
  ];
  for (const user of [mover, friend]) {
    const token = await reissue(user.inviteId);
    expect(await passphraseRow(user.inviteId)).not.toHaveProperty('ttl');
    stack().clock.offsetSeconds += 120 * daySeconds;
    await forgetInvites(stack());
    expect(await comeIn(token, user.device, user)).toMatchObject({ status: 201, json: { user: user.user } });
  }
});

test('422 R3.4: an invite whose user has deleted the account leads nobody to another device, and gets no new link', async () => {
  const users = [await deviceUser(stack(), admin), await deviceUser(stack(), admin)];
  const [early, late] = users as [DeviceUser, DeviceUser];
  const token = await reissue(late.inviteId);
  for (const user of users) expect((await leave(user)).status).toBe(204);
  for (const { inviteId } of [early, late])
    expect(await changeInvite(stack(), admin, inviteId, 'reissue')).toMatchObject({
      status: 422,
      json: { code: 'invite_used' },
    });
  expect((await comeIn(token, await newDevice(), late)).json).toMatchObject({ code: 'invite_revoked' });
  expect(await linkState(stack(), token)).toBe('revoked');
});

test('200 R3.4: an invite that was to move somebody who has deleted the account is withdrawn, and its address is free', async () => {
  const emails = ['mover@example.com'];
  const user = await deviceUser(stack(), admin, { emails });
  await reissue(user.inviteId);
  expect(await invite(stack(), admin, { emails })).toMatchObject([{ result: 'already_invited' }]);
  expect((await leave(user)).status).toBe(204);
  const left = await shownInvite(stack(), admin, user.inviteId);
  expect(left).toMatchObject({ status: 'revoked' });
  expect(JSON.stringify(left)).not.toContain(emails[0]);
  expect(await invite(stack(), admin, { emails })).toMatchObject([{ result: 'invited' }]);
});

test('204 R3.4: so it is beside another invite that has its address by now', async () => {
  const emails = ['passed-on@example.com'];
  const user = await deviceUser(stack(), admin, { emails, expiresInDays: 1 });
  await reissue(user.inviteId);
  stack().clock.offsetSeconds += 2 * daySeconds;
  const [other] = await invite(stack(), admin, { emails });
  expect((await leave(user)).status).toBe(204);
  expect(await shownInvite(stack(), admin, user.inviteId)).toMatchObject({ status: 'revoked' });
  expect(await invite(stack(), admin, { emails })).toMatchObject([
    { id: other!.id, result: 'already_invited' },
  ]);
});

test('409 R3.4: an invite whose pass phrase went before it gets no new link, and no pass phrase that is none', async () => {
  const [one] = await invite(stack(), admin, { kind: 'device-only', passphrase: 'open sesame' });
  const id = one!.id!;
  const { config, documents } = insiderOf(stack());
  await documents.send(new DeleteCommand(passphraseRef(config, id)));
  const answer = await changeInvite(stack(), admin, id, 'reissue');
  expect(answer).toMatchObject({
    status: 409,
    json: { code: 'conflict', title: 'The pass phrase of this invite is gone' },
  });
  const { json } = await comeIn(tokenOf(one!.url!), await newDevice(), { passphrase: 'open sesame' });
  expect(json).toMatchObject({ code: 'invalid', errors: [{ path: 'passphrase' }] });
});
