/** By what it is done to: the last that was asked for. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Does one thing after the other to the same thing, in the order in which it was asked for: where answers overtake each other, the
 * page would show what is no more.
 */
export function inTurn<Value>(what: string, act: () => Promise<Value>): Promise<Value> {
  const turn = (turns.get(what) ?? Promise.resolve()).then(act, act);
  turns.set(what, turn);
  return turn;
}
