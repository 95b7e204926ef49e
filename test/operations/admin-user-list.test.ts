import { beforeAll, expect, test } from 'vitest';
import { callsOf } from '../harness/stack/calls.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { useStack } from '../harness/stack/stack.ts';
import { send } from '../harness/http/http.ts';
import { asUser, deviceUser, verifiedUser } from '../harness/invites/inviting.ts';
import { changeUser, pageOf, pagesOf, type ManagedUser } from '../harness/people/managing.ts';
import { firstAdmin, openInvite, register, somebody, type SignedIn } from '../harness/people/people.ts';

const stack = useStack();
const path = '/v1/admin/users';
let admin: SignedIn;
let people: SignedIn[];
let device: SignedIn;

/** Five people and a device, a minute apart, so that their order is known. */
beforeAll(async () => {
  stack().clock.offsetSeconds = -3_600;
  admin = await firstAdmin(stack());
  const token = await openInvite(stack(), admin, { maxUses: 9 });
  people = [admin];
  for (const name of ['hanako', 'hanae', 'jiro', 'li']) {
    stack().clock.offsetSeconds += 60;
    people.push(await register(stack(), token, somebody(name)));
  }
  stack().clock.offsetSeconds += 60;
  device = await deviceUser(stack(), admin);
  people.push(device);
});

const ids = (users: readonly { id: string }[]) => users.map(({ id }) => id);
const newestFirst = () => ids(people.map(({ user }) => user)).toReversed();
const find = async (query: { email?: string; username?: string; limit?: string }) =>
  (await pagesOf<ManagedUser>(stack(), admin, path, query)).flat();

test('200: finds users by the beginning of their name, with what an admin wants to know', async () => {
  const { token } = admin.session;
  const answer = await sendEvent<{ items: object[]; nextCursor: null }>(stack(), 'admin-user-list', {
    token,
  });
  const [, hanako] = people;
  expect(answer).toMatchObject({ status: 200, json: { nextCursor: null } });
  expect(answer.json.items).toEqual([{ ...hanako!.user, status: 'active', deviceOnly: false }]);
});

test('200: pages hold every user once, newest first', { tags: 'engine' }, async () => {
  const pages = await pagesOf<ManagedUser>(stack(), admin, path, { limit: '4' });
  expect(pages.map(({ length }) => length)).toEqual([4, 2]);
  expect(ids(pages.flat())).toEqual(newestFirst());
  expect(pages.flat()[0]).toMatchObject({ email: null, deviceOnly: true, status: 'active' });
});

test('200: finds users by address or name, exact or by their beginning, in any case of letters', async () => {
  const [, hanako, hanae, jiro] = people.map(({ user }) => user);
  expect(ids(await find({ email: 'HANA', limit: '1' })).toSorted()).toEqual(
    ids([hanako!, hanae!]).toSorted(),
  );
  expect(ids(await find({ username: 'Hana', limit: '1' })).toSorted()).toEqual(
    ids([hanako!, hanae!]).toSorted(),
  );
  expect(ids(await find({ email: jiro!.email! }))).toEqual([jiro!.id]);
  expect(ids(await find({ email: 'hana', username: hanae!.username }))).toEqual([hanae!.id]);
  for (const query of [{ email: 'nobody' }, { username: 'user#' }, { email: '%_*' }]) {
    expect(await find(query)).toEqual([]);
  }
});

test('200: shows who is disabled; who lost an unproven address is not found by it', async () => {
  const [, , , jiro] = people;
  await changeUser(stack(), admin, jiro!.user.id, { disabled: true });
  expect(await find({ username: 'jiro' })).toMatchObject([{ status: 'disabled' }]);
  await verifiedUser(stack(), admin, { ...somebody(), email: jiro!.user.email! });
  const [owner, ...others] = await find({ email: jiro!.user.email! });
  expect(owner).toMatchObject({ emailVerified: true });
  expect(others).toEqual([]);
  expect(await find({ username: 'jiro' })).toMatchObject([{ id: jiro!.user.id, email: null }]);
});

test('200: reads by indexes, never by a scan', { tags: 'engine' }, async () => {
  for (const query of [{}, { email: 'h' }, { username: 'h' }]) await pageOf(stack(), admin, path, query);
  const calls = stack()
    .calls()
    .filter((call) => call.function === 'admin-user-list');
  expect(calls.filter(({ action }) => action === 'Query')).toHaveLength(3);
  expect(calls.filter(({ action }) => action === 'Scan')).toEqual([]);
});

test('200: where only some rows of an index are of the list, one query reads many', async () => {
  stack().clearCalls();
  await pageOf(stack(), admin, path, { email: 'hana', username: 'jiro', limit: '1' });
  expect(callsOf(stack(), 'admin-user-list').filter(({ action }) => action === 'Query')).toHaveLength(1);
});

const forged = (position: object) => Buffer.from(JSON.stringify(position)).toString('base64url');
const id = 'AAECAwQFBgcICQoLDA0ODw';
test.each([
  'limit=0',
  'limit=101',
  'email=',
  `email=${'e'.repeat(255)}`,
  `username=${'u'.repeat(33)}`,
  'cursor=bm90IGpzb24',
  `cursor=${forged({ id, at: 'hanako' })}`,
  `email=h&cursor=${forged({ id, at: 1 })}`,
  `email=h&cursor=${forged({ id, at: 'zoe' })}`,
  'page=2',
])('422 C6: refuses %s', async (query) => {
  const answer = await send(stack(), 'GET', `${path}?${query}`, { token: admin.session.token });
  expect(answer).toMatchObject({ status: 422, json: { code: 'invalid' } });
});

test(
  '422 C73: a beginning that no address has, as its domain is too long where it is spelled in ASCII',
  { tags: 'engine' },
  async () => {
    const email = `x@${'𠀋.'.repeat(125)}jp`;
    for (const list of [path, '/v1/admin/invites']) {
      const query = String(new URLSearchParams({ email }));
      const answer = await send(stack(), 'GET', `${list}?${query}`, { token: admin.session.token });
      expect(answer).toMatchObject({ status: 422, json: { code: 'invalid', errors: [{ path: 'email' }] } });
    }
  },
);

test('401 403 C50: only administrators see the list', async () => {
  expect((await send(stack(), 'GET', path)).json.code).toBe('unauthenticated');
  for (const who of [people[1]!, device]) {
    const answer = await send(stack(), 'GET', path, await asUser(stack(), who, 'GET', path));
    expect(answer).toMatchObject({ status: 403, json: { code: 'forbidden' } });
  }
});
