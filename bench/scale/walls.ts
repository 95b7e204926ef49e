import { demanded, demands, durations, peakOf, people, type Demanded } from './assumptions.ts';
import { limits, mostRequestsPerSecond, type Limit } from './limits.ts';
import { shardsOf, type Use } from './record-use.ts';

/** A limit, and the number of people who reach it. */
export interface Wall extends Limit {
  /** The demand of `people` in the busiest second, or day. */
  asked: number;
  /** The number of people at which the limit is reached. */
  people: number;
}

/** The use of AWS by one request of each operation. Includes only the partitions that all people share. */
export type Uses = Readonly<Record<Demanded, Use>>;

const sum = (of: (id: Demanded) => number): number => demanded.reduce((total, id) => total + of(id), 0);
const atPeak = (of: (id: Demanded) => number): number => sum((id) => of(id) * peakOf(id));

function msOf(id: Demanded, { calls, hashes }: Use): number {
  const own = durations.workMs + calls * durations.callMs + hashes * durations.hashMs;
  return id === 'relay' ? own + durations.relayedMs : own;
}

/** Compares the busiest second and the day of `people` with all limits. @returns the walls, the lowest one first. */
export function wallsOf(uses: Uses, throttles: ReadonlyMap<string, number>): Wall[] {
  const walls: Wall[] = [];
  const hold = (limit: Limit, asked: number): void => {
    if (asked > 0) walls.push({ ...limit, asked, people: (people * limit.value) / asked });
  };
  for (const [id, value] of throttles) {
    const throttle = { raised: 'setting', source: '../infra/api/throttles.ts' } as const;
    const what = `${id}, throttle of its route with requestsPerSecond ${mostRequestsPerSecond}`;
    hold({ ...throttle, what, value }, peakOf(id as Demanded));
  }
  hold(
    limits.api,
    atPeak((id) => (id === 'relay' ? 0 : 1)),
  );
  hold(
    limits.lambda,
    atPeak((id) => msOf(id, uses[id]) / 1_000),
  );
  hold(
    limits.kms,
    atPeak((id) => uses[id].keyCalls),
  );
  hold(
    limits.mailsPerSecond,
    atPeak((id) => uses[id].mails),
  );
  hold(
    limits.mailsPerDay,
    sum((id) => uses[id].mails * demands[id].perDay),
  );
  hold(
    { ...limits.row, what: 'registrations by the invites of one administrator' },
    peakOf('registration-create'),
  );
  const names = (of: 'tables' | 'partitions') => new Set(demanded.flatMap((id) => [...uses[id][of].keys()]));
  for (const name of names('tables'))
    hold(
      { ...limits.table, what: `table ${name}` },
      atPeak((id) => uses[id].tables.get(name) ?? 0),
    );
  for (const name of names('partitions')) {
    const shards = shardsOf(name);
    const limit = { ...limits.partition, value: shards * limits.partition.value };
    const what = `partition ${name.replace(/\d{4}-\d\d-\d\d/, 'of a day')}`;
    hold(
      { ...limit, what },
      atPeak((id) => uses[id].partitions.get(name) ?? 0),
    );
  }
  return walls.toSorted((a, b) => a.people - b.people);
}
