import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { newDevice } from '../harness/people/devices.ts';
import { attempt, newAddress, refusedFields, tally, untilAnswered } from '../harness/people/guests.ts';
import { linkState } from '../harness/invites/invites.ts';
import { readInvite } from '../harness/invites/inviting.ts';
import { invite, tokenOf, type InviteRow } from '../harness/people/people.ts';
import { footprint, growth } from '../harness/stack/rows.ts';
import { enterWindow } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();
const tenMinutes = 600;
const passphrase = 'open sesame';

/** A new invite for devices alone, in ten minutes of its own. */
async function fresh(wish: object = {}): Promise<InviteRow> {
  enterWindow(stack(), tenMinutes);
  const [row] = await invite(stack(), admin, { kind: 'device-only', passphrase, ...wish });
  return row!;
}
const account = { email: undefined, username: undefined, password: undefined };
/** Comes with a device of its own. */
async function enter({ url }: InviteRow, phrase = passphrase) {
  const { deviceKey } = await newDevice();
  const json = { ...account, token: tokenOf(url), passphrase: phrase, deviceKey };
  return () => attempt(stack(), json, { from: newAddress() });
}
const enterNow = async (row: InviteRow, phrase?: string) => (await enter(row, phrase))();

test('422 R3.4 C9: a wrong phrase is named, and the invite stays usable', async () => {
  const row = await fresh();
  const before = await footprint(stack());
  const answer = await enterNow(row, 'Open Sesame');
  expect(refusedFields(answer)).toEqual([422, 'invalid', 'passphrase']);
  expect(answer.json.errors![0]!.message).toMatch(/\w/);
  expect(Object.values(await growth(stack(), before))).toEqual([0, 0, 0, 0, 0, 0]);
  expect(await linkState(stack(), tokenOf(row.url))).toBe('active');
  expect((await enterNow(row)).status).toBe(201);
});

test('429 R3.4 C11: five wrong phrases in ten minutes, from wherever; then not even the right one', async () => {
  const row = await fresh();
  const other = (await invite(stack(), admin, { kind: 'device-only', passphrase }))[0]!;
  for (let n = 0; n < 5; n += 1) expect((await enterNow(row, `guess ${n}`)).status).toBe(422);
  for (const phrase of ['guess 6', passphrase]) {
    const { status, json, headers } = await enterNow(row, phrase);
    expect({ status, code: json.code }).toEqual({ status: 429, code: 'rate_limited' });
    const wait = Number(headers['retry-after']);
    expect(wait).toBeGreaterThan(tenMinutes - 60);
    expect(wait).toBeLessThanOrEqual(tenMinutes);
    expect(json.detail).toContain(String(wait));
  }
  expect((await enterNow(other)).status, 'another invite').toBe(201);
  const { headers } = await enterNow(row);
  stack().clock.offsetSeconds += Number(headers['retry-after']) - 2;
  expect((await enterNow(row)).status).toBe(429);
  stack().clock.offsetSeconds += 2;
  expect((await enterNow(row)).status).toBe(201);
});

test('422 C11: of thirty wrong phrases at once five are looked at', { tags: 'engine' }, async () => {
  const row = await fresh();
  const requests = await Promise.all(Array.from({ length: 30 }, (_, n) => enter(row, `guess ${n}`)));
  const answers = await Promise.all(requests.map((request) => request()));
  expect(tally(answers)).toEqual({ invalid: 5, rate_limited: 25 });
  const late = await enterNow(row);
  expect(late.status).toBe(429);
  expect(Number(late.headers['retry-after'])).toBeGreaterThan(1);
  expect(await linkState(stack(), tokenOf(row.url))).toBe('active');
});

test('201 R3.4 C2: twenty devices that know the phrase all come in, whoever must wait a second', async () => {
  const row = await fresh({ maxUses: 20 });
  const before = await footprint(stack());
  const requests = await Promise.all(Array.from({ length: 20 }, () => enter(row)));
  const answers = await untilAnswered(stack(), requests);
  expect(tally(answers)).toEqual({ '201': 20 });
  expect(await growth(stack(), before)).toMatchObject({ users: 20, redemptions: 20, sessions: 20 });
  const { json } = await readInvite(stack(), admin, row.id);
  expect(json).toMatchObject({ status: 'used', uses: 20 });
  expect(new Set(json.usedBy.map(({ userId }) => userId)).size).toBe(20);
});

test('201 C24: right phrases are not counted, one after the other or among wrong ones', async () => {
  const row = await fresh({ maxUses: 20 });
  for (let n = 0; n < 4; n += 1) expect((await enterNow(row, 'wrong')).status).toBe(422);
  for (let n = 0; n < 7; n += 1) expect((await enterNow(row)).status).toBe(201);
  expect((await enterNow(row, 'wrong')).status).toBe(422);
  expect((await enterNow(row)).status).toBe(429);
});

test('422 C11: an invite that is over costs no try', async () => {
  const row = await fresh();
  await enterNow(row);
  const { counters: before } = await stack().dumpTables();
  for (let n = 0; n < 6; n += 1) expect((await enterNow(row, 'wrong')).json.code).toBe('invite_used');
  expect((await stack().dumpTables())['counters']).toEqual(before);
});

test('201 R3.4: the same phrase typed in another normal form is the same phrase', async () => {
  const row = await fresh({ passphrase: 'ｓｅｓａｍｅ が' });
  expect((await enterNow(row, 'sesame か\u3099')).status).toBe(201);
});
