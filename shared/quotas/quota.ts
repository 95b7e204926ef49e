import { dayOf, startOfDay } from '../calendar.ts';
import { day, hour } from '../clock.ts';
import type { Settings } from '../deployment/settings.ts';
import { ofCallLimits, type CallGrants, type CallLimit } from '../users/call-limits.ts';

/** Calls counted since a window began (`used`), and attempts (`tried`), which are never given back. Times in milliseconds. */
interface Count {
  startedAt: number;
  used: number;
  tried: number;
}

/** The usage of a user's relayed calls. */
export interface Quota extends Record<CallLimit, Count> {
  userId: string;
  /** The number of all calls ever, without those given back, and when the last call was. */
  calls: number;
  lastCallAt: number;
  /** Calls that have not ended, by id; an ended one may stay for a while. */
  underWay: Readonly<Record<string, { at: number; isQuestion: boolean; ended?: true }>>;
}

/** A row of an earlier release, whose counts are carried over. */
type Past = Record<'requestsFrom' | 'requestsUsed' | 'questionsUsed' | 'calls' | 'lastCallAt', number> & {
  questionsDay: string;
};

const count = (startedAt = 0, used = 0): Count => ({ startedAt, used, tried: used });

/** The row in its present form. All counts are zero if there is no row. */
export function asQuota(userId: string, found: Quota | Past | undefined): Quota {
  if (found && 'underWay' in found) return found;
  const { calls = 0, lastCallAt = 0, requestsFrom, requestsUsed, questionsDay, questionsUsed } = found ?? {};
  const questions = count(questionsDay ? startOfDay(questionsDay) : 0, questionsUsed);
  return { userId, requests: count(requestsFrom, requestsUsed), questions, calls, lastCallAt, underWay: {} };
}

/** The limits that a call counts against. */
export const limitsFor = ({ isQuestion }: { isQuestion: boolean }): readonly CallLimit[] =>
  isQuestion ? ['requests', 'questions'] : ['requests'];

/** The beginning of the window that a call opens: that of the UTC day for questions, else the time of the call. */
export const windowStart = (name: CallLimit, at: number): number =>
  name === 'questions' ? startOfDay(dayOf(at)) : at;

/** The most likely row: a window is running, and the day has begun. */
export const expectedRow = (userId: string, now: number): Quota => ({
  ...asQuota(userId, undefined),
  ...ofCallLimits((name) => count(windowStart(name, now))),
});

/** Allows `limit` calls in each window, and three times as many attempts, so that failing calls are bounded too. */
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

/** The usage of both limits; `resetsAt` in milliseconds, null if no window is running. */
export function usageOf(row: Quota, limits: Limits, now: number) {
  return ofCallLimits((name) => {
    const { limit, attempts, windowMs } = limits[name];
    // A day runs whether or not there was a call.
    const begins = name === 'questions' ? windowStart(name, now) : undefined;
    const isOver = row[name].startedAt + windowMs <= now;
    const { startedAt, used, tried } = isOver ? { startedAt: begins, used: 0, tried: 0 } : row[name];
    // Never negative, even if the limit was lowered below the usage.
    const remaining = Math.max(0, Math.min(limit - used, attempts - tried));
    return { limit, used, remaining, resetsAt: startedAt === undefined ? null : startedAt + windowMs };
  });
}
