import { expect, test } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { forgetInvites } from '../harness/stack/forget.ts';
import { newDevice } from '../harness/people/devices.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite } from '../harness/invites/invites.ts';
import { changeUser } from '../harness/people/managing.ts';
import { invite, somebody, tokenOf, type SignedIn } from '../harness/people/people.ts';
import { rowsOf } from '../harness/stack/rows.ts';
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

test('422 C3 C103: whoever is disabled is told at the invite that it lets them in no more, and the trail tells of it', async () => {
  const { deviceKey } = await newDevice();
  const [row] = await invite(stack(), admin, { kind: 'device-only', passphrase });
  const comeIn = () =>
    send<SignedIn & Problem>(stack(), 'POST', '/v1/register', {
      json: { code: row!.code, passphrase, deviceKey, transport: 'token' },
    });
  const { user } = (await comeIn()).json;
  await changeUser(stack(), admin, user.id, { disabled: true });
  expect(await comeIn()).toMatchObject({ status: 422, json: { code: 'invite_revoked' } });
  expect(await refusedSignIns(user.id)).toBe(1);

  const [other] = await invite(stack(), admin, { maxUses: 1 });
  const who = somebody();
  const json = { token: tokenOf(other!.url), ...who, transport: 'token' };
  const guest = (await send<SignedIn>(stack(), 'POST', '/v1/register', { json })).json.user;
  await changeUser(stack(), admin, guest.id, { disabled: true });
  const again = (secret: string) =>
    send<Problem>(stack(), 'POST', '/v1/register', { json: { ...json, password: secret } });
  const wrong = await again('another person altogether');
  expect(wrong.status).toBe(422);
  expect((await again(who.password)).json.code, 'as with a wrong password').toBe(wrong.json.code);
  expect(await refusedSignIns(guest.id)).toBe(2);
});

test('201 422 C3: a registration can be repeated for a day; after it, it begins no session', async () => {
  const [row] = await invite(stack(), admin, { maxUses: 1 });
  const json = { token: tokenOf(row!.url), ...somebody(), transport: 'token' };
  const comeIn = () => send<SignedIn & Problem>(stack(), 'POST', '/v1/register', { json });
  const { clock } = stack();
  const began = clock.now();
  clock.standAt(began);
  const { user } = (await comeIn()).json;
  clock.standAt(began + daySeconds * 1_000);
  expect(await comeIn()).toMatchObject({ status: 201, json: { user: { id: user.id } } });
  clock.standAt(began + (daySeconds + 1) * 1_000);
  const sessions = async () => rowsOf(await stack().dumpTables(), 'sessions', 'userId', user.id);
  const before = await sessions();
  expect(before).toHaveLength(2);
  expect(await comeIn()).toMatchObject({ status: 422, json: { code: 'invite_used' } });
  expect(await sessions()).toEqual(before);
});

const refusedSignIns = async (subjectId: string): Promise<number> => {
  const path = `/v1/admin/audit?subjectId=${subjectId}`;
  const { json } = await send<{ items: { action: string; outcome: string }[] }>(stack(), 'GET', path, {
    token: admin.session.token,
  });
  return json.items.filter(({ action, outcome }) => action === 'session.create' && outcome === 'refused')
    .length;
};
