import type { Stack } from '#local/stack/running-stack.ts';

/** What a store holds, and what has gone out by mail, as numbers by name. */
export type Footprint = ReadonlyMap<string, number>;

type Row = Readonly<Record<string, Record<string, unknown>>>;
export type Dump = Awaited<ReturnType<Stack['dumpTables']>>;

/** Numbers that are no times. */
const mostCounted = 1_000_000;

/** Rows whose number depends on the minute in which something happens, or on how many mails are sent in a second. */
const isTimed = (kind: string): boolean => kind.startsWith('counters rate');

/** The kind of a row: its table, and the words that its keys begin with. */
function kindOf(table: string, row: Row): string {
  const words = ['pk', 'sk', 'id'].flatMap((key) => {
    const text = row[key]?.['S'] as string | undefined;
    return /^([a-z]+)(#|$)/.exec(text ?? '')?.[1] ?? [];
  });
  return [table, ...words].join(' ');
}

/** What a row says that is neither random nor a time: which attributes it has, small numbers, words. */
function* factsOf(row: Row): Generator<[string, number]> {
  for (const [name, value] of Object.entries(row)) {
    // A set without members is no attribute.
    if (value['SS']) yield [`size of ${name}`, (value['SS'] as string[]).length];
    else yield [name, 1];
    const number = Number(value['N']);
    if (Math.abs(number) < mostCounted) yield [`sum of ${name}`, number];
    const text = value['S'] as string | undefined;
    if (text !== undefined && /^[a-z][a-z.-]{1,23}$/.test(text)) yield [`${name} ${text}`, 1];
    if (value['M']) yield [`size of ${name}`, Object.keys(value['M'] as object).length];
  }
}

export function footprintOf(dump: Dump, mails: readonly { subject: string }[]): Footprint {
  const found = new Map<string, number>();
  const add = (name: string, more: number) => found.set(name, (found.get(name) ?? 0) + more);
  for (const [table, rows] of Object.entries(dump))
    for (const row of rows as Row[]) {
      const kind = kindOf(table, row);
      if (isTimed(kind)) continue;
      // A counter of a window stays where it has counted down again.
      const isCounter = table === 'counters';
      if (!isCounter) add(kind, 1);
      for (const [fact, number] of factsOf(row))
        if (!isCounter || fact.startsWith('sum')) add(`${kind}: ${fact}`, number);
    }
  for (const { subject } of mails) add(`mailed: ${subject}`, 1);
  return found;
}

/** A footprint without what bears such a name. */
export const without = (footprint: Footprint, names: RegExp | undefined): Footprint =>
  names ? new Map([...footprint].filter(([name]) => !names.test(name))) : footprint;

/** What has changed from one footprint to a later one. */
export function growth(before: Footprint, after: Footprint): Footprint {
  const names = new Set([...before.keys(), ...after.keys()]);
  const changes = [...names].map((name) => [name, (after.get(name) ?? 0) - (before.get(name) ?? 0)] as const);
  return new Map(changes.filter(([, change]) => change !== 0));
}

/** A request takes two tries at most, such as of its address and of everybody. */
const triesOfRequest = 2;

/**
 * What there may be more of for each request that came to no decision. A try is taken before it is known whether it fails: one
 * whose request has died stays taken, or dying would be a free guess; so does one whose write is done once more, late, after it
 * was given back. A mail that has not gone out when the same request is made again gives way to the next one.
 */
const mayStay = (name: string, requests: number): number => {
  if (name === 'mails: state obsolete') return requests;
  return /^(counters.*: sum of tries|codes.*: (sum of tries|size of taken))$/.test(name)
    ? requests * triesOfRequest
    : 0;
};

/**
 * What of a growth lies outside all that may have happened: less than any of them, or more.
 * @param undecided how many requests came to no decision, or to a write that was done late.
 */
export function beyond(growths: readonly Footprint[], found: Footprint, undecided: number): string[] {
  const names = new Set([...found.keys(), ...growths.flatMap((one) => [...one.keys()])]);
  return [...names].flatMap((name) => {
    const allowed = growths.map((one) => one.get(name) ?? 0);
    const least = Math.min(...allowed);
    const most = Math.max(...allowed) + mayStay(name, undecided);
    const is = found.get(name) ?? 0;
    return is < least || is > most ? [`${name}: ${is}, not ${least} to ${most}`] : [];
  });
}
