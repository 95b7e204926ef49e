import { dayOf, startOfDay } from '../calendar.ts';
import { day, hour } from '../clock.ts';
import type { Settings } from '../deployment/settings.ts';
import { ofCallLimits, type CallGrants, type CallLimit } from '../users/call-limits.ts';

/** Calls that were counted since a window began, and attempts, of which none is given back. Times in milliseconds. */
interface Count {
  startedAt: number;
  used: number;
  tried: number;
}

/** The usage of a user's relayed calls. */
export interface Quota extends Record<CallLimit, Count> {
  userId: string;
  /** All calls there ever were, and when the last one was. */
  calls: number;
  lastCallAt: number;
  /** Calls that have not ended, by id; an ended one may stay for a while. */
  underWay: Readonly<Record<string, { at: number; isQuestion: boolean; ended?: true }>>;
}

/** A row of an earlier release: its counts are taken over. */
type Past = Record<'requestsFrom' | 'requestsUsed' | 'questionsUsed' | 'calls' | 'lastCallAt', number> & {
  questionsDay: string;
};

const count = (startedAt = 0, used = 0): Count => ({ startedAt, used, tried: used });

/** The row as it is; one that is not there is zero. */
export function asQuota(userId: string, found: Quota | Past | undefined): Quota {
  if (found && 'underWay' in found) return found;
  const { calls = 0, lastCallAt = 0, requestsFrom, requestsUsed, questionsDay, questionsUsed } = found ?? {};
  const questions = count(questionsDay ? startOfDay(questionsDay) : 0, questionsUsed);
  return { userId, requests: count(requestsFrom, requestsUsed), questions, calls, lastCallAt, underWay: {} };
}

/** The limits that a call counts against. */
export const limitsFor = ({ isQuestion }: { isQuestion: boolean }): readonly CallLimit[] =>
  isQuestion ? ['requests', 'questions'] : ['requests'];

/** Where the window of a call begins: a day in UTC has its own beginning, the other windows begin with the call. */
export const windowStart = (name: CallLimit, at: number): number =>
  name === 'questions' ? startOfDay(dayOf(at)) : at;

/** The row as it most often is: a window runs, and the day has begun. */
export const expectedRow = (userId: string, now: number): Quota => ({
  ...asQuota(userId, undefined),
  ...ofCallLimits((name) => count(windowStart(name, now))),
});

/** So many calls in each window, and three times as many attempts: calls that fail are bounded as well. */
const limitOf = (limit: number, windowMs: number) => ({ limit, attempts: 3 * limit, windowMs });

/** The limits of a user: their own grants, or else the deployment's. */
export const limitsOf = (
  { requestLimit, questionLimit }: CallGrants,
  settings: Pick<Settings, 'userRequests' | 'userQuestions' | 'requestHours'>,
) => ({
  requests: limitOf(requestLimit ?? settings.userRequests, settings.requestHours * hour),
  questions: limitOf(questionLimit ?? settings.userQuestions, day),
});

export type Limits = ReturnType<typeof limitsOf>;

/** The usage of both limits; `resetsAt` in milliseconds, null where no window runs. */
export function usageOf(row: Quota, limits: Limits, now: number) {
  return ofCallLimits((name) => {
    const { limit, attempts, windowMs } = limits[name];
    // A day goes on whether or not there was a call.
    const begins = name === 'questions' ? windowStart(name, now) : undefined;
    const isOver = row[name].startedAt + windowMs <= now;
    const { startedAt, used, tried } = isOver ? { startedAt: begins, used: 0, tried: 0 } : row[name];
    // Never negative, though a limit can be lowered below the usage.
    const remaining = Math.max(0, Math.min(limit - used, attempts - tried));
    return { limit, used, remaining, resetsAt: startedAt === undefined ? null : startedAt + windowMs };
  });
}
