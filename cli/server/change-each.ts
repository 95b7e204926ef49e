import { Ending, exit, isAboutRequest } from '../failures.ts';
import { thisCommand } from '../terminal/command-line.ts';
import { interruption } from '../terminal/interruption.ts';
import type { Output } from '../terminal/output.ts';
import type { Server } from './server.ts';

/** How one id is asked for: where, whether again after a lost answer, and what is said when it stays lost. */
interface Asking {
  server: Server;
  repeatable: boolean;
  ifLost: string;
}

interface Act<Item> {
  server: Server;
  out: Output;
  /** Whether doing it twice is doing it once. */
  isRepeatable: boolean;
  /** Says of an id whose answer is missing what may be done, and how to see. */
  ifLost: (id: string) => string;
  change: (id: string, asking: Asking) => Promise<Item>;
}

/** What the server said of one of several ids. */
type Told<Item> = Item | { id: string; error: string };

interface Changed<Item> {
  items: Told<Item>[];
  done: Item[];
  /** Why it broke off, and the command that goes on. */
  said: string[];
  exit: number;
}

/** Requests at once. */
const atOnce = 8;

/** What chooses ids where none are given. */
const filters = { '--status': true, '--note': true };

/** The same command for the ids that are left, which nothing has to choose any more. */
const restOf = (ids: ReadonlySet<string>, left: readonly string[]): string =>
  thisCommand(
    filters,
    left,
    process.argv.slice(2).filter((arg) => arg !== '-' && !ids.has(arg)),
  );

/**
 * Ids once each. What is refused of one is told and does not stop the others; all else ends it, and so does a signal. What may be
 * done and is not repeatable is named, and is left out of the command that goes on.
 */
export async function changeEach<Item extends object>(
  given: readonly string[],
  { server: connected, out, isRepeatable, ifLost, change }: Act<Item>,
): Promise<Changed<Item>> {
  const ids = new Set(given);
  const queue = [...ids];
  const left: string[] = [];
  /** Those whose answer is missing. */
  const lost: string[] = [];
  /** Asked for, without an answer yet. */
  let underWay: string[] = [];
  const items: Told<Item>[] = [];
  const done: Item[] = [];
  const rest = () => {
    const unsure = [...lost, ...underWay];
    const missing = unsure.length > 0 ? `, and up to ${unsure.length} more: their answer is missing` : '';
    const count = `${done.length} of ${ids.size} are done${missing}.`;
    const others = [...left, ...(isRepeatable ? unsure : []), ...queue];
    const named = isRepeatable ? [] : unsure.map(ifLost);
    return others.length === 0
      ? [count, ...named]
      : [...named, `${count} For the others:`, `  ${restOf(ids, others)}`];
  };
  // One request that is stopped at once leaves nothing to go on with.
  const signal = ids.size > 1 ? interruption(out, rest) : undefined;
  const server = signal ? connected.stoppedBy(signal) : connected;
  let trouble: Ending | undefined;
  const take = (id: string, result: PromiseSettledResult<Item>) => {
    if (result.status === 'fulfilled') {
      items.push(result.value);
      done.push(result.value);
      return;
    }
    const error: unknown = result.reason;
    // All else is about the others too.
    if (isAboutRequest(error)) {
      items.push({ id, error: error.problem ?? String(error.status) });
      out.say(`${id}: ${error.message}`, ...error.lines.map((line) => `  ${line}`));
      return;
    }
    if (!(error instanceof Ending)) throw error;
    trouble ??= error;
    (error.mayBeDone ? lost : left).push(id);
  };
  await out.progress(queue.length, 'ids', async (progress) => {
    while (queue.length > 0 && !trouble) {
      const some = queue.splice(0, atOnce);
      underWay = some;
      const results = await Promise.allSettled(
        some.map((id) => change(id, { server, repeatable: isRepeatable, ifLost: ifLost(id) })),
      );
      underWay = [];
      for (const [at, id] of some.entries()) take(id, results[at]!);
      progress.advance(some.length);
      if (signal?.aborted && queue.length > 0) trouble ??= signal.reason as Ending;
    }
  });
  if (!trouble) {
    return { items, done, said: [], exit: done.length < items.length ? exit.refused : exit.done };
  }
  const { message, lines, code } = trouble as Ending;
  if (items.length === 0 && lost.length < 2 && !signal?.aborted) throw trouble;
  return { items, done, said: [...new Set([message, ...lines, ...rest()])], exit: code };
}
