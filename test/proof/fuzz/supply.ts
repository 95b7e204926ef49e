import type { Target } from './document.ts';
import type { Draft } from './draft.ts';
import { goodRequest } from './recipes.ts';
import type { World } from './world.ts';

/** So many requests are made of one good one: by then its account may be locked. */
const mostUses = 12;

/** Other requests may sign out whom this one is made for, while it is made: then it is made anew. */
async function made(world: World, target: Target, triesLeft = 5): Promise<Draft> {
  await world.renew();
  try {
    return await goodRequest(world, target);
  } catch (error) {
    if (triesLeft === 0) throw error;
    return made(world, target, triesLeft - 1);
  }
}

/** Good requests of one operation, each made anew when the one before has been granted, or tried often. */
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
    /** @param status what the last one was answered. */
    used(status: number): void {
      if ((status < 400 && !isSafe) || status === 401 || uses >= mostUses) {
        draft = undefined;
        uses = 0;
      }
    },
  };
}
