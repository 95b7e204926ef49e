import { day } from '#shared/clock.ts';

interface Page {
  items: readonly { at: string }[];
  nextCursor: string | null;
}

/** The most days that are drawn, and the most pages that are read for them. */
const mostDays = 14;
const mostPages = 3;

export interface Recent {
  /** When each use was, newest first. */
  times: number[];
  /** Whether there are older uses that were not read. */
  isCut: boolean;
}

/** Reads the uses of the drawn days, as far as `mostPages` pages hold them. */
export async function readRecent(
  read: (query: { limit: string; cursor: string | null }) => Promise<Page>,
  now = Date.now(),
): Promise<Recent> {
  const times: number[] = [];
  let cursor: string | null = null;
  for (let count = 0; count < mostPages; count += 1) {
    const page: Page = await read({ limit: '100', cursor });
    times.push(...page.items.map(({ at }) => Date.parse(at)));
    cursor = page.nextCursor;
    if (cursor === null || times.at(-1)! < now - mostDays * day) break;
  }
  return { times, isCut: cursor !== null };
}

/** Midnight at the start of the reader's day, `daysBefore` days before `now`. */
function startOfDay(now: number, daysBefore: number): number {
  const start = new Date(now);
  start.setHours(0, 0, 0, 0);
  start.setDate(start.getDate() - daysBefore);
  return start.getTime();
}

/** How often a key was used on each of the reader's last days. A day that was not read completely is left out. */
export function byDay(
  { times, isCut }: Recent,
  now: number,
  language: string,
): { label: string; value: number }[] {
  const format = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric' });
  const oldest = isCut ? (times.at(-1) ?? now) : Number.NEGATIVE_INFINITY;
  return Array.from({ length: mostDays }, (_, index) => mostDays - 1 - index)
    .map((before) => ({ from: startOfDay(now, before), until: startOfDay(now, before - 1) }))
    .filter(({ from, until }) => from > oldest || until > now)
    .map(({ from, until }) => ({
      label: format.format(from),
      value: times.filter((time) => time >= from && time < until).length,
    }));
}
