import type { Stack } from '#local/stack/running-stack.ts';

/** The contents of a store, and the mails sent, as numbers by name. */
export type Footprint = ReadonlyMap<string, number>;

type Row = Readonly<Record<string, Record<string, unknown>>>;
export type Dump = Awaited<ReturnType<Stack['dumpTables']>>;

/** Smaller numbers are counts; larger ones are times. */
const mostCounted = 1_000_000;

/** Rows whose number depends on the minute of the act, or on how many mails are sent in a second. */
const isTimed = (kind: string): boolean => kind.startsWith('counters rate');

/** Numbers that start afresh at midnight. The same write also counts requests, whose window begins with the first request. */
const isOfDay = (fact: string): boolean => fact.startsWith('sum of questions.');

/** The kind of a row: its table, and the words that its keys begin with. */
function kindOf(table: string, row: Row): string {
  const words = ['pk', 'sk', 'id'].flatMap((key) => {
    const text = row[key]?.['S'] as string | undefined;
    return /^([a-z]+)(#|$)/.exec(text ?? '')?.[1] ?? [];
  });
  return [table, ...words].join(' ');
}

/** The facts of a row that are neither random nor times: its attributes, small numbers, words. */
function* factsOf(row: Row): Generator<[string, number]> {
  for (const [name, value] of Object.entries(row)) {
    // DynamoDB has no empty sets: the attribute is missing instead.
    if (value['SS']) yield [`size of ${name}`, (value['SS'] as string[]).length];
    else yield [name, 1];
    const number = Number(value['N']);
    if (Math.abs(number) < mostCounted) yield [`sum of ${name}`, number];
    const text = value['S'] as string | undefined;
    if (text !== undefined && /^[a-z][a-z.-]{1,23}$/.test(text)) yield [`${name} ${text}`, 1];
    if (value['M']) yield* membersOf(name, value['M'] as Row);
  }
}

/** The number of members of a map, the number of those already ended, and the small numbers in it. */
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
      // A window's counter keeps its row after it has counted down again, so rows of counters are not counted.
      const isCounter = table === 'counters';
      if (!isCounter) add(kind, 1);
      for (const [fact, number] of factsOf(row))
        if (!isOfDay(fact) && (!isCounter || fact.startsWith('sum'))) add(`${kind}: ${fact}`, number);
    }
  for (const { subject } of mails) add(`mailed: ${subject}`, 1);
  return found;
}

/** A footprint without the numbers whose names match. */
export const without = (footprint: Footprint, names: RegExp | undefined): Footprint =>
  names ? new Map([...footprint].filter(([name]) => !names.test(name))) : footprint;

/** The changes from one footprint to a later one. */
export function growth(before: Footprint, after: Footprint): Footprint {
  const names = new Set([...before.keys(), ...after.keys()]);
  const changes = [...names].map((name) => [name, (after.get(name) ?? 0) - (before.get(name) ?? 0)] as const);
  return new Map(changes.filter(([, change]) => change !== 0));
}

/** A request takes at most two tries, for example one of its address and one of all clients together. */
const triesOfRequest = 2;

/** The requests that faults disturbed, as numbers. */
export interface Disturbed {
  /** All disturbed requests. */
  sent: number;
  /** Requests that faults ended. */
  broken: number;
  /** Requests that reached no decision, or whose write was carried out late. */
  undecided: number;
  /** Tries of a mailer that faults may have ended. */
  deliveries: number;
  /** Those of the tries whose answer from SES, or the record of it, may have been lost: their mail may come twice. */
  mails: number;
}

/**
 * The excess that each disturbed request may leave. A try is taken before its outcome is known. If the request dies, the
 * try stays taken, or a crash would be a free guess. The same holds for a try whose write is carried out once more, late, after the
 * try was given back. If the same request is made again, a mail not yet sent gives way to the new one. A mail may come twice rather
 * than never.
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
 * The most that there may be in any case, although nothing of it is left without faults. A relayed call whose end could not be written
 * stays under way and counted. If the write that counted a call was sent twice, the ended call's id stays for a minute, so that a
 * late copy finds it.
 */
const mayBe = (name: string, { sent, broken }: Disturbed): number => {
  if (name === 'quotas: ended in underWay') return sent;
  return /^quotas: (size of underWay|sum of calls|sum of requests\.used)$/.test(name) ? broken : 0;
};

/** The numbers of a growth outside every permitted outcome: below the least of them or above the greatest. */
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
