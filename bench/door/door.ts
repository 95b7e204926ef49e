import { report } from '../harness/measure.ts';
import { registerMany } from '../harness/people.ts';
import { withStacks } from '../harness/stack.ts';
import { coldStartFigures } from './cold-starts.ts';
import { apps, Portal } from './portal.ts';
import { stepsOf } from './steps.ts';
import { workFigures } from './work.ts';

/** What signing in to apps costs, against the AWS calls and signatures that it is made of, and an empty Node process. */
export async function benchDoor(): Promise<boolean> {
  const settings = { rates: 'off', captcha: 'off', mailFrom: null, bcryptCost: 4, apps };
  return withStacks(1, settings, async ([stack], assembly) => {
    const [person] = await registerMany(stack!, 1);
    const portal = new Portal(stack!, assembly, person!);
    try {
      const held: boolean[] = [];
      for (const step of await stepsOf(portal)) held.push(report(await workFigures(stack!, assembly, step)));
      held.push(report(await coldStartFigures(stack!, assembly)));
      return held.every(Boolean);
    } finally {
      portal.stop();
    }
  });
}
