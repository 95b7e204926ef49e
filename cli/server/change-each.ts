import { CommandError, exit, isAboutRequest } from '../failures.ts';
import { thisCommand } from '../terminal/command-line.ts';
import { interruption } from '../terminal/interruption.ts';
import type { Output } from '../terminal/output.ts';
import type { Server } from './server.ts';

/**
 * How the request for one id is sent: to which server, whether it is repeated after a lost answer, and what is said if the
 * answer stays lost.
 */
interface Asking {
  server: Server;
  repeatable: boolean;
  ifLost: string;
}

interface Act<Item> {
  server: Server;
  out: Output;
  /** Whether doing it twice has the same effect as doing it once. */
  isRepeatable: boolean;
  /** The message about an id whose answer is missing: what may be done, and how to see it. */
  ifLost: (id: string) => string;
  change: (id: string, asking: Asking) => Promise<Item>;
}

/** The server's answer about one of several ids. */
type Told<Item> = Item | { id: string; error: string };

interface Changed<Item> {
  items: Told<Item>[];
  done: Item[];
  /** Why the command broke off, and the command that goes on. */
  said: string[];
  exit: number;
}

/** Requests at once. */
const atOnce = 8;

/** Options that select ids if no ids are given. */
const filters = { '--status': true, '--note': true };

/** The same command for the ids that are left, without the options that selected them. */
const restOf = (ids: ReadonlySet<string>, left: readonly string[]): string =>
  thisCommand(
    filters,
    left,
    process.argv.slice(2).filter((arg) => arg !== '-' && !ids.has(arg)),
  );

/**
 * Changes each id once. A refusal that is about one id is reported and does not stop the others. Any other error ends the work,
 * and so does a signal. If the change is not repeatable, ids that may be done are named, and left out of the command that goes
 * on.
 */
export async function changeEach<Item extends object>(
  given: readonly string[],
  { server: connected, out, isRepeatable, ifLost, change }: Act<Item>,
): Promise<Changed<Item>> {
  const ids = new Set(given);
  const queue = [...ids];
  const left: string[] = [];
  /** Ids whose answer is missing. */
  const lost: string[] = [];
  /** Ids whose request is under way. */
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
  // A single request that is stopped at once leaves nothing to go on with.
  const signal = ids.size > 1 ? interruption(out, rest) : undefined;
  const server = signal ? connected.stoppedBy(signal) : connected;
  let trouble: CommandError | undefined;
  const take = (id: string, result: PromiseSettledResult<Item>) => {
    if (result.status === 'fulfilled') {
      items.push(result.value);
      done.push(result.value);
      return;
    }
    const error: unknown = result.reason;
    // Any other error is about the other ids too.
    if (isAboutRequest(error)) {
      items.push({ id, error: error.problem ?? String(error.status) });
      out.say(`${id}: ${error.message}`, ...error.lines.map((line) => `  ${line}`));
      return;
    }
    if (!(error instanceof CommandError)) throw error;
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
      if (signal?.aborted && queue.length > 0) trouble ??= signal.reason as CommandError;
    }
  });
  if (!trouble) {
    return { items, done, said: [], exit: done.length < items.length ? exit.refused : exit.done };
  }
  const { message, lines, code } = trouble as CommandError;
  if (items.length === 0 && lost.length < 2 && !signal?.aborted) throw trouble;
  return { items, done, said: [...new Set([message, ...lines, ...rest()])], exit: code };
}
