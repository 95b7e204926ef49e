import { describe, expect, test } from 'vitest';
import { day, hour, minute } from '#shared/clock.ts';
import { limitsOf, standing, type Quota } from '#shared/quotas/quota.ts';
import { emptyRow, givenBack, planReservation, usualStep, type Ask } from '#shared/quotas/reservation.ts';

const now = Date.parse('2026-11-20T22:00:00Z');
const midnight = Date.parse('2026-11-21T00:00:00Z');
const limits = { requests: 3, questions: 2, window: 4 * hour };
const row = (changes: Partial<Quota> = {}): Quota => ({
  userId: 'u',
  requestsFrom: now - hour,
  requestsUsed: 1,
  questionsDay: '2026-11-20',
  questionsUsed: 1,
  calls: 9,
  lastCallAt: now - hour,
  flying: {},
  unanswered: {},
  ...changes,
});
const ask = (changes: Partial<Ask> = {}): Ask => ({
  id: 'call',
  isQuestion: true,
  fingerprint: 'print',
  limits,
  ...changes,
});

describe('where a user stands', () => {
  test('R1.5 R1.6: limits are the user’s own, else the deployment’s; zero is one', () => {
    const settings = { userRequests: 30, userQuestions: 20, requestHours: 4 };
    expect(limitsOf({}, settings)).toEqual({ requests: 30, questions: 20, window: 4 * hour });
    expect(limitsOf({ requestLimit: 0, questionLimit: 5 }, settings)).toMatchObject({
      requests: 0,
      questions: 5,
    });
  });

  test('R1.6: a row that is not there is zero', () => {
    expect(standing(undefined, limits, now)).toEqual({
      requests: { limit: 3, used: 0, remaining: 3, resetsAt: null },
      questions: { limit: 2, used: 0, remaining: 2, resetsAt: midnight },
    });
  });

  test('R1.5: the window ends so long after its first call, to the millisecond', () => {
    const end = now + 3 * hour;
    expect(standing(row(), limits, end - 1).requests).toMatchObject({ used: 1, resetsAt: end });
    expect(standing(row(), limits, end).requests).toMatchObject({ used: 0, resetsAt: null });
  });

  test('R1.6: the day ends at midnight in UTC, and none comes back where clocks differ', () => {
    expect(standing(row(), limits, midnight - 1).questions).toMatchObject({ used: 1, resetsAt: midnight });
    expect(standing(row(), limits, midnight).questions).toMatchObject({ used: 0, resetsAt: midnight + day });
    const ahead = row({ questionsDay: '2026-11-21' });
    expect(standing(ahead, limits, midnight - 1).questions).toMatchObject({ used: 1 });
  });

  test('R1.5: what remains is never negative', () => {
    const spent = standing(row({ requestsUsed: 9, questionsUsed: 9 }), limits, now);
    expect([spent.requests.remaining, spent.questions.remaining]).toEqual([0, 0]);
  });
});

describe('what comes next for a call', () => {
  test('R1.6: the first call of a user makes the row', () => {
    expect(planReservation(undefined, ask(), now)).toBe('first');
    expect(planReservation(emptyRow, ask(), now)).toMatchObject({
      step: { flight: { at: now, day: '2026-11-20' }, endedWindow: { requestsUsed: 0 }, endedDay: '' },
    });
  });

  test('R1.5 R1.6: a window and a day that are over begin anew, each as it was found', () => {
    const plan = planReservation(row(), ask(), midnight + 2 * hour);
    expect(plan).toMatchObject({
      step: {
        flight: { at: midnight + 2 * hour, day: '2026-11-21' },
        endedWindow: { requestsFrom: now - hour, requestsUsed: 1 },
        endedDay: '2026-11-20',
      },
    });
    const sameDay = planReservation(row(), ask({ isQuestion: false }), now);
    expect(sameDay).toMatchObject({ step: { flight: { at: now }, endedWindow: undefined } });
  });

  test('R1.5: a window whose calls were all given back has not begun', () => {
    const plan = planReservation(row({ requestsUsed: 0 }), ask(), now);
    expect(plan).toMatchObject({ step: { endedWindow: { requestsUsed: 0 } } });
  });

  test('C57: a call that is there is admitted as it was counted, though nothing is left', () => {
    const flight = { at: now - 5, day: '2026-11-20' };
    const full = row({ requestsUsed: 3, questionsUsed: 2, flying: { call: flight } });
    expect(planReservation(full, ask(), now)).toEqual({ flight });
  });

  test.each<[string, Partial<Quota>, boolean, object]>([
    ['requests', { requestsUsed: 3 }, false, { of: 3, resetsAt: now + 3 * hour }],
    ['questions', { questionsUsed: 2 }, true, { of: 2, resetsAt: midnight }],
    // Both are used up: the one that holds back longest.
    ['requests', { requestsUsed: 3, questionsUsed: 2 }, true, { of: 3, resetsAt: now + 3 * hour }],
  ])('R1.5 R1.6: names the limit: %s of %j', (limit, used, isQuestion, refusal) => {
    expect(planReservation(row(used), ask({ isQuestion }), now)).toEqual({
      refusal: { limit, remaining: 0, ...refusal },
    });
  });

  test('R1.6: no questions left leaves other calls', () => {
    const plan = planReservation(row({ questionsUsed: 2 }), ask({ isQuestion: false }), now);
    expect(plan).toHaveProperty('step');
  });

  test('R1.5: a limit of zero refuses without a row', () => {
    const none = ask({ limits: { ...limits, requests: 0 } });
    expect(planReservation(undefined, none, now)).toMatchObject({ refusal: { limit: 'requests', of: 0 } });
  });

  test('C57: a repeat takes the place of the call without an answer, though nothing is left', () => {
    const [old, open, later] = [
      { tries: 1, until: now },
      { tries: 2, until: now + 1 },
      { tries: 1, until: now + 2 },
    ];
    const seen = [later, old, open];
    const full = row({ requestsUsed: 3, questionsUsed: 2, unanswered: { print: seen } });
    expect(planReservation(full, ask(), now)).toMatchObject({
      step: { flight: { at: now, repeats: open }, alike: { seen, rest: [later] } },
    });
    expect(planReservation(full, ask({ fingerprint: 'another' }), now)).toHaveProperty('refusal');
    expect(planReservation(full, ask(), now + 2)).toHaveProperty('refusal');
  });

  test('forgets calls that have died with their Lambda, after 15 minutes', () => {
    const flying = { dead: { at: now - 15 * minute }, alive: { at: now - 15 * minute + 1 } };
    expect(planReservation(row({ flying }), ask(), now)).toMatchObject({ step: { lost: ['dead'] } });
  });

  test('is busy when too many calls of the user are under way', () => {
    const calls = (at: number) =>
      Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`call ${n}`, { at }]));
    const wide = ask({ limits: { ...limits, requests: 1_000, questions: 1_000 } });
    expect(planReservation(row({ flying: calls(now) }), wide, now)).toBe('busy');
    expect(planReservation(row({ flying: calls(now - day) }), wide, now)).toHaveProperty('step');
  });
});

test('C57: only what the same window and the same day have counted is given back', () => {
  const { flight } = usualStep(ask(), now);
  expect(givenBack(flight, row())).toEqual({ call: true, request: true, question: true });
  const later = row({ requestsFrom: now + 1, questionsDay: '2026-11-21' });
  expect(givenBack(flight, later)).toEqual({ call: true, request: false, question: false });
  const repeat = { at: now, repeats: { tries: 1, until: now } };
  expect(givenBack(repeat, row())).toEqual({ call: false, request: false, question: false });
});
