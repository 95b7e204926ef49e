import { expect, test } from 'vitest';
import { chooseIndex } from '#shared/invites/choose-invite-index.ts';
import { openRegistration, type Invite } from '#shared/invites/invite.ts';
import { tellApart } from '#shared/invites/issued-invites.ts';
import { rowsToRead, takePage, type InviteQuery } from '#shared/invites/list-invites.ts';
import type { RedemptionRow } from '#shared/invites/list-redemptions.ts';

const now = 1_700_000_000_000;

async function* rows(count: number, of: (at: number) => Partial<Invite> = () => ({})) {
  for (let at = 0; at < count; at += 1) {
    await Promise.resolve();
    yield { ...openRegistration, id: `${at}`, createdAt: now - at, ...of(at) };
  }
}
const page = async (from: AsyncIterable<Invite | RedemptionRow>, query: Partial<InviteQuery>) => {
  const { items, next } = await takePage(from, { limit: 2, now, ...query }, 'createdAt');
  return { ids: items.map(({ id }) => id), next };
};

test('R0.7: each filter has an index that serves it, and of several one is read', () => {
  const { email, label, issuer } = { email: 'team.', label: 'spring', issuer: 'somebody' };
  const read = (filters: Partial<InviteQuery>) => {
    const { index, partition, sort, ascending } = chooseIndex({ now, ...filters });
    return [index, ...partition, sort, ascending];
  };
  expect(read({})).toEqual(['byCreated', 'listing', 'invite', 'createdAt', undefined]);
  expect(read({ email, label, issuer, status: 'used' })).toEqual([
    'byEmail',
    'listing',
    'invite',
    'email',
    true,
  ]);
  expect(read({ label, issuer, status: 'used' }).slice(0, 3)).toEqual(['byLabel', 'label', label]);
  expect(read({ issuer, status: 'used' }).slice(0, 3)).toEqual(['byIssuer', 'issuerId', issuer]);
  expect(read({ status: 'undelivered' }).slice(0, 3)).toEqual(['byTrouble', 'trouble', 'undelivered']);
  for (const status of ['used', 'revoked'] as const)
    expect(read({ status }).slice(0, 3)).toEqual(['byState', 'state', status]);
});

test('R0.7: what expires in this very millisecond is listed as expired, and not as active', () => {
  const lists = (status: 'active' | 'expired', expiresAt: number) =>
    chooseIndex({ status, now }).meets?.(expiresAt);
  expect([now - 1, now, now + 1].map((at) => lists('active', at))).toEqual([false, false, true]);
  expect([now - 1, now, now + 1].map((at) => lists('expired', at))).toEqual([true, true, false]);
});

test('R0.7: a page ends when it is full and more follows, and says where', async () => {
  expect(await page(rows(2), {})).toEqual({ ids: ['0', '1'], next: undefined });
  expect(await page(rows(3), {})).toEqual({ ids: ['0', '1'], next: { id: '1', at: now - 1 } });
});

test('R0.7: a page looks through 5,000 invites at most, however few it finds, and the next one goes on there', async () => {
  const label = 'spring';
  const rare = (count: number) => rows(count, (at) => (at === 4_999 ? { label } : {}));
  expect(await page(rare(5_000), { label })).toEqual({ ids: ['4999'], next: undefined });
  expect(await page(rare(6_000), { label })).toEqual({
    ids: ['4999'],
    next: { id: '4999', at: now - 4_999 },
  });
  const file = { label, looksThrough: 6_000 };
  expect(
    await page(
      rows(7_000, (at) => (at === 5_999 ? { label } : {})),
      file,
    ),
  ).toEqual({
    ids: ['5999'],
    next: { id: '5999', at: now - 5_999 },
  });
  const all = { limit: 6_000 };
  expect((await page(rows(6_001), all)).ids).toHaveLength(6_000);
});

test('R0.7: one query reads a row more than the page shows, and more only where there are several filters', () => {
  const read = (query: Partial<InviteQuery>) => rowsToRead({ limit: 25, now, ...query });
  expect([read({}), read({ label: 'spring' }), read({ limit: 5_000 })]).toEqual([26, 26, 1_000]);
  expect(read({ label: 'spring', status: 'used' })).toBe(1_000);
});

test('R0.7: under an issuer, where those lie too whom the invites let in, all of them count as looked at', async () => {
  const guest = { sk: '', userId: 'guest', redeemedAt: now, createdAt: now } satisfies RedemptionRow;
  async function* under() {
    for await (const row of rows(2, () => ({ issuerId: 'somebody' }))) {
      yield row;
      for (let n = 0; n < 6_000; n += 1) yield guest;
    }
  }
  const query = { issuer: 'somebody' };
  expect(await page(under(), query)).toEqual({ ids: ['0'], next: { id: '0', at: now } });
  // A page never begins at a guest: the search goes on to the next invite, however many guests come first.
  async function* afterGuests() {
    for (let n = 0; n < 6_000; n += 1) yield guest;
    yield* rows(1, () => ({ issuerId: 'somebody' }));
  }
  expect(await page(afterGuests(), query)).toEqual({ ids: ['0'], next: undefined });
  expect(await page(under(), { ...query, looksThrough: 20_000 })).toEqual({
    ids: ['0', '1'],
    next: undefined,
  });
});

test('R0.2 C97: of a branch the people and the invites are told apart, and whether there are more of either', async () => {
  async function* under(...kinds: ('guest' | 'invite')[]) {
    for await (const row of rows(kinds.length)) {
      const guest: RedemptionRow = { sk: '', userId: row.id, redeemedAt: now, createdAt: now };
      yield kinds[Number(row.id)] === 'guest' ? guest : row;
    }
  }
  const told = async (...kinds: ('guest' | 'invite')[]) => {
    const { people, invites, more } = await tellApart(under(...kinds), 2);
    return { people, invites: invites.map(({ id }) => id), more };
  };
  const [people, invites] = [
    ['0', '2'],
    ['1', '3'],
  ];
  expect(await told('guest', 'invite', 'guest', 'invite')).toEqual({ people, invites, more: false });
  expect(await told('guest', 'guest', 'guest')).toEqual({ people: ['0', '1'], invites: [], more: true });
  expect(await told('guest', 'invite', 'guest', 'invite', 'guest')).toEqual({ people, invites, more: true });
  expect(await told('guest', 'invite', 'guest', 'invite', 'invite')).toEqual({ people, invites, more: true });
});
