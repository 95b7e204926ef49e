import { report, type Figure } from '../harness/measure.ts';
import { callFigures } from './calls.ts';
import { firstByteFigures } from './first-byte.ts';
import { neighbourFigures } from './neighbour.ts';
import { registerHolders, withTokens } from './people.ts';
import { streamFigures } from './stream.ts';
import { withStacks } from '../harness/stack.ts';
import { StandIn } from './stand-in.ts';

/** The neighbour, the hot user, and the users who together make the same load. */
const people = 2 + 20;
const unlimited = 1_000_000;

/** The relay's cost, against direct calls of the provider's stand-in and against the AWS calls that it makes. */
export async function benchRelay(): Promise<Figure[]> {
  const standIn = await StandIn.start();
  const settings = {
    rates: 'off',
    mailFrom: null,
    bcryptCost: 4,
    userRequests: unlimited,
    userQuestions: unlimited,
    'services.claude.baseUrl': `${standIn.url}/claude`,
  };
  try {
    return await withStacks(1, settings, async ([stack], assembly) => {
      const holders = await registerHolders(stack!, people);
      const parts = [firstByteFigures, streamFigures, neighbourFigures, callFigures];
      const figures: Figure[] = [];
      for (const part of parts) {
        const bench = { stack: stack!, assembly, standIn, holders: await withTokens(stack!, holders) };
        figures.push(...report(await part(bench)));
      }
      return figures;
    });
  } finally {
    standIn.stop();
  }
}
