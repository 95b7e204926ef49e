import { wrongUsage } from '../failures.ts';

/** What is known of a table's time. */
export interface Past {
  /** From when on its rows are what was true: of a restored one, since all was carried over. */
  since: Date;
  /** The table that was in use before it; undefined where it was not restored. */
  before: string | undefined;
  /** What DynamoDB can restore of it; undefined where it keeps no history. */
  window: { from: Date; to: Date } | undefined;
}

export const seconds = (time: Date): string => time.toISOString().replace(/\.\d+/, '');

/**
 * Finds the table that was in use at that time: the present one, or the one before it, and so on. Each counts for its own time
 * only: one that was replaced stays as it was when it was closed, and DynamoDB would restore that to any later second too.
 * @throws Ending where none reaches back to then.
 */
export async function sourceOf(
  inUse: string,
  at: Date,
  pastOf: (table: string) => Promise<Past | undefined>,
): Promise<string> {
  const said = new Map<string, string>();
  let replaced = Infinity;
  for (let name: string | undefined = inUse; name !== undefined && !said.has(name);) {
    const past = await pastOf(name);
    if (!past) {
      said.set(name, `${name}, which was in use before, is gone.`);
      break;
    }
    const { window, since, before } = past;
    if (!window) said.set(name, `${name} keeps no history: point-in-time recovery is off.`);
    else {
      const from = Math.max(window.from.getTime(), since.getTime());
      const to = Math.min(window.to.getTime(), replaced);
      if (from <= at.getTime() && at.getTime() <= to) return name;
      said.set(
        name,
        from <= to
          ? `${name} can be restored from ${seconds(new Date(from))} to ${seconds(new Date(to))}.`
          : `${name} keeps no history yet, or none any more, of the time in which it was in use.`,
      );
    }
    replaced = Math.min(replaced, since.getTime());
    name = before;
  }
  throw wrongUsage(`Nothing can be restored to ${seconds(at)}.`, [...said.values()]);
}
