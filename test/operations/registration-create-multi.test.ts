/** @module-tag engine */
import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { attempt, newAddress, tally, untilAnswered, type Outcome } from '../harness/people/guests.ts';
import { readInvite } from '../harness/invites/inviting.ts';
import { invite, register, somebody, tokenOf } from '../harness/people/people.ts';
import { footprint, growth, oneRegistration } from '../harness/stack/rows.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();

const times = (count: number) =>
  Object.fromEntries(Object.keys(oneRegistration).map((kind) => [kind, count]));

/** The invite is used up, and its list names exactly those whom it let in. */
async function expectUsedBy(id: string, answers: readonly Outcome[]): Promise<void> {
  const { json } = await readInvite(stack(), admin, id);
  const names = answers.flatMap(({ json: { user } }) => user?.username ?? []).toSorted();
  expect(json).toMatchObject({ status: 'used', uses: names.length, usesLeft: 0 });
  expect(json.usedBy.map(({ username }) => username).toSorted()).toEqual(names);
  for (const { at } of json.usedBy) expect(Date.parse(at)).toBeGreaterThan(0);
}

test.each([
  ['', 1, 0],
  ['', 10, 0],
  [' while the store reports conflicts', 10, 30],
])(
  '201 C2 R2.1: of four times as many as may come at once, exactly those come in%s (%i)',
  async (_, uses, conflicts) => {
    const [row] = await invite(stack(), admin, { maxUses: uses });
    const before = await footprint(stack());
    if (conflicts) stack().faults([{ kind: 'conflict', action: 'TransactWriteItems', times: conflicts }]);
    const token = tokenOf(row!.url);
    const answers = await Promise.all(Array.from({ length: 4 * uses }, () => attempt(stack(), { token })));
    stack().faults([]);
    expect(tally(answers)).toEqual({ '201': uses, invite_used: 3 * uses });
    expect(await growth(stack(), before)).toEqual(times(uses));
    await expectUsedBy(row!.id, answers);
  },
);

test('201 C2 R2.1: sixteen at once by a code of four uses, each from a place of their own', async () => {
  const [row] = await invite(stack(), admin, { maxUses: 4 });
  const before = await footprint(stack());
  const answers = await Promise.all(
    Array.from({ length: 16 }, () => attempt(stack(), { code: row!.code }, { from: newAddress() })),
  );
  expect(tally(answers)).toEqual({ '201': 4, invite_used: 12 });
  expect(await growth(stack(), before)).toEqual(times(4));
  await expectUsedBy(row!.id, answers);
});

test('422 R2.1: one address is let in once, in any spelling, and uses up one', async () => {
  const [row] = await invite(stack(), admin, { maxUses: 5 });
  const token = tokenOf(row!.url);
  const { email } = somebody();
  const { json } = await attempt(stack(), { token, email });
  // With the same password the server would take them for the same guest, whose answer was lost (C3).
  const other = { token, email, password: 'another person altogether' };
  const again = await attempt(stack(), { ...other, email: email.toUpperCase() });
  expect(again).toMatchObject({ status: 422, json: { code: 'email_taken' } });
  const all = await Promise.all(Array.from({ length: 4 }, () => attempt(stack(), other)));
  expect(tally(all)).toEqual({ email_taken: 4 });
  const read = await readInvite(stack(), admin, row!.id);
  expect(read.json).toMatchObject({ status: 'active', uses: 1, usesLeft: 4 });
  expect(read.json.usedBy.map(({ userId }) => userId)).toEqual([json.user!.id]);
});

test('201 C3 C20: one address and password, twenty times at once, is one user and one use', async () => {
  const [row] = await invite(stack(), admin, { maxUses: 20 });
  const token = tokenOf(row!.url);
  const { email } = somebody();
  const before = await footprint(stack());
  // Each request has another name, but the same password shows that they are the same guest.
  const requests = Array.from({ length: 20 }, () => () => attempt(stack(), { token, email }));
  const answers = await untilAnswered(stack(), requests);
  expect(tally(answers)).toEqual({ '201': 20 });
  expect(new Set(answers.map(({ json: { user } }) => user!.id)).size).toBe(1);
  expect(await growth(stack(), before)).toMatchObject({ users: 1, emails: 1, usernames: 1, redemptions: 1 });
  expect((await readInvite(stack(), admin, row!.id)).json).toMatchObject({ uses: 1 });
});

test('201 R2.1: an invite without an end lets in ten years later', async () => {
  const [row] = await invite(stack(), admin, { expiresInDays: null });
  expect(row!.expiresAt).toBeNull();
  stack().clock.offsetSeconds = 3_650 * daySeconds;
  const { user } = await register(stack(), tokenOf(row!.url));
  expect(user.role).toBe('general');
});
