/** The action that was asked for last, by the path of the thing that it changes. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Runs actions on the same things one after the other, in the order in which they were asked for. If answers overtook each
 * other, the page would show an outdated state.
 * @param things their paths.
 */
export function inTurn<Value>(things: readonly string[], act: () => Promise<Value>): Promise<Value> {
  const turn = Promise.allSettled(things.map((thing) => turns.get(thing))).then(act);
  for (const thing of things) turns.set(thing, turn);
  return turn;
}
