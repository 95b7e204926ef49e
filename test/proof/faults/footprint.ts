import type { Stack } from '#local/stack/running-stack.ts';

/** What a store holds, and what has gone out by mail, as numbers by name. */
export type Footprint = ReadonlyMap<string, number>;

type Row = Readonly<Record<string, Record<string, unknown>>>;
export type Dump = Awaited<ReturnType<Stack['dumpTables']>>;

/** Numbers that are no times. */
const mostCounted = 1_000_000;

/** Rows whose number depends on the minute in which something happens, or on how many mails are sent in a second. */
const isTimed = (kind: string): boolean => kind.startsWith('counters rate');

/** Numbers that begin anew at midnight. The same write counts requests, whose window begins with the first one. */
const isOfDay = (fact: string): boolean => fact.startsWith('sum of questions.');

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
    if (value['M']) yield* membersOf(name, value['M'] as Row);
  }
}

/** How many members a map has, those that have ended by themselves, and small numbers in it. */
function* membersOf(name: string, map: Row): Generator<[string, number]> {
  const members = Object.values(map);
  const ended = members.filter(({ M }) => M && 'ended' in (M as Row)).length;
  yield [`size of ${name}`, members.length - ended];
  yield [`ended in ${name}`, ended];
  for (const [key, value] of Object.entries(map)) {
    const number = Number(value['N']);
    if (Math.abs(number) < mostCounted) yield [`sum of ${name}.${key}`, number];
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
        if (!isOfDay(fact) && (!isCounter || fact.startsWith('sum'))) add(`${kind}: ${fact}`, number);
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

/** How many requests were disturbed. */
export interface Disturbed {
  /** All of them. */
  sent: number;
  /** Those that faults have ended. */
  broken: number;
  /** Those that came to no decision, or to a write that was done late. */
  undecided: number;
  /** Tries of a mailer that faults can have ended, and those of which SES's answer or the record of it can have been lost. */
  deliveries: number;
  mails: number;
}

/**
 * What there may be more of for each request that was disturbed. A try is taken before it is known whether it fails: one
 * whose request has died stays taken, or dying would be a free guess; so does one whose write is done once more, late, after it
 * was given back. A mail that has not gone out when the same request is made again gives way to the next one.
 * A mail comes twice rather than never.
 */
const mayStay = (name: string, { undecided, deliveries, mails }: Disturbed): number => {
  if (name === 'mails: sum of attempts') return deliveries;
  if (name.startsWith('mailed: ')) return mails;
  if (name === 'mails: state obsolete') return undecided;
  return /^(counters.*: sum of tries|codes.*: (sum of tries|size of taken))$/.test(name)
    ? undecided * triesOfRequest
    : 0;
};

/**
 * What there may be in any case, though without faults nothing of it is left. A relayed call whose end could not be written
 * stays under way and counted. The id of an ended one stays for a minute where the write that counted it was sent twice, so that
 * a late copy finds it.
 */
const mayBe = (name: string, { sent, broken }: Disturbed): number => {
  if (name === 'quotas: ended in underWay') return sent;
  return /^quotas: (size of underWay|sum of calls|sum of requests\.used)$/.test(name) ? broken : 0;
};

/** What of a growth lies outside all that may have happened: less than any of them, or more. */
export function beyond(growths: readonly Footprint[], found: Footprint, disturbed: Disturbed): string[] {
  const names = new Set([...found.keys(), ...growths.flatMap((one) => [...one.keys()])]);
  return [...names].flatMap((name) => {
    const allowed = growths.map((one) => one.get(name) ?? 0);
    const least = Math.min(...allowed);
    const most = Math.max(...allowed, mayBe(name, disturbed)) + mayStay(name, disturbed);
    const is = found.get(name) ?? 0;
    return is < least || is > most ? [`${name}: ${is}, not ${least} to ${most}`] : [];
  });
}
