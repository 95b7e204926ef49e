import type { Target } from './document.ts';
import type { Draft } from './draft.ts';
import { goodRequest } from './recipes.ts';
import type { World } from './world.ts';

/** The most requests made from one valid request. By then its account may be locked. */
const mostUses = 12;

/** Makes a valid request. If other requests sign out its user meanwhile, it is made again. */
async function made(world: World, target: Target, triesLeft = 5): Promise<Draft> {
  await world.renew();
  try {
    return await goodRequest(world, target);
  } catch (error) {
    if (triesLeft === 0) throw error;
    return made(world, target, triesLeft - 1);
  }
}

/** Valid requests of one operation. A new one is made after the last was granted, or was tried often. */
export function supplyOf(world: World, target: Target) {
  let draft: Promise<Draft> | undefined;
  let uses = 0;
  const isSafe = target.method === 'GET';
  return {
    next(): Promise<Draft> {
      uses += 1;
      draft ??= made(world, target);
      return draft;
    },
    /** @param status the answer to the last request. */
    used(status: number): void {
      if ((status < 400 && !isSafe) || status === 401 || uses >= mostUses) {
        draft = undefined;
        uses = 0;
      }
    },
  };
}
