import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { solvedCaptcha } from '../harness/people/captchas.ts';
import { newDevice } from '../harness/people/devices.ts';
import { attempt, newAddress, refusedFields, tally, untilAnswered } from '../harness/people/guests.ts';
import { changeInvite, linkState } from '../harness/invites/invites.ts';
import { readInvite } from '../harness/invites/inviting.ts';
import { invite, tokenOf, type InviteRow } from '../harness/people/people.ts';
import { footprint, growth, numberOf, rowsOf } from '../harness/stack/rows.ts';
import { expectPage, invited } from '../harness/http/pages.ts';
import { daySeconds, enterWindow } from '../harness/stack/time.ts';

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
/** Prepares a registration with a new device, from a new address unless `from` is given. */
async function enter({ url }: InviteRow, phrase = passphrase, from = newAddress(), captcha?: string) {
  const { deviceKey } = await newDevice();
  const json = { ...account, token: tokenOf(url), passphrase: phrase, deviceKey, captcha };
  return () => attempt(stack(), json, { from });
}
const enterNow = async (...guest: Parameters<typeof enter>) => (await enter(...guest))();
const solved = () => solvedCaptcha(stack());
const needsCaptcha = { status: 422, json: { code: 'captcha_required' } };

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

test('201 C83 R3.4: blanks and line ends around it do not matter, where it is chosen and where it is typed', async () => {
  for (const chosen of [passphrase, ` ${passphrase}\n`]) {
    for (const typed of [passphrase, `${passphrase} `, `\u3000${passphrase}\r\n`]) {
      const row = await fresh({ passphrase: chosen });
      expect((await enterNow(row, typed)).status, JSON.stringify([chosen, typed])).toBe(201);
    }
  }
  const row = await fresh();
  for (const typed of [' ', 'open  sesame', '\n\n'])
    expect(refusedFields(await enterNow(row, typed))).toEqual([422, 'invalid', 'passphrase']);
});

test('422 201 R3.4 C11 C102: after five wrong phrases an address needs a captcha for each, and others need none', async () => {
  const row = await fresh({ maxUses: 9 });
  const from = newAddress();
  for (let n = 0; n < 5; n += 1) expect((await enterNow(row, `guess ${n}`, from)).status).toBe(422);
  for (const phrase of ['guess 6', passphrase])
    expect(await enterNow(row, phrase, from)).toMatchObject(needsCaptcha);
  expect((await enterNow(row)).status, 'a member elsewhere').toBe(201);

  const captcha = await solved();
  expect((await enterNow(row, passphrase, from, captcha)).status, 'a member beside the guesser').toBe(201);
  expect(await enterNow(row, passphrase, from, captcha), 'spent').toMatchObject(needsCaptcha);
  expect(refusedFields(await enterNow(row, 'guess 7', from, await solved()))).toEqual([
    422,
    'invalid',
    'passphrase',
  ]);
  const other = (await invite(stack(), admin, { kind: 'device-only', passphrase }))[0]!;
  expect((await enterNow(other, passphrase, from)).status, 'another invite').toBe(201);
  stack().clock.offsetSeconds += tenMinutes;
  expect((await enterNow(row, passphrase, from)).status).toBe(201);
});

test('422 C102: the form asks for the captcha, and lets in with it', async () => {
  const row = await fresh();
  const deviceKey = JSON.stringify((await newDevice()).deviceKey);
  const { visitor, form } = await invited(stack(), tokenOf(row.url));
  const typed = { passphrase, deviceKey };
  for (let n = 0; n < 5; n += 1)
    expectPage(await visitor.submit(form, '/register', { ...typed, passphrase: `guess ${n}` }), 422);
  const again = await visitor.submit(form, '/register', typed);
  expectPage(again, 422, 'Please show that you are no program', 'name="captcha"');
  expect((await visitor.submit(again, '/register', { ...typed, captcha: await solved() })).status).toBe(303);
});

test(
  '422 C11 C102: of thirty wrong phrases at once from an address five are looked at',
  { tags: 'engine' },
  async () => {
    const row = await fresh();
    const from = newAddress();
    const requests = await Promise.all(Array.from({ length: 30 }, (_, n) => enter(row, `guess ${n}`, from)));
    const answers = await Promise.all(requests.map((request) => request()));
    expect(tally(answers)).toEqual({ captcha_required: 25, invalid: 5 });
    expect(await enterNow(row, passphrase, from)).toMatchObject(needsCaptcha);
    expect(await linkState(stack(), tokenOf(row.url))).toBe('active');
    expect((await enterNow(row)).status, 'a member elsewhere').toBe(201);
  },
);

test('422 201 C102: after a hundred wrong phrases a day from everywhere each needs a captcha, and nobody is shut out', async () => {
  const row = await fresh({ maxUses: 2 });
  enterWindow(stack(), daySeconds);
  const guessers = Array.from({ length: 20 }, newAddress);
  for (const from of guessers) {
    const five = await Promise.all(Array.from({ length: 5 }, (_, n) => enterNow(row, `guess ${n}`, from)));
    expect(tally(five)).toEqual({ invalid: 5 });
  }
  expect(await enterNow(row)).toMatchObject(needsCaptcha);
  expect((await enterNow(row, passphrase, newAddress(), await solved())).status).toBe(201);
  enterWindow(stack(), daySeconds);
  expect((await enterNow(row)).status).toBe(201);
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
  const from = newAddress();
  for (let n = 0; n < 4; n += 1) expect((await enterNow(row, 'wrong', from)).json.code).toBe('invalid');
  for (let n = 0; n < 7; n += 1) expect((await enterNow(row, passphrase, from)).status).toBe(201);
  expect((await enterNow(row, 'wrong', from)).json.code).toBe('invalid');
  expect(await enterNow(row, passphrase, from)).toMatchObject(needsCaptcha);
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

test('200 R3.4 R5.4: a phrase is kept for as long as its invite, also when that gets a new life', async () => {
  const { id } = await fresh({ expiresInDays: 3 });
  const goneAt = async () =>
    rowsOf(await stack().dumpTables(), 'invites', 'pk', `invite#${id}`).map((row) => numberOf(row, 'ttl'));
  const before = await goneAt();
  stack().clock.offsetSeconds += 2 * daySeconds;
  expect((await changeInvite(stack(), admin, id, 'reissue')).status).toBe(200);
  const after = await goneAt();
  expect([before.length, after.length, new Set(before).size, new Set(after).size]).toEqual([2, 2, 1, 1]);
  expect(after[0]! - before[0]!).toBeGreaterThanOrEqual(2 * daySeconds);
});
