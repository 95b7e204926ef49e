import { minute } from '../clock.ts';
import type { Counts, Flight, Unanswered } from './quota.ts';

/** No function runs longer: a call that is still under way then has died with its Lambda. */
const longestFlight = 15 * minute;

/** So long after a call was counted, a copy of the write that did it may still be under way. */
const longestDelay = minute;
const repeatTime = 10 * minute;
const maxTries = 3;

/** What a quota remembers at most, so that its row stays small: calls, texts without an answer, and of each so many. */
export const most = { flying: 500, unanswered: 50, alike: 5 } as const;

/** Entries that one write takes away which are of no use any more; others have their turn later. */
const together = 20;

const isLive = ({ until }: Unanswered, now: number): boolean => now < until;

/** Whether a copy of the write that counted a call can still come. */
export const mayComeAgain = ({ at }: Flight, now: number): boolean => now < at + longestDelay;

/** Reservations whose calls have died, and names that are of no use any more. */
export const lostFlights = ({ flying }: Counts, now: number): string[] =>
  Object.entries(flying)
    .filter(([, flight]) => (flight.landed ? !mayComeAgain(flight, now) : flight.at + longestFlight <= now))
    .map(([id]) => id)
    .slice(0, together);

/** Fingerprints that nobody can come back for any more. */
export const forgotten = ({ unanswered }: Counts, now: number): string[] =>
  Object.keys(unanswered)
    .filter((print) => !unanswered[print]!.some((entry) => isLive(entry, now)))
    .slice(0, together);

/** The call that a repeat takes the place of, and those alike that stay for other repeats. */
export function takeOne(
  entries: readonly Unanswered[],
  now: number,
): { taken: Unanswered | undefined; rest: readonly Unanswered[] } {
  const [taken, ...rest] = entries
    .filter((entry) => isLive(entry, now))
    .toSorted((a, b) => a.until - b.until);
  return { taken, rest };
}

/** What is remembered of a call that got no answer; undefined where it was tried often enough. */
export function afterSilence({ repeats }: Flight, now: number): Unanswered | undefined {
  const tries = (repeats?.tries ?? 0) + 1;
  return tries < maxTries ? { tries, until: now + repeatTime } : undefined;
}

/** The calls alike with one more. */
export const withOneMore = (
  entries: readonly Unanswered[] = [],
  entry: Unanswered,
  now: number,
): readonly Unanswered[] => [...entries.filter((one) => isLive(one, now)), entry].slice(-most.alike);

/** The fingerprint that makes room for another: the one that is over first. */
export const firstToGo = ({ unanswered }: Counts): string | undefined => {
  const ends = Object.entries(unanswered).map(
    ([print, entries]) => [print, Math.max(0, ...entries.map(({ until }) => until))] as const,
  );
  return ends.toSorted((a, b) => a[1] - b[1])[0]?.[0];
};
