/** @module-tag engine */
import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { overtake } from '../harness/stack/meanwhile.ts';
import { attempt, tally, untilAnswered } from '../harness/people/guests.ts';
import { send } from '../harness/http/http.ts';
import { invite, openInvite, register, somebody, tokenOf } from '../harness/people/people.ts';
import { footprint, growth, oneRegistration } from '../harness/stack/rows.ts';
import { volume } from '../harness/volume.ts';

const { stack, admin } = useAdmin();

const redeem = (token: string, who: object = {}) => attempt(stack(), { token, ...who });

const rowCounts = async () => {
  const tables = Object.entries(await stack().dumpTables());
  return Object.fromEntries(tables.map(([name, rows]) => [name, rows.length]));
};

test.each([
  ['', 0],
  [' while the store reports conflicts', 30],
])('201 C1 R4.2: 200 parallel redemptions of a single-use invite make one user%s', async (_, conflicts) => {
  const token = await openInvite(stack(), admin);
  const before = await footprint(stack());
  const rows = await rowCounts();
  if (conflicts > 0) stack().faults([{ kind: 'conflict', action: 'TransactWriteItems', times: conflicts }]);
  const answers = await Promise.all(Array.from({ length: 200 }, () => redeem(token)));
  expect(tally(answers)).toEqual({ '201': 1, invite_used: 199 });

  expect(await growth(stack(), before)).toEqual(oneRegistration);
  const { users = 0, credentials = 0, invites = 0, sessions = 0, audit = 0, ...others } = rows;
  expect(await rowCounts()).toEqual({
    ...others,
    users: users + 3,
    credentials: credentials + 1,
    invites: invites + 1,
    sessions: sessions + 1,
    audit: audit + 1,
  });
  const winner = answers.find(({ status }) => status === 201)!;
  const me = await send(stack(), 'GET', '/v1/me', { token: winner.json.session!.token });
  expect(me.status).toBe(200);
});

/** By turn: the redemption is overtaken at its deciding write, the withdrawal is, or both run freely. */
async function inTurn<Redeemed, Revoked>(
  turn: number,
  redeems: () => Promise<Redeemed>,
  revokes: () => Promise<Revoked>,
): Promise<[Redeemed, Revoked]> {
  if (turn === 0) return overtake(stack(), 'registration-create', redeems, revokes);
  if (turn === 2) return Promise.all([redeems(), revokes()]);
  const [revoked, redeemed] = await overtake(stack(), 'admin-invite-revoke', revokes, redeems);
  return [redeemed, revoked];
}

test('201 C8: of a redemption and a withdrawal at once one takes place, never both', async () => {
  const seen = new Set<string>();
  for (let round = 0; round < volume(24, 9); round += 1) {
    const [row] = await invite(stack(), admin);
    const before = await footprint(stack());
    const { token } = admin.session;
    const redeems = () => redeem(tokenOf(row!.url));
    const revokes = () => send(stack(), 'POST', `/v1/admin/invites/${row!.id}/revoke`, { token });
    const [redeemed, revoked] = await inTurn(round % 3, redeems, revokes);
    const outcome = `${redeemed.json.code ?? redeemed.status} ${revoked.status}`;
    seen.add(outcome);
    const won = redeemed.status === 201;
    expect(won, outcome).toBe(revoked.status !== 200);
    if (!won) expect(redeemed.json.code).toBe('invite_revoked');
    expect((await growth(stack(), before)).users).toBe(won ? 1 : 0);
  }
  expect(seen.size, [...seen].join(', ')).toBeGreaterThan(1);
});

test('201 C20 R4.4: one address in several spellings, by two invites at once, makes one account', async () => {
  for (let round = 0; round < 5; round += 1) {
    const tokens = (await invite(stack(), admin, { count: 2 })).map(({ url }) => tokenOf(url));
    const { email } = somebody();
    const before = await footprint(stack());
    const answers = await Promise.all([
      redeem(tokens[0]!, { email }),
      redeem(tokens[1]!, { email: email.toUpperCase() }),
    ]);
    expect(tally(answers)).toEqual({ '201': 1, email_taken: 1 });
    expect(await growth(stack(), before)).toEqual(oneRegistration);
    const loser = tokens[answers.findIndex(({ status }) => status !== 201)]!;
    await register(stack(), loser);
  }
});

test('201 C20 R2.2: one username, by two invites at once, makes one account', async () => {
  const tokens = (await invite(stack(), admin, { count: 2 })).map(({ url }) => tokenOf(url));
  const { username } = somebody();
  const answers = await Promise.all(tokens.map((token) => redeem(token, { username })));
  expect(tally(answers)).toEqual({ '201': 1, username_taken: 1 });
});

test('201 C3: the same registration sent ten times at once is one account, and everybody is signed in', async () => {
  const token = await openInvite(stack(), admin);
  const guest = somebody();
  const before = await footprint(stack());
  const requests = Array.from({ length: 10 }, () => () => redeem(token, guest));
  const answers = await untilAnswered(stack(), requests);
  expect(tally(answers)).toEqual({ '201': 10 });
  expect(await growth(stack(), before)).toEqual({ ...oneRegistration, sessions: 10 });
  for (const { json } of answers) {
    const me = await send(stack(), 'GET', '/v1/me', { token: json.session!.token });
    expect(me.status).toBe(200);
  }
});
