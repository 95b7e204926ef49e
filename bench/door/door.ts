import { report, type Figure } from '../harness/measure.ts';
import { registerMany } from '../harness/people.ts';
import { withStacks } from '../harness/stack.ts';
import { coldStartFigures } from './cold-starts.ts';
import { apps, Portal } from './portal.ts';
import { stepsOf } from './steps.ts';
import { workFigures } from './work.ts';

/** The cost of signing in to apps, against its AWS calls and signatures, and against an empty Node process. */
export async function benchDoor(): Promise<Figure[]> {
  const settings = { rates: 'off', captcha: 'off', mailFrom: null, bcryptCost: 4, apps };
  return withStacks(1, settings, async ([stack], assembly) => {
    const [person] = await registerMany(stack!, 1);
    const portal = new Portal(stack!, assembly, person!);
    try {
      const figures: Figure[] = [];
      for (const step of stepsOf(portal)) figures.push(...report(await workFigures(stack!, assembly, step)));
      figures.push(...report(await coldStartFigures(stack!, assembly)));
      return figures;
    } finally {
      portal.stop();
    }
  });
}
