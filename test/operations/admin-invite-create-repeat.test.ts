import { expect, test } from 'vitest';
import type { FaultRequest } from '#local/gateway/faults.ts';
import { fieldTexts } from '#shared/errors/field-texts.ts';
import { locales } from '#shared/locale.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { changeInvite, listAll } from '../harness/invites/invites.ts';
import { createInvites, deleteInvite, verifiedUser, type Created } from '../harness/invites/inviting.ts';
import { waitSeconds } from '../harness/stack/outbox.ts';
import { firstAdmin, register, secondAdmin, somebody, tokenOf } from '../harness/people/people.ts';
import { textOf } from '../harness/stack/rows.ts';
import { openStack } from '../harness/stack/stack.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin('usersInvite');

let keys = 0;
/** A key that no other test has. */
const newKey = () => `key-${(keys += 1)}`;
const create = (json: object, key: string) => createInvites(stack(), admin, json, { key });
const people = (count: number) => Array.from({ length: count }, () => somebody().email);
const inviteCount = async () =>
  (await stack().dumpTables())['invites']!.filter((row) => textOf(row, 'listing') === 'invite').length;

test('201 C51: the same key and body get the very same answer, and nothing is made anew', async () => {
  const event = { token: admin.session.token, headers: { 'idempotency-key': newKey() } };
  const ask = () => sendEvent<Created>(stack(), 'admin-invite-create', event);
  const first = await ask();
  expect(first.json.invites).toMatchObject([
    { email: 'hanako@example.com', result: 'invited', mailed: true },
  ]);
  const before = await stack().dumpTables();
  stack().clock.offsetSeconds = daySeconds - 60;
  const second = await ask();
  expect({ status: second.status, json: second.json }).toEqual({ status: 201, json: first.json });
  await stack().settle();
  expect((await stack().dumpTables())['invites']).toHaveLength(before['invites']!.length);
  expect(stack().mails('hanako@example.com')).toHaveLength(1);
});

test('201 C51: so they do after an invite was used, one re-issued, one withdrawn and one deleted', async () => {
  const member = (await verifiedUser(stack(), admin)).user.email!;
  const [key, wish] = [newKey(), { emails: [...people(4), 'no address', member], note: 'all' }];
  const first = await create(wish, key);
  const [used, reissued, revoked, deleted] = first.json.invites;
  await register(stack(), tokenOf(used!.url), { ...somebody(), email: used!.email });
  await changeInvite(stack(), admin, reissued!.id, 'reissue', { email: 'corrected@example.com' });
  await changeInvite(stack(), admin, revoked!.id, 'revoke');
  await deleteInvite(stack(), admin, deleted!.id);
  const count = await inviteCount();
  const again = await create(wish, key);
  expect({ status: again.status, json: again.json }).toEqual({ status: 201, json: first.json });
  expect(again.json.invites.map(({ result }) => result).slice(3)).toEqual([
    'invited',
    'bad_address',
    'member',
  ]);
  expect(await inviteCount()).toBe(count);
});

test('422 C51: the same key with another body is refused in the reader’s language, and makes nothing', async () => {
  const key = newKey();
  await create({ count: 2 }, key);
  const count = await inviteCount();
  for (const body of [{ count: 3 }, { count: 2, note: 'other' }, { count: 2, role: 'admin' }]) {
    for (const language of locales) {
      const { status, json } = await createInvites(stack(), admin, body, { key, language });
      const message = fieldTexts.otherBody[language];
      expect({ status, errors: json.errors }).toEqual({
        status: 422,
        errors: [{ path: 'Idempotency-Key', message }],
      });
    }
  }
  expect(await inviteCount()).toBe(count);
});

test('201 C51: another administrator’s same key is another one', async () => {
  const key = newKey();
  const other = await secondAdmin(stack(), admin);
  const [mine, theirs] = [await create({}, key), await createInvites(stack(), other, { count: 2 }, { key })];
  expect(theirs.status).toBe(201);
  expect(theirs.json.invites).toHaveLength(2);
  expect(theirs.json.invites.map(({ id }) => id)).not.toContain(mine.json.invites[0]!.id);
});

test('201 C51: a day later the same key is a new request', async () => {
  const [key, wish] = [newKey(), { emails: people(1), expiresInDays: 1 }];
  const [first] = (await create(wish, key)).json.invites;
  stack().clock.offsetSeconds = daySeconds + 1;
  const [second] = (await create(wish, key)).json.invites;
  expect(second).toMatchObject({ email: first!.email, result: 'invited' });
  expect(second!.id).not.toBe(first!.id);
});

test.each<[string, FaultRequest]>([
  ['cannot write any more', { kind: 'error', action: 'TransactWriteItems', nth: 13, times: 99 }],
  ['loses every answer', { kind: 'lost', action: 'TransactWriteItems', nth: 13, times: 99 }],
  ['cannot derive any more', { kind: 'error', service: 'kms', nth: 40, times: 99 }],
  ['dies before it keeps the outcome', { kind: 'error', table: 'counters', nth: 2, times: 99 }],
])('201 C51: crashes half-way (%s) and is repeated: one invite and one mail each', async (_, fault) => {
  const [key, emails] = [newKey(), people(30)];
  stack().faults([{ ...fault, function: 'admin-invite-create' }]);
  expect(await create({ emails }, key)).toMatchObject({ status: 503 });
  stack().faults([]);
  const { status, json } = await create({ emails }, key);
  expect(status).toBe(201);
  expect(json.invites.map(({ email, result }) => `${email} ${result}`)).toEqual(
    emails.map((email) => `${email} invited`),
  );
  await waitSeconds(stack(), 130);
  const listed = await listAll(stack(), admin, { limit: '100' });
  for (const [at, email] of emails.entries()) {
    expect(listed.filter((one) => one.email === email)).toMatchObject([{ id: json.invites[at]!.id }]);
    expect(stack().mails(email)).toHaveLength(1);
  }
});

test.each([0, 30])(
  '201 C51: at once with %d conflicts, there are no duplicates',
  { tags: 'engine' },
  async (times) => {
    const [key, emails] = [newKey(), people(20)];
    if (times > 0) stack().faults([{ kind: 'conflict', action: 'TransactWriteItems', times }]);
    const answers = await Promise.all(Array.from({ length: 3 }, () => create({ emails }, key)));
    for (const { status, json } of answers) {
      expect({ status, json }).toEqual({ status: 201, json: answers[0]!.json });
    }
    expect(new Set(answers[0]!.json.invites.map(({ result }) => result))).toEqual(new Set(['invited']));
    stack().faults([]);
    await stack().settle();
    for (const email of emails) expect(stack().mails(email)).toHaveLength(1);
  },
);

test.each<[string, string]>([
  ['nothing', ''],
  ['a blank within', 'one two'],
  ['a tab within', 'one\ttwo'],
  ['129 characters', 'k'.repeat(129)],
  ['a letter beyond ASCII', 'clé'],
])('422 C51: a key of %s is refused', async (_, key) => {
  const count = await inviteCount();
  const { status, json } = await create({}, key);
  expect({ status, paths: json.errors?.map(({ path }) => path) }).toEqual({
    status: 422,
    paths: ['Idempotency-Key'],
  });
  expect(await inviteCount()).toBe(count);
});

test('201 C51: a key may have 128 characters, and its rows need little room', async () => {
  // A thousand of them would not fit into one row of the store.
  const emails = Array.from({ length: 1_000 }, (_, at) => `${at} ${'日'.repeat(315)}`);
  const ask = () => create({ emails }, 'k'.repeat(128));
  const first = await ask();
  expect(first.status).toBe(201);
  expect(first.json.invites.map(({ email }) => email)).toEqual(emails);
  expect((await ask()).json).toEqual(first.json);
});

test('201 C51: no link, code or pass phrase can be had from what is kept of a request', async () => {
  const wish = { kind: 'device-only', passphrase: 'open sesame', code: 'ABRACADABR' };
  const key = newKey();
  const { json } = await create(wish, key);
  const many = (await create({ count: 5 }, newKey())).json.invites;
  const seen = JSON.stringify([await stack().dumpTables(), stack().logs()]);
  for (const { url, code } of [...json.invites, ...many]) {
    expect(seen).not.toContain(tokenOf(url).split('.')[1]);
    for (const spelling of [code!, code!.replace('-', '')]) expect(seen).not.toContain(spelling);
  }
  expect(seen).not.toContain(wish.passphrase);

  // A deployment with other keys stores another hash of the same body, so a stored hash does not help to guess a pass phrase.
  const elsewhere = await openStack('plain');
  await createInvites(elsewhere, await firstAdmin(elsewhere), wish, { key });
  const kept = [await stack().dumpTables(), await elsewhere.dumpTables()].flatMap(({ counters = [] }) =>
    counters.filter((row) => textOf(row, 'pk').endsWith(`#${key}`)),
  );
  await elsewhere.stop();
  expect(kept).toHaveLength(2);
  expect(new Set(kept.map((row) => textOf(row, 'bodyHash'))).size).toBe(2);
});
