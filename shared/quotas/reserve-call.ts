import type { UpdatePart } from '../aws/update.ts';
import { removeStale, type Reservation } from './end-call.ts';
import { callLimitNames } from '../users/call-limits.ts';
import { limitsFor, usageOf, windowStart, type Limits, type Quota } from './quota.ts';

/** A call to be counted. */
export type Attempt = { id: string; isQuestion: boolean; limits: Limits };

/** Why a call is refused: the limit that holds it back longest, and its usage. */
export type LimitReached = { name: keyof Limits } & ReturnType<typeof usageOf>['requests'];

type Call = Reservation['call'];

/** The write that counts the call; or why there is none: it is counted already, it is refused, or too many calls are under way. */
type Plan = { call: Call; parts: UpdatePart[] } | { counted: Call } | { refusal: LimitReached } | 'busy';

/** The most calls of one user that may be under way at once, so that the row stays small. */
const maxUnderWay = 500;

/** Counts in the running window, or begins a new window in place of one that is over. */
function countPart(name: keyof Limits, limit: Limits['requests'], startedAt: number, at: number): UpdatePart {
  if (startedAt + limit.windowMs > at)
    return {
      when: `${name}.startedAt > :${name}Over AND ${name}.startedAt <= :at AND ${name}.used < :${name}Limit AND ${name}.tried < :${name}Attempts`,
      set: `${name}.used = ${name}.used + :one, ${name}.tried = ${name}.tried + :one`,
      values: {
        [`:${name}Over`]: at - limit.windowMs,
        [`:${name}Limit`]: limit.limit,
        [`:${name}Attempts`]: limit.attempts,
      },
    };
  const begun = { startedAt: windowStart(name, at), used: 1, tried: 1 };
  return {
    when: `${name}.startedAt = :${name}Over`,
    set: `${name} = :${name}`,
    values: { [`:${name}Over`]: startedAt, [`:${name}`]: begun },
  };
}

/** The next step for a call, given the row as it was found or is expected. */
export function planReservation(row: Quota, attempt: Attempt, now: number): Plan {
  const { id, isQuestion, limits } = attempt;
  const counted = row.underWay[id];
  if (counted) return { counted };
  const names = limitsFor(attempt);
  const usages = usageOf(row, limits, now);
  const [refusal] = names
    .map((name) => ({ name, ...usages[name] }))
    .filter(({ remaining }) => remaining === 0)
    .toSorted((a, b) => (b.resetsAt ?? Infinity) - (a.resetsAt ?? Infinity));
  if (refusal) return { refusal };
  const removals = removeStale(row, id, now);
  if (Object.keys(row.underWay).length - removals.length >= maxUnderWay) return 'busy';

  // Not before the windows that count the call, even if the clocks of two functions differ: a refund compares these times.
  const at = Math.max(now, ...callLimitNames.map((name) => row[name].startedAt));
  const call = { at, isQuestion };
  const reservation = {
    when: 'attribute_not_exists(underWay.#id) AND size(underWay) < :room',
    set: 'underWay.#id = :call, calls = calls + :one, lastCallAt = :at',
    names: { '#id': id },
    values: { ':call': call, ':room': maxUnderWay + removals.length, ':at': at, ':one': 1 },
  };
  const counts = names.map((name) => countPart(name, limits[name], row[name].startedAt, at));
  return { call, parts: [reservation, ...counts, ...removals] };
}
