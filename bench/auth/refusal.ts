import type { Stack } from '#local/stack/running-stack.ts';
import { eventOf, meteredFunction } from '../harness/functions.ts';
import type { Figure } from '../harness/measure.ts';
import { takeTurns } from '../harness/metered.ts';
import type { Person } from '../harness/people.ts';

/** The number of wrong passwords after which an account is locked (R2.8). */
const tries = 5;
const warmUp = 25;

/**
 * Whether the time of a refused sign-in reveals that the account exists (C26).
 * @param people accounts without a failed sign-in so far.
 * @param cost of their hashes. It is low, so that one AWS call more or less is visible; at 12 the hash would hide it. It is not
 * the lowest, because the noise of a busy machine would then be as large as the bound.
 */
export async function refusalFigures(
  stack: Stack,
  assembly: string,
  people: readonly Person[],
  cost: number,
): Promise<Figure[]> {
  const { metered: refuse } = meteredFunction(stack, assembly, 'session-create');
  const names = { known: (number: number) => people[number]!.login, unknown: unknownLogin };
  const rounds = people.length * tries - warmUp;
  /** One try at a time: other load on the machine changes quickly, and must affect both kinds alike. */
  const lot = (name: (number: number) => string) => async (round: number) => {
    const login = name(round % people.length);
    const body = { login, password: 'wrong horse battery', transport: 'token' };
    const taken = await refuse.run([eventOf('session-create', { body })]);
    const { statusCode } = JSON.parse(taken.last) as { statusCode: number };
    if (statusCode !== 401) throw new Error(`a wrong password was answered ${taken.last}`);
    return taken;
  };
  try {
    const { known, unknown } = await takeTurns(
      { known: lot(names.known), unknown: lot(names.unknown) },
      rounds,
      warmUp,
    );
    return [
      { what: `CPU of a wrong password, bcrypt cost ${cost}`, value: known.cpu, unit: 'ms' },
      {
        what: 'CPU of it, known account against unknown, apart by',
        value: apart(known.cpu, unknown.cpu),
        unit: '%',
        bound: { at: 'most', value: 2 },
      },
      {
        what: 'duration of it, known account against unknown, apart by',
        value: apart(known.elapsed, unknown.elapsed),
        unit: '%',
      },
    ];
  } finally {
    refuse.stop();
  }
}

/** A login that no account has, as long as those of accounts. */
const unknownLogin = (number: number): string => `ghost${String(number).padStart(4, '0')}@example.com`;

const apart = (one: number, other: number): number => Math.abs(one / other - 1) * 100;
