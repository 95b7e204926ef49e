import type { Figure } from '../harness/measure.ts';
import { withStacks } from '../harness/stack.ts';
import { people } from './assumptions.ts';
import { recordUses } from './record-uses.ts';
import { throttlesOf } from './throttles.ts';
import { wallsOf } from './walls.ts';

const settings = { rates: 'on', bcryptCost: 4, mailsPerSecond: 1_000 };
const whole = (value: number): string => Math.ceil(value).toLocaleString('en');

/** The limits that a deployment of many people reaches, from the calls of the real functions: the figures of `docs/scale.md`. */
export async function benchScale(): Promise<Figure[]> {
  return withStacks(1, settings, async ([stack], assembly) => {
    const walls = wallsOf(await recordUses(stack!), throttlesOf(assembly));
    const width = Math.max(...walls.map(({ what }) => what.length));
    console.log(`${'at'.padEnd(width)} ${`by ${whole(people)}`.padStart(16)} ${'of'.padStart(10)} people`);
    for (const { what, asked, value, people: many, raised } of walls)
      console.log(
        `${what.padEnd(width)} ${whole(asked).padStart(16)} ${whole(value).padStart(10)} ${whole(many).padStart(16)} ${raised}`,
      );
    return [];
  });
}
