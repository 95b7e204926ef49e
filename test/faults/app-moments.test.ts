/** @module-tag engine */
import { beforeEach, expect, test } from 'vitest';
import { codeFor, exchange, post, refresh, signInToPortal } from '../harness/apps/door.ts';
import { send } from '../harness/http/http.ts';
import { changeUser } from '../harness/people/managing.ts';
import { deedsOf } from '../harness/people/accounts.ts';
import { mailedGuest, password, type SignedIn } from '../harness/people/people.ts';
import { meanwhile } from '../harness/stack/meanwhile.ts';
import { rowsOf } from '../harness/stack/rows.ts';
import { useAdmin } from '../harness/stack/admin.ts';

/** Events between the reads and the write of an app's request. */
const { stack, admin } = useAdmin();
const moment = { function: 'oauth-token', action: 'TransactWriteItems' };
let guest: SignedIn;
beforeEach(async () => {
  guest = await mailedGuest(stack(), admin);
  // A store's first sign-in makes the signing key in a write of its own, so that write must be over.
  await signInToPortal(stack(), guest);
});

const ends: [string, () => Promise<unknown>][] = [
  ['the session ends', () => send(stack(), 'DELETE', '/v1/sessions/current', { token: guest.session.token })],
  ['the account is disabled', () => changeUser(stack(), admin, guest.user.id, { disabled: true })],
];
const refused = { status: 400, json: { error: 'invalid_grant' } };

test.each(ends)('400 R6.5: where %s while a code is exchanged, no app is signed in', async (_, end) => {
  const asked = await codeFor(stack(), guest);
  expect(await meanwhile(stack(), moment, () => exchange(stack(), asked), end)).toMatchObject(refused);
});

test.each(ends)('400 R6.5: where %s while a refresh token is, there is no next one', async (_, end) => {
  const { refresh_token: token } = await signInToPortal(stack(), guest);
  expect(await meanwhile(stack(), moment, () => refresh(stack(), token!), end)).toMatchObject(refused);
});

test('400 R6.1: a code whose minute is over by the time it would be used up is good for nothing', async () => {
  const { clock } = stack();
  const madeAt = clock.now();
  clock.standAt(madeAt);
  const asked = await codeFor(stack(), guest);
  clock.standAt(madeAt + 59_999);
  const reads = { function: 'oauth-token', action: 'BatchGetItem' };
  const later = () => Promise.resolve(clock.standAt(madeAt + 60_001));
  expect(await meanwhile(stack(), reads, () => exchange(stack(), asked), later)).toMatchObject(refused);
});

test('200 400 C63: a grant that is written once more, late, keeps its tokens and makes its code good for nothing', async () => {
  stack().faults([{ kind: 'late', ms: 1_500, table: 'grants', action: 'PutItem', times: 1 }]);
  const asked = await codeFor(stack(), guest);
  const { json } = await exchange(stack(), asked);
  await stack().settle();
  expect((await refresh(stack(), json.refresh_token!)).status).toBe(200);
  expect(await exchange(stack(), asked)).toMatchObject(refused);
});

test('200 400 R6.1: of two that exchange a code at once the one whose write comes late gets nothing', async () => {
  const asked = await codeFor(stack(), guest);
  let early: Awaited<ReturnType<typeof exchange>>;
  const first = async () => void (early = await exchange(stack(), asked));
  expect(await meanwhile(stack(), moment, () => exchange(stack(), asked), first)).toMatchObject(refused);
  expect(early!.status).toBe(200);
  expect((await refresh(stack(), early!.json.refresh_token!)).status).toBe(200);
});

test('200 R6.5: a refresh that is written late does not undo those that came after it', async () => {
  const { refresh_token: first } = await signInToPortal(stack(), guest);
  let third = '';
  const refreshTwice = async () => {
    const { refresh_token: second } = (await refresh(stack(), first!)).json;
    third = (await refresh(stack(), second!)).json.refresh_token!;
  };
  await meanwhile(stack(), moment, () => refresh(stack(), first!), refreshTwice);
  expect((await refresh(stack(), third)).status).toBe(200);
});

const revoke = (token: string) => post(stack(), '/oauth/revoke', { client_id: 'portal', token });
const revocation = { function: 'oauth-revoke', action: 'TransactWriteItems' };

test('400 R6.5: where the app signs out while it refreshes, it gets nothing, no token for its own backend either', async () => {
  const { refresh_token: token } = await signInToPortal(stack(), guest);
  const request = () => refresh(stack(), token!);
  expect(await meanwhile(stack(), moment, request, () => revoke(token!))).toMatchObject(refused);
  expect(await refresh(stack(), token!)).toMatchObject(refused);
});

test('200 R4.9: of two sign-outs of an app at once the trail has one', async () => {
  const { access_token: token } = await signInToPortal(stack(), guest);
  const both = () => revoke(token);
  expect((await meanwhile(stack(), revocation, both, both)).status).toBe(200);
  const deeds = await deedsOf(stack(), guest);
  expect(deeds.filter((deed) => deed === 'app.sign-out done')).toHaveLength(1);
});

test('200: where the account is deleted while the app signs out, nothing is left of what it was granted', async () => {
  const { access_token: token } = await signInToPortal(stack(), guest);
  const leave = () => send(stack(), 'DELETE', '/v1/me', { token: guest.session.token, json: { password } });
  expect((await meanwhile(stack(), revocation, () => revoke(token), leave)).status).toBe(200);
  expect(rowsOf(await stack().dumpTables(), 'grants', 'userId', guest.user.id)).toEqual([]);
});
