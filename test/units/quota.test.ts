import { describe, expect, test } from 'vitest';
import { day, hour, minute } from '#shared/clock.ts';
import { quotaExceeded, quotaTexts } from '#shared/quotas/quota-texts.ts';
import { asQuota, expectedRow, limitsOf, usageOf, type Quota } from '#shared/quotas/quota.ts';
import { planReservation, type LimitReached } from '#shared/quotas/reserve-call.ts';
import { showCalls, showQuota } from '#shared/quotas/show-quota.ts';
import { endCall, removeStale, type Reservation } from '#shared/quotas/end-call.ts';

const now = Date.parse('2026-11-20T22:00:00Z');
const today = Date.parse('2026-11-20T00:00:00Z');
const midnight = today + day;
const settings = { userRequests: 3, userQuestions: 2, requestHours: 4 };
const limits = limitsOf({}, settings);
const row = (changes: Partial<Quota> = {}): Quota => ({
  userId: 'u',
  requests: { startedAt: now - hour, used: 1, tried: 1 },
  questions: { startedAt: today, used: 1, tried: 1 },
  calls: 9,
  lastCallAt: now - hour,
  underWay: {},
  ...changes,
});
const used = (name: 'requests' | 'questions', usedCalls: number, tried = usedCalls): Partial<Quota> => ({
  [name]: { ...row()[name], used: usedCalls, tried },
});
type Attempt = Parameters<typeof planReservation>[1];
const attempt = (changes: Partial<Attempt> = {}): Attempt => ({
  id: 'call',
  isQuestion: true,
  limits,
  ...changes,
});
/** The values that the counting write would set. */
function written(...[found, asked, at]: Parameters<typeof planReservation>): Record<string, unknown> {
  const plan = planReservation(found, asked, at);
  if (plan === 'busy' || !('parts' in plan))
    return expect.unreachable(`was not planned: ${JSON.stringify(plan)}`);
  return Object.assign({}, ...plan.parts.map(({ values }) => values)) as Record<string, unknown>;
}

describe('what is used', () => {
  test('R1.5 R1.6: limits are the user’s own, else the deployment’s; zero is one', () => {
    expect(limitsOf({}, { ...settings, userRequests: 30 })).toEqual({
      requests: { limit: 30, attempts: 90, windowMs: 4 * hour },
      questions: { limit: 2, attempts: 6, windowMs: day },
    });
    expect(limitsOf({ requestLimit: 0, questionLimit: 5 }, settings)).toMatchObject({
      requests: { limit: 0 },
      questions: { limit: 5 },
    });
  });

  test('R1.6: a row that is not there is zero', () => {
    expect(usageOf(asQuota('u', undefined), limits, now)).toEqual({
      requests: { limit: 3, used: 0, remaining: 3, resetsAt: null },
      questions: { limit: 2, used: 0, remaining: 2, resetsAt: midnight },
    });
  });

  test('R1.5: the window ends so long after its first call, to the millisecond', () => {
    const end = now + 3 * hour;
    expect(usageOf(row(), limits, end - 1).requests).toMatchObject({ used: 1, resetsAt: end });
    expect(usageOf(row(), limits, end).requests).toMatchObject({ used: 0, resetsAt: null });
  });

  test('R1.6: the day ends at midnight in UTC, and none comes back where clocks differ', () => {
    expect(usageOf(row(), limits, midnight - 1).questions).toMatchObject({ used: 1, resetsAt: midnight });
    expect(usageOf(row(), limits, midnight).questions).toMatchObject({ used: 0, resetsAt: midnight + day });
    const ahead = row({ questions: { startedAt: midnight, used: 1, tried: 1 } });
    expect(usageOf(ahead, limits, midnight - 1).questions).toMatchObject({ used: 1 });
  });

  test('R1.5: what remains is never negative', () => {
    const spent = usageOf(row({ ...used('requests', 9), ...used('questions', 9) }), limits, now);
    expect([spent.requests.remaining, spent.questions.remaining]).toEqual([0, 0]);
  });

  test('what remains is no more than the attempts that are left', () => {
    expect(usageOf(row(used('requests', 0, 8)), limits, now).requests).toMatchObject({
      used: 0,
      remaining: 1,
    });
    expect(usageOf(row(used('requests', 0, 9)), limits, now).requests).toMatchObject({
      used: 0,
      remaining: 0,
    });
  });

  test('a row of an earlier release keeps its counts, and nothing else; one of this release is as it is', () => {
    const present = row({ underWay: { call: { at: now, isQuestion: true } } });
    expect(asQuota('u', present)).toBe(present);
    const past = {
      userId: 'u',
      requestsFrom: now - hour,
      requestsUsed: 2,
      questionsDay: '2026-11-20',
      questionsUsed: 1,
      calls: 9,
      lastCallAt: now - hour,
      flying: { some: { at: now - 1 } },
      unanswered: { print: [{ tries: 1, until: now + 1 }] },
    };
    expect(asQuota('u', past)).toEqual(
      row({ ...used('requests', 2), questions: { startedAt: today, used: 1, tried: 1 } }),
    );
    const uncalled = { ...past, requestsFrom: 0, requestsUsed: 0, questionsDay: '', questionsUsed: 0 };
    expect(asQuota('u', uncalled)).toMatchObject({ questions: { startedAt: 0, used: 0 } });
  });
});

test('R1.5 R1.6: what is left is shown with its end where a window runs, and the last call where there was one', () => {
  const resetsAt = new Date(midnight).toISOString();
  expect(showQuota(usageOf(asQuota('u', undefined), limits, now))).toMatchObject({
    requests: { resetsAt: null },
    questions: { resetsAt },
  });
  expect(showCalls(row())).toEqual({ apiRequests: 9, lastRequestAt: '2026-11-20T21:00:00.000Z' });
  expect(showCalls(row({ calls: 0 }))).toEqual({ apiRequests: 0, lastRequestAt: null });
});

describe('what comes next for a call', () => {
  test('R1.6: an unseen row is taken for one whose window runs, and a limit is decided by the write', () => {
    expect(written(expectedRow('u', now), attempt(), now)).toMatchObject({
      ':call': { at: now, isQuestion: true },
      ':requestsLimit': 3,
      ':requestsOver': now - 4 * hour,
      ':questionsLimit': 2,
      ':questionsOver': now - day,
    });
  });

  test('R1.5 R1.6: a window and a day that are over begin anew, each as it was found', () => {
    const at = midnight + 2 * hour;
    expect(written(row(), attempt(), at)).toMatchObject({
      ':requestsOver': now - hour,
      ':requests': { startedAt: at, used: 1, tried: 1 },
      ':questionsOver': today,
      ':questions': { startedAt: midnight, used: 1, tried: 1 },
    });
    // The new window begins at the very millisecond in which the old one ends.
    const ends = now + 3 * hour;
    expect(written(row(), attempt(), ends)).toMatchObject({ ':requests': { startedAt: ends } });
    const sameDay = written(row(), attempt({ isQuestion: false }), now);
    expect(sameDay).toMatchObject({ ':requestsLimit': 3, ':requestsAttempts': 9 });
    expect(sameDay).not.toHaveProperty(':questionsLimit');
  });

  test('R1.5: a window whose calls were all given back goes on, with its attempts', () => {
    expect(written(row(used('requests', 0, 2)), attempt(), now)).toMatchObject({ ':requestsAttempts': 9 });
  });

  test('where clocks differ, a call is not before the window and the day that count it', () => {
    const ahead = row({ questions: { startedAt: midnight, used: 1, tried: 1 } });
    expect(written(ahead, attempt(), midnight - 1)).toMatchObject({ ':call': { at: midnight } });
  });

  test('C57: a call that is there is admitted as it was counted, though nothing is left', () => {
    const call = { at: now - 5, isQuestion: true };
    const full = row({ ...used('requests', 3), ...used('questions', 2), underWay: { call } });
    expect(planReservation(full, attempt(), now)).toEqual({ counted: call });
  });

  test.each<[string, Partial<Quota>, boolean, object]>([
    ['requests', used('requests', 3), false, { limit: 3, resetsAt: now + 3 * hour }],
    ['questions', used('questions', 2), true, { limit: 2, resetsAt: midnight }],
    // Both are used up: the refusal names the one with the later reset.
    [
      'requests',
      { ...used('requests', 3), ...used('questions', 2) },
      true,
      { limit: 3, resetsAt: now + 3 * hour },
    ],
    [
      'questions',
      { requests: { startedAt: now - 3.5 * hour, used: 3, tried: 3 }, ...used('questions', 2) },
      true,
      { limit: 2, resetsAt: midnight },
    ],
    ['requests', used('requests', 0, 9), false, { limit: 3, used: 0, resetsAt: now + 3 * hour }],
    ['questions', used('questions', 1, 6), true, { limit: 2, used: 1, resetsAt: midnight }],
  ])('R1.5 R1.6: names the limit: %s of %j', (name, changes, isQuestion, refusal) => {
    expect(planReservation(row(changes), attempt({ isQuestion }), now)).toMatchObject({
      refusal: { name, remaining: 0, ...refusal },
    });
  });

  test('R1.6: no questions left leaves other calls', () => {
    const plan = planReservation(row(used('questions', 2)), attempt({ isQuestion: false }), now);
    expect(plan).toHaveProperty('parts');
  });

  test('R1.5: a limit of zero refuses without a row', () => {
    const none = attempt({ limits: limitsOf({ requestLimit: 0 }, settings) });
    expect(planReservation(expectedRow('u', now), none, now)).toMatchObject({
      refusal: { name: 'requests', limit: 0 },
    });
    // With a limit of zero, waiting for the next day would not help.
    const spent = row({ requests: { startedAt: 0, used: 0, tried: 0 }, ...used('questions', 2) });
    expect(planReservation(spent, none, now)).toMatchObject({
      refusal: { name: 'requests', limit: 0, resetsAt: null },
    });
  });

  test('forgets calls that have died with their Lambda, after 15 minutes', () => {
    const isQuestion = true;
    const underWay = {
      dead: { at: now - 15 * minute, isQuestion },
      alive: { at: now - 15 * minute + 1, isQuestion },
      ended: { at: now - minute, isQuestion, ended: true as const },
      justEnded: { at: now - minute + 1, isQuestion, ended: true as const },
    };
    const plan = planReservation(row({ underWay }), attempt(), now) as { parts: { names?: object }[] };
    const names = Object.assign({}, ...plan.parts.map((piece) => piece.names)) as object;
    expect(names).toEqual({ '#id': 'call', '#stale0': 'dead', '#stale1': 'ended' });
    // The condition counts the row's size before the write forgets these calls.
    expect(written(row({ underWay }), attempt(), now)).toMatchObject({ ':room': 502 });
  });

  test('forgets twenty such calls in one write, which has room for no more, and never the one that it is about', () => {
    const dead = (n: number) => [`dead ${n}`, { at: now - day, isQuestion: true }] as const;
    const underWay = Object.fromEntries(Array.from({ length: 30 }, (_, n) => dead(n)));
    expect(removeStale(row({ underWay }), 'call', now)).toHaveLength(20);
    const [own] = dead(0);
    const [stale] = removeStale(row({ underWay: Object.fromEntries([dead(0), dead(1)]) }), own, now);
    expect(stale).toMatchObject({ names: { '#stale0': 'dead 1' } });
  });

  test('is busy when too many calls of the user are under way', () => {
    const calls = (at: number) =>
      Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`call ${n}`, { at, isQuestion: true }]));
    const wide = attempt({ limits: limitsOf({ requestLimit: 1_000, questionLimit: 1_000 }, settings) });
    expect(planReservation(row({ underWay: calls(now) }), wide, now)).toBe('busy');
    expect(planReservation(row({ underWay: calls(now - day) }), wide, now)).toHaveProperty('parts');
  });
});

test('C57: only what the same window and the same day have counted is given back', () => {
  const call = { at: now, isQuestion: true };
  const givenBack = (found: Quota, changes: Partial<Reservation['call']> = {}) =>
    endCall(
      { userId: 'u', id: 'call', call: { ...call, ...changes }, wasRepeated: false, row: found },
      true,
      now,
    ).flatMap(({ set }) => set ?? []);
  const less = (name: string) => `${name} = ${name} - :one`;
  expect(givenBack(row())).toEqual(['calls', 'requests.used', 'questions.used'].map(less));
  expect(givenBack(row(), { isQuestion: false })).toEqual(['calls', 'requests.used'].map(less));
  const begun = row({ requests: { startedAt: now, used: 1, tried: 1 } });
  expect(givenBack(begun)).toEqual(['calls', 'requests.used', 'questions.used'].map(less));
  const later = row({
    requests: { startedAt: now + 1, used: 1, tried: 1 },
    questions: { startedAt: midnight, used: 1, tried: 1 },
  });
  expect(givenBack(later)).toEqual(['calls'].map(less));
});

test('C57: a call that stays counted gives nothing back, and its id stays for a minute where a copy of its write may come', () => {
  const call = { at: now, isQuestion: true };
  const ended = (wasRepeated: boolean, at: number) =>
    endCall({ userId: 'u', id: 'call', call, wasRepeated, row: row() }, false, at).flatMap(
      ({ set = [], remove = [], values }) => [set, remove, values ?? []].flat(),
    );
  expect(ended(false, now)).toEqual(['underWay.#id']);
  expect(ended(true, now + minute)).toEqual(['underWay.#id']);
  const kept = ['underWay.#id = :ended', { ':ended': { ...call, ended: true } }];
  expect(ended(true, now + minute - 1)).toEqual(kept);
});

describe('what a caller is told', () => {
  const refusal = (changes: Partial<LimitReached>): LimitReached => ({
    name: 'questions',
    limit: 2,
    used: 2,
    remaining: 0,
    resetsAt: now + 1_500,
    ...changes,
  });
  test.each<[keyof typeof quotaTexts, Partial<LimitReached>, number | undefined]>([
    ['questions', {}, 2],
    ['requests', { name: 'requests' }, 2],
    ['attempts', { used: 1 }, 2],
    ['attempts', { name: 'requests', used: 0 }, 2],
    ['noQuestions', { limit: 0, used: 0 }, undefined],
    ['noRequests', { name: 'requests', limit: 0, used: 0, resetsAt: null }, undefined],
  ])('429: %s, for %j', (text, changes, retryAfter) => {
    const { explain, ...detail } = quotaExceeded(refusal(changes), settings, now);
    expect(explain).toBe(quotaTexts[text]);
    expect(detail.retryAfter).toBe(retryAfter);
  });

  test('R1.5: from when on calls are possible again, to the second that comes next', () => {
    const { values } = quotaExceeded(refusal({ resetsAt: midnight - 500 }), settings, now);
    expect(values).toMatchObject({ resetsAt: '2026-11-21T00:00:00Z' });
  });
});
