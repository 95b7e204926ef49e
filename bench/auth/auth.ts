import { meFigures } from './me.ts';
import { registrationFigures } from './registration.ts';
import { refusalFigures } from './refusal.ts';
import { crowdFigures, signInFigures } from './sign-in.ts';
import { verifyFigures } from './verify.ts';
import { whoFigures } from './who.ts';
import { report, type Figure } from '../harness/measure.ts';
import { registerMany } from '../harness/people.ts';
import { signInAdmin, withStacks } from '../harness/stack.ts';

const crowd = 100;
/** Accounts that see wrong passwords. */
const victims = 50;
/** The lowest bcrypt cost of a deployment, and a lower cost at which the rest of the work is visible. */
const realCost = 12;
const lightCost = 10;
const minCost = 4;

const settings = { rates: 'off', captcha: 'off', mailFrom: null };

/** The work of every request and of every wrong password. */
const light = () =>
  withStacks(1, { ...settings, bcryptCost: lightCost }, async ([stack], assembly) => {
    const admin = await signInAdmin(stack!);
    const [person, ...others] = await registerMany(stack!, 1 + victims, admin);
    return [
      ...(await whoFigures(stack!, assembly, person!)),
      ...(await verifyFigures(stack!, assembly, person!)),
      ...(await meFigures(stack!, person!)),
      ...(await registrationFigures(stack!, assembly, admin)),
      ...(await refusalFigures(stack!, assembly, others, lightCost)),
    ];
  });

/** Sign-ins at a realistic cost. If a crowd does not get in within API Gateway's time limit, also at the next cost that may fit. */
async function real(cost: number): Promise<Figure[]> {
  const { figures, done } = await withStacks(
    1,
    { ...settings, bcryptCost: cost },
    async ([stack], assembly) => {
      const people = await registerMany(stack!, crowd);
      const single = await signInFigures(stack!, assembly, people[0]!, cost);
      const all = await crowdFigures(stack!, people, cost, single.compare);
      const alone = cost === realCost ? single.figures : [];
      return { figures: [...alone, ...all.figures], done: all.done };
    },
  );
  if (done === crowd) return figures;
  const less = Math.ceil(Math.log2(crowd / Math.max(done, 1)));
  return cost - less < minCost ? figures : [...figures, ...(await real(cost - less))];
}

/** The cost of signing in and of requests with a session, against the least work that any design must do. */
export async function benchAuth(): Promise<Figure[]> {
  return [...report(await light()), ...report(await real(realCost))];
}
