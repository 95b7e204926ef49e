import crypto from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { parseSettings } from '#shared/deployment/settings.ts';
import { argon2id } from '#shared/passwords/argon2id.ts';
import { bcrypt } from '#shared/passwords/bcrypt.ts';

afterEach(() => {
  vi.doUnmock('bcryptjs');
  vi.restoreAllMocks();
});

/** The costs of the comparisons that `act` asks for. */
async function costsOf(act: () => Promise<unknown>): Promise<number[]> {
  const costs: number[] = [];
  const compare = (_: string, hash: string) => {
    costs.push(Number(hash.split('$')[2]));
    return Promise.resolve(false);
  };
  vi.doMock('bcryptjs', () => ({ compare }));
  await act();
  return costs;
}

test.each([
  ['an unknown user', undefined],
  ['an outdated hash', 6],
  ['a current hash', 10],
])('C26: bcrypt takes as much work for %s as for any', async (_, cost) => {
  const settings = { ...parseSettings({ mailFrom: 'invites@example.com' }), bcryptCost: 10 };
  const kept =
    cost === undefined
      ? undefined
      : ({ algorithm: 'bcrypt', cost, hash: `$2b$${String(cost).padStart(2, '0')}$` } as const);
  const costs = await costsOf(async () => {
    if (kept) await bcrypt.matches('secret', kept);
    await bcrypt.makeUp('secret', kept, settings);
  });
  // Each step of the cost doubles the work.
  expect(costs.reduce((sum, one) => sum + 2 ** one, 0)).toBe(2 ** settings.bcryptCost);
});

test('C26: Argon2id takes as much work for an unknown user and an outdated hash as for a current one', async () => {
  const settings = parseSettings({ mailFrom: 'invites@example.com' });
  const asked = vi.spyOn(crypto, 'argon2');
  const kept = await argon2id.hash('secret', settings);
  const [, present] = asked.mock.calls[0]!;
  const workOf = async (act: () => Promise<unknown>) => {
    asked.mockClear();
    await act();
    return asked.mock.calls.map(([, { memory, passes, parallelism }]) => ({ memory, passes, parallelism }));
  };
  const { memory, passes, parallelism } = present;
  const now = { memory, passes, parallelism };
  expect(await workOf(() => argon2id.makeUp('secret', undefined, settings))).toEqual([now]);
  expect(await workOf(() => argon2id.makeUp('secret', { ...kept, passes: 1 }, settings))).toEqual([now]);
  expect(await workOf(() => argon2id.matches('secret', kept))).toEqual([now]);
  expect(await workOf(() => argon2id.makeUp('secret', kept, settings))).toEqual([]);
});
