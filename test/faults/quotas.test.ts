/** @module-tag engine */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import type { FaultRequest } from '#local/gateway/faults.ts';
import { hour, minute } from '#shared/clock.ts';
import { limitsOf, standing, type LimitName, type Quota } from '#shared/quotas/quota.ts';
import { userKey } from '#shared/users/user-rows.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { openQuotas, quotaRow, quotaRows, tally } from '../harness/relay/quotas.ts';
import { firstAdmin, openInvite, password, register } from '../harness/people/people.ts';
import { randomOf } from '../harness/stack/random.ts';
import { send } from '../harness/http/http.ts';
import { useStack } from '../harness/stack/stack.ts';
import { daySeconds } from '../harness/stack/time.ts';

/** The port by which the relay counts, against the store itself: most of what can happen at once happens here. */
const stack = useStack('plain', { fresh: true });
let quotas: ReturnType<typeof openQuotas>;
// A process for each test: the SDK's allowance of retries is for all calls of one.
beforeEach(() => void (quotas = openQuotas(stack())));
afterEach(() => quotas.close());

const day = daySeconds * 1_000;
/** Noon, so that what follows within an hour is of one day. */
const noon = Math.floor(Date.now() / day) * day + 12 * hour;
const settings = { userRequests: 30, userQuestions: 30, requestHours: 4 };

interface Subject {
  id: string;
  requestLimit?: number;
  questionLimit?: number;
}
/** Users of whom nothing is there but that they are, each made once. */
const present = new Map<string, Promise<unknown>>();
const epoch = 0;
function appear(id: string): Promise<unknown> {
  const { documents, config } = insiderOf(stack());
  const Item = { ...userKey(id), status: 'active', epoch };
  const put = { TableName: config.table('users'), Item, ConditionExpression: 'attribute_not_exists(pk)' };
  // Refused for somebody real.
  const made = present.get(id) ?? documents.send(new PutCommand(put)).catch(() => undefined);
  present.set(id, made);
  return made;
}
const reserve = async (user: Subject, id: string, now = noon, fingerprint = id) => {
  await appear(user.id);
  return quotas.reserve({ user: { epoch, ...user }, id, isQuestion: true, fingerprint }, now);
};
const admitted = async (...asked: Parameters<typeof reserve>) => {
  const { passed } = await tally([reserve(...asked)]);
  return passed[0] ?? expect.unreachable('was not admitted');
};

/** Faults of every kind, spread over so many of the next calls; the SDK or we try again after each. */
function faultsOver(calls: number, random: () => number): FaultRequest[] {
  const kinds = ['lost', 'lost', 'conflict', 'error', 'throttle'] as const;
  return Array.from({ length: Math.ceil(calls / 10) }, () => ({
    kind: kinds[Math.floor(random() * kinds.length)]!,
    table: 'quotas',
    nth: 1 + Math.floor(random() * calls),
  }));
}

/** Calls that have not ended. */
const underWay = ({ flying }: Quota) => Object.keys(flying).filter((id) => !flying[id]!.landed);

/** One user with `left` of a limit left, in a window and day that are new, run on, or are over. */
interface Run {
  user: Subject;
  limit: LimitName;
  left: number;
  more: number;
  spent: number;
}

/** On one engine all, on the other one, which decides by the same conditions, enough to see a difference. */
const runs = inject('store') === 'dynamodb-local' ? 60 : 200;
/** Users whose calls come at the same time. */
const together = 20;

describe('R5.7 C56: N left, N + M at once', () => {
  const planned = Array.from({ length: runs }, (_, run): Run => {
    const random = randomOf(run);
    const limit = run % 2 === 0 ? 'requests' : 'questions';
    const [left, more, spent] = [1, 1, 0].map((least) => least + Math.floor(random() * 4)) as [
      number,
      number,
      number,
    ];
    const user = { id: `run${run}`, [limit === 'requests' ? 'requestLimit' : 'questionLimit']: left + spent };
    return { user, limit, left, more, spent };
  });

  test.each(Array.from({ length: runs / together }, (_, batch) => batch))(
    'exactly N pass, with answers lost, conflicts, throttling and errors: batch %d',
    async (batch) => {
      const random = randomOf(1_000 + batch);
      const batchRuns = planned.slice(batch * together, (batch + 1) * together);
      await Promise.all(
        batchRuns.map(async ({ user, spent }, n) => {
          if (n % 3 === 0) await admitted(user, 'yesterday', noon - day);
          for (let call = 0; call < spent; call += 1) await admitted(user, `spent${call}`, noon - minute);
        }),
      );
      const burst = (name: string) =>
        Promise.all(
          batchRuns.map(({ user, left, more }) =>
            tally(Array.from({ length: left + more }, (_, n) => reserve(user, `${name}${n}`, noon + n))),
          ),
        );
      const calls = batchRuns.reduce((sum, { left, more }) => sum + left + more, 0);
      stack().faults(faultsOver(calls, random));
      const first = await burst('first');
      // All of it is given back, each twice at once and once more, and can be used again.
      stack().faults(faultsOver(calls, random));
      const passed = first.flatMap((one) => one.passed);
      await Promise.allSettled([...passed, ...passed].map((one) => quotas.refund(one, noon + minute)));
      stack().faults([]);
      await Promise.all(passed.map((one) => quotas.refund(one, noon + minute)));
      stack().faults(faultsOver(calls, random));
      const second = await burst('second');
      stack().faults([]);

      let undisturbed = 0;
      const rows = await quotaRows(stack());
      for (const [n, { user, limit, left, more, spent }] of batchRuns.entries()) {
        for (const { passed, refused, failed } of [first[n]!, second[n]!]) {
          // A call that met one fault after the other passed for nobody, and may have stood in another's way.
          expect(passed.length, user.id).toBeLessThanOrEqual(left);
          expect(passed.length, user.id).toBeGreaterThanOrEqual(left - failed);
          expect(passed.length + refused.length + failed, user.id).toBe(left + more);
          for (const one of refused)
            expect(one, user.id).toMatchObject({ limit, of: left + spent, remaining: 0 });
        }
        if (first[n]!.failed + second[n]!.failed === 0) undisturbed += 1;
        const row = rows.get(user.id)!;
        const { requests, questions } = standing(row, limitsOf(user, settings), noon + minute);
        const used = spent + second[n]!.passed.length;
        expect([requests.used, questions.used], user.id).toEqual([used, used]);
        const flying = underWay(row).filter((id) => /first|second/.test(id));
        expect(flying.toSorted(), user.id).toEqual(second[n]!.passed.map(({ id }) => id).toSorted());
      }
      // A machine that has too much to do lets a store seem down, but not for most.
      expect(undisturbed).toBeGreaterThan(together / 2);
    },
  );

  test.each<[string, number, number]>([
    ['a day within a window', noon + 12 * hour, minute],
    ['a window within a day', noon, 4 * hour],
  ])('exactly N pass where %s begins with them', async (_, start, before) => {
    const users = Array.from({ length: 10 }, (__, n): Subject => ({ id: `${start}/${n}`, questionLimit: 3 }));
    if (before > hour) for (const user of users) user.requestLimit = 3;
    await Promise.all(users.map((user) => admitted(user, 'before', start - before)));
    // What was asked earlier in the same day is used up.
    const left = before > hour ? 2 : 3;
    const all = await Promise.all(
      users.map((user) => tally([1, 2, 3, 4, 5, 6].map((n) => reserve(user, `call${n}`, start + n)))),
    );
    for (const { passed, refused } of all) expect([passed.length, refused.length]).toEqual([left, 6 - left]);
  });
});

describe('C57: calls that got no answer', () => {
  test('are counted once however they are repeated, two alike twice, while answers are lost', async () => {
    const random = randomOf(57);
    const users = Array.from({ length: 10 }, (_, n) => ({ id: `silent${n}`, questionLimit: 2 }));
    await Promise.all(
      users.map(async (user) => {
        const alike = await Promise.all(['a', 'b'].map((id) => admitted(user, id, noon, 'same')));
        stack().faults(faultsOver(30, random));
        await Promise.all([...alike, ...alike].map((one) => quotas.settle(one, 'unanswered', noon + 1)));
        // Two tries more, of three; the third at once has nothing to take and no limit left.
        for (const round of ['second', 'third']) {
          const again = await tally(
            [1, 2, 3].map((n) => reserve(user, `${round} ${n}`, noon + 9 * minute, 'same')),
          );
          expect([again.passed.length, again.refused.length]).toEqual([2, 1]);
          await Promise.all(again.passed.map((one) => quotas.settle(one, 'unanswered', noon + 9 * minute)));
        }
        expect((await tally([reserve(user, 'fourth', noon + 9 * minute, 'same')])).passed).toEqual([]);
      }),
    );
    stack().faults([]);
    const rows = await quotaRows(stack());
    for (const { id } of users)
      expect(rows.get(id)).toMatchObject({
        requestsUsed: 2,
        questionsUsed: 2,
        calls: 2,
        unanswered: {},
      });
    for (const { id } of users) expect(underWay(rows.get(id)!)).toEqual([]);
  });

  test('are counted anew after ten minutes, and after an answer', async () => {
    const user = { id: 'late' };
    const used = async () => (await quotaRow(stack(), user.id))!.questionsUsed;
    await quotas.settle(await admitted(user, 'a', noon, 'same'), 'unanswered', noon);
    const repeated = await admitted(user, 'b', noon + 10 * minute - 1, 'same');
    expect(await used()).toBe(1);
    await quotas.settle(repeated, 'answered', noon + 10 * minute);
    await quotas.settle(
      await admitted(user, 'c', noon + 10 * minute, 'same'),
      'unanswered',
      noon + 10 * minute,
    );
    expect(await used()).toBe(2);
    await admitted(user, 'd', noon + 20 * minute, 'same');
    expect(await used()).toBe(3);
  });

  test('leave their place to the next repeat where a repeat never reached the provider', async () => {
    const user = { id: 'unlucky', questionLimit: 1 };
    await quotas.settle(await admitted(user, 'a', noon, 'same'), 'unanswered', noon);
    const repeated = await admitted(user, 'b', noon + 1, 'same');
    await Promise.all([1, 2].map(() => quotas.refund(repeated, noon + 2)));
    await admitted(user, 'c', noon + 3, 'same');
    expect(await quotaRow(stack(), user.id)).toMatchObject({ questionsUsed: 1, calls: 1, unanswered: {} });
  });
});

describe('what a row remembers', () => {
  test('R5.7 C57: a call whose answers are lost is counted once, in a new row, a running window and a new one', async () => {
    const user = { id: 'lossy' };
    const counts = async () => {
      const { requestsUsed, questionsUsed, calls } = (await quotaRow(stack(), user.id))!;
      return [requestsUsed, questionsUsed, calls];
    };
    const lossy = async (...asked: Parameters<typeof admitted>) => {
      stack().faults([{ kind: 'lost', table: 'quotas', times: 2 }]);
      const reservation = await admitted(...asked);
      stack().faults([]);
      return reservation;
    };
    await lossy(user, 'first', noon);
    expect(await counts()).toEqual([1, 1, 1]);
    const second = await lossy(user, 'second', noon);
    expect(await counts()).toEqual([2, 2, 2]);
    await quotas.settle(second, 'unanswered', noon);
    await lossy(user, 'repeat', noon, 'second');
    expect(await counts()).toEqual([2, 2, 2]);
    const next = await lossy(user, 'next', noon + day);
    expect(await counts()).toEqual([1, 1, 3]);
    stack().faults([{ kind: 'lost', table: 'quotas', times: 2 }]);
    await quotas.refund(next, noon + day);
    expect(await counts()).toEqual([0, 0, 2]);
  });

  test('R5.7 C63: a write that comes late, after its repeat or after it was given up, counts nothing', async () => {
    const user = { id: 'delayed' };
    const counts = async () => {
      const { requestsUsed, questionsUsed, calls } = (await quotaRow(stack(), user.id))!;
      return [requestsUsed, questionsUsed, calls];
    };
    const late = (times: number): FaultRequest[] => [
      { kind: 'delay', ms: 2_600, table: 'quotas', action: 'UpdateItem', times },
    ];
    const arrived = async (count: number) => {
      const delayed = () =>
        stack()
          .calls()
          .filter(({ fault }) => fault === 'delay').length;
      await expect.poll(delayed, { timeout: 10_000 }).toBe(count);
    };
    await admitted(user, 'first');
    stack().faults(late(1));
    const repeated = await admitted(user, 'repeated');
    await quotas.settle(repeated, 'answered', noon + 1);
    await arrived(1);
    expect(await counts()).toEqual([2, 2, 2]);

    stack().faults(late(3));
    await expect(reserve(user, 'given up')).rejects.toThrow('store_unavailable');
    await arrived(4);
    expect(await counts()).toEqual([2, 2, 2]);
    // What keeps them away goes after a minute.
    await quotas.settle(await admitted(user, 'later', noon + 2 * minute), 'answered', noon + 2 * minute);
    expect((await quotaRow(stack(), user.id))!.flying).toEqual({ first: expect.anything() });
  });

  test('C57: an outage whose answers were all lost has counted nothing', async () => {
    const user = { id: 'lost', requestLimit: 2 };
    await admitted(user, 'a');
    stack().faults([{ kind: 'lost', table: 'quotas', times: 3 }]);
    await expect(reserve(user, 'b')).rejects.toThrow('store_unavailable');
    stack().faults([]);
    expect(await quotaRow(stack(), user.id)).toMatchObject({ requestsUsed: 1, questionsUsed: 1, calls: 1 });
    await admitted(user, 'c');
  });

  test('R1.5 R1.6: a new window and a new day give nothing back of the ones before', async () => {
    const user = { id: 'over' };
    const midnight = noon + 12 * hour;
    await admitted(user, 'first', midnight - 4 * hour);
    const old = await Promise.all(['a', 'b'].map((id) => admitted(user, id, midnight - minute)));
    const next = await admitted(user, 'c', midnight);
    await Promise.all(old.map((one) => quotas.refund(one, midnight)));
    expect(await quotaRow(stack(), user.id)).toMatchObject({ requestsUsed: 1, questionsUsed: 1, calls: 2 });
    await quotas.refund(next, midnight);
    expect(await quotaRow(stack(), user.id)).toMatchObject({ requestsUsed: 0, questionsUsed: 0, calls: 1 });
  });

  test('is bounded: dead calls are forgotten after 15 minutes, silence after ten, and of both only so much is kept', async () => {
    const user = { id: 'full', requestLimit: 1_000, questionLimit: 1_000 };
    await Promise.all(Array.from({ length: 30 }, (_, n) => admitted(user, `dead${n}`)));
    const silent = await Promise.all(Array.from({ length: 60 }, (_, n) => admitted(user, `silent${n}`)));
    await Promise.all(silent.map((one) => quotas.settle(one, 'unanswered', noon)));
    const row = (await quotaRow(stack(), user.id))!;
    expect([Object.keys(row.flying).length, Object.keys(row.unanswered).length]).toEqual([30, 50]);
    for (const n of [1, 2, 3])
      await quotas.settle(
        await admitted(user, `later${n}`, noon + 15 * minute),
        'answered',
        noon + 15 * minute,
      );
    const later = await quotaRow(stack(), user.id);
    expect(later).toMatchObject({ requestsUsed: 93, questionsUsed: 93, flying: {}, unanswered: {} });
  });

  test('R1.7: goes with its user, and no call that ends later brings it back', async () => {
    const guest = await register(stack(), await openInvite(stack(), await firstAdmin(stack())));
    const flying = await admitted(guest.user, 'a');
    const leaving = { token: guest.session.token, json: { password } };
    expect((await send(stack(), 'DELETE', '/v1/me', leaving)).status).toBe(204);
    for (const outcome of ['answered', 'unanswered'] as const) await quotas.settle(flying, outcome, noon + 1);
    await quotas.refund(flying, noon + 1);
    expect(await quotaRow(stack(), guest.user.id)).toBeUndefined();
  });
});
