/** By the thing that something is done to: what was asked for last. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Does one thing after the other to the same things, in the order in which it was asked for: where answers overtake each other, the
 * page would show what is no more.
 * @param things their paths.
 */
export function inTurn<Value>(things: readonly string[], act: () => Promise<Value>): Promise<Value> {
  const turn = Promise.allSettled(things.map((thing) => turns.get(thing))).then(act);
  for (const thing of things) turns.set(thing, turn);
  return turn;
}
