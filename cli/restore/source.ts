import { wrongUsage } from '../failures.ts';

/** The history of a table. */
export interface Past {
  /** Since when its rows have been valid: for a restored table, since all was carried over. */
  since: Date;
  /** The table that was in use before it; undefined if this one was not restored. */
  before: string | undefined;
  /** The times to which DynamoDB can restore it; undefined if it keeps no history. */
  window: { from: Date; to: Date } | undefined;
}

export const seconds = (time: Date): string => time.toISOString().replace(/\.\d+/, '');

/**
 * Finds the table that was in use at that time: the present one, or the one before it, and so on. Each table counts only for the
 * time when it was in use. A replaced table stays as it was when it was closed, and DynamoDB would restore that state to any
 * later second too.
 * @throws CommandError if no table reaches back to that time.
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
