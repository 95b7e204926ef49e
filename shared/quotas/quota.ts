import { hour } from '../clock.ts';
import type { Settings } from '../deployment/settings.ts';
import { dayOf, shiftDay, startOfDay } from '../calendar.ts';
import type { User } from '../users/user.ts';

/** What a user's relayed calls have used. Times in milliseconds. */
export interface Counts {
  /** The window began with its first call; calls that it has counted. */
  requestsFrom: number;
  requestsUsed: number;
  /** The day in UTC, such as `2026-11-20`, and questions that it has counted. */
  questionsDay: string;
  questionsUsed: number;
  /** All calls there ever were, and when the last one was. */
  calls: number;
  lastCallAt: number;
  /** Calls that are under way, by the id of their reservation. */
  flying: Readonly<Record<string, Flight>>;
  /** Calls that were counted but not answered, by the fingerprint of what was asked. */
  unanswered: Readonly<Record<string, readonly Unanswered[]>>;
}

/** The row of a user; one that is not there is zero. */
export interface Quota extends Counts {
  userId: string;
}

export type LimitName = 'requests' | 'questions';

/** What a user may do: so many calls in each window of so many milliseconds, so many of them questions in a day. */
export type Limits = Readonly<Record<LimitName | 'window', number>>;

export const limitsOf = (
  { requestLimit, questionLimit }: Pick<User, 'requestLimit' | 'questionLimit'>,
  settings: Pick<Settings, 'userRequests' | 'userQuestions' | 'requestHours'>,
): Limits => ({
  requests: requestLimit ?? settings.userRequests,
  questions: questionLimit ?? settings.userQuestions,
  window: settings.requestHours * hour,
});

/** Whether the row's window still counts. One whose calls were all given back has not begun. */
export const isRunning = (
  { requestsFrom, requestsUsed }: Pick<Counts, 'requestsFrom' | 'requestsUsed'>,
  { window }: Limits,
  now: number,
): boolean => requestsUsed > 0 && now < requestsFrom + window;

/** The day that questions count for: days do not go back where the clocks of two functions differ. */
export const questionDay = (row: Pick<Counts, 'questionsDay'> | undefined, now: number): string =>
  row && row.questionsDay > dayOf(now) ? row.questionsDay : dayOf(now);

export const endOfDay = (day: string): number => startOfDay(shiftDay(day, 1));

/** Where a user stands with one limit; `resetsAt` in milliseconds, null where nothing runs that could end. */
export interface Standing {
  limit: number;
  used: number;
  /** Never negative, though a limit can be lowered below what was used. */
  remaining: number;
  resetsAt: number | null;
}

/** Where a user stands with both limits. */
export function standing(row: Counts | undefined, limits: Limits, now: number): Record<LimitName, Standing> {
  const isOpen = row !== undefined && isRunning(row, limits, now);
  const day = questionDay(row, now);
  const asked = row?.questionsDay === day ? row.questionsUsed : 0;
  const of = (limit: number, used: number, resetsAt: number | null): Standing => ({
    limit,
    used,
    remaining: Math.max(0, limit - used),
    resetsAt,
  });
  return {
    requests: of(
      limits.requests,
      isOpen ? row.requestsUsed : 0,
      isOpen ? row.requestsFrom + limits.window : null,
    ),
    questions: of(limits.questions, asked, endOfDay(day)),
  };
}

/** A call that is under way, as its user's quota remembers it. */
export interface Flight {
  /** When it was counted (milliseconds): not before the beginning of the window that counts it. */
  at: number;
  /** The day that counts it as a question. */
  day?: string;
  /** The call without an answer that this one repeats: then nothing was counted for this one. */
  repeats?: Unanswered;
  /** It has ended. Its name stays for a while, so that no late copy of the write that counted it counts it again. */
  landed?: true;
}

/** A call that was counted but got no answer: the same call again is not counted again, `until` then (milliseconds). */
export interface Unanswered {
  /** How often it was tried. */
  tries: number;
  until: number;
}
