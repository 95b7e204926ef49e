import { dayOf } from '../calendar.ts';
import { lostFlights, most, takeOne } from './flight.ts';
import {
  type Unanswered,
  type Flight,
  isRunning,
  questionDay,
  standing,
  type LimitName,
  type Limits,
  type Counts,
} from './quota.ts';

/** A call that asks to be counted. */
export interface Ask {
  /** Names the reservation, so that it is counted once however often it is written. */
  id: string;
  isQuestion: boolean;
  /** Equal for calls that ask the same. */
  fingerprint: string;
  limits: Limits;
}

/** Why a call is not let through: the limit that holds it back longest. `resetsAt` in milliseconds. */
export interface Refusal {
  limit: LimitName;
  of: number;
  remaining: number;
  resetsAt: number;
}

/** One write that counts a call, and what it takes the row for. */
export interface Step {
  flight: Flight;
  /** The window and the day that are over, as the row still has them; undefined where they go on. */
  endedWindow?: Pick<Counts, 'requestsFrom' | 'requestsUsed'> | undefined;
  endedDay?: string | undefined;
  /** Calls of the same fingerprint without an answer, as the row has them, and those that stay. */
  alike?: { seen: readonly Unanswered[]; rest: readonly Unanswered[] } | undefined;
  /** Calls that have died, to be forgotten, and how many the row remembers with them. */
  lost?: readonly string[];
  crowd?: number;
}

/** `first`: there is no row yet; `busy`: too many calls are under way. */
export type Plan = { step: Step } | { flight: Flight } | { refusal: Refusal } | 'first' | 'busy';

/** What is most often right: a window runs, the day is the same, and nothing like it is without an answer. */
export const usualStep = ({ isQuestion }: Ask, now: number): Step => ({
  flight: { at: now, ...(isQuestion && { day: dayOf(now) }) },
});

/** The row of who has not called yet. */
export const emptyRow: Counts = {
  requestsFrom: 0,
  requestsUsed: 0,
  questionsDay: '',
  questionsUsed: 0,
  calls: 0,
  lastCallAt: 0,
  flying: {},
  unanswered: {},
};

/** What comes next for a call, by the row as it was found: the reservation is there, is refused, or is to be written. */
export function planReservation(row: Counts | undefined, ask: Ask, now: number): Plan {
  const { id, isQuestion, fingerprint, limits } = ask;
  const flying = row?.flying[id];
  if (flying) return { flight: flying };
  const seen = row?.unanswered[fingerprint];
  const { taken, rest } = takeOne(seen ?? [], now);
  const refusal = taken ? undefined : refusalOf(row, ask, now);
  if (refusal) return { refusal };
  if (!row) return 'first';

  const lost = lostFlights(row, now);
  const crowd = Object.keys(row.flying).length;
  if (crowd - lost.length >= most.flying) return 'busy';
  const alike = seen && { seen, rest };
  if (taken) return { step: { flight: { at: now, repeats: taken }, alike, lost, crowd } };

  const goesOn = isRunning(row, limits, now);
  const day = questionDay(row, now);
  return {
    step: {
      flight: { at: goesOn ? Math.max(now, row.requestsFrom) : now, ...(isQuestion && { day }) },
      endedWindow: goesOn ? undefined : row,
      endedDay: row.questionsDay === day ? undefined : row.questionsDay,
      alike,
      lost,
      crowd,
    },
  };
}

function refusalOf(row: Counts | undefined, { isQuestion, limits }: Ask, now: number): Refusal | undefined {
  const stands = standing(row, limits, now);
  const names: LimitName[] = isQuestion ? ['requests', 'questions'] : ['requests'];
  const refusals = names
    .map((limit) => ({
      limit,
      of: limits[limit],
      remaining: stands[limit].remaining,
      // Of a limit of zero no window ever begins.
      resetsAt: stands[limit].resetsAt ?? now + limits.window,
    }))
    .filter(({ remaining }) => remaining === 0);
  return refusals.toSorted((a, b) => b.resetsAt - a.resetsAt)[0];
}

/**
 * What a call that never reached its provider gets back, by the row as it is: only what the same window and the same
 * day have counted.
 */
export const givenBack = ({ at, day, repeats }: Flight, row: Counts) => ({
  call: repeats === undefined,
  request: repeats === undefined && row.requestsFrom <= at,
  question: day !== undefined && row.questionsDay === day,
});
