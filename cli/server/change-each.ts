import { Refused, exit } from '../failures.ts';
import type { Output } from '../terminal/output.ts';

/** What the server said of one of several ids. */
type Told<Item> = Item | { id: string; error: string };

/** Ids once each, one after the other. A refusal is told and does not stop the others; all else does. */
export async function changeEach<Item extends object>(
  ids: readonly string[],
  out: Output,
  change: (id: string) => Promise<Item>,
): Promise<{ items: Told<Item>[]; done: Item[]; exit: number }> {
  const items: Told<Item>[] = [];
  const done: Item[] = [];
  for (const id of new Set(ids)) {
    try {
      const item = await change(id);
      items.push(item);
      done.push(item);
    } catch (error) {
      const isItsOwn = error instanceof Refused && error.status >= 400 && error.status < 500;
      if (!isItsOwn || [401, 403, 429].includes(error.status)) throw error;
      items.push({ id, error: error.problem ?? String(error.status) });
      out.say(`${id}: ${error.message}`, ...error.lines.map((line) => `  ${line}`));
    }
  }
  return { items, done, exit: done.length < items.length ? exit.refused : exit.done };
}
