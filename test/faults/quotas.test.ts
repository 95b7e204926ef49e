import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import type { FaultRequest } from '#local/gateway/faults.ts';
import { hour, minute } from '#shared/clock.ts';
import { limitsOf, usageOf, type Limits, type Quota } from '#shared/quotas/quota.ts';
import { userKey } from '#shared/users/user-rows.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { openQuotas, quotaRow, quotaRows, tally } from '../harness/relay/quotas.ts';
import { firstAdmin, openInvite, password, register } from '../harness/people/people.ts';
import { randomOf } from '../harness/stack/random.ts';
import { send } from '../harness/http/http.ts';
import { useStack } from '../harness/stack/stack.ts';
import { daySeconds } from '../harness/stack/time.ts';
import { volume } from '../harness/volume.ts';

/** The port by which the relay counts, against the store itself: most of what can happen at once happens here. */
const stack = useStack('plain', { fresh: true });
let quotas: ReturnType<typeof openQuotas>;
// A process for each test, because the SDK's allowance of retries is shared by all calls of a process.
beforeEach(() => void (quotas = openQuotas(stack())));
afterEach(() => quotas.close());

const day = daySeconds * 1_000;
/** Noon, so that times within an hour of it are on the same day. */
const noon = Math.floor(Date.now() / day) * day + 12 * hour;
/** Within the minute in which a copy of a write may still arrive. */
const soon = noon + minute / 2;
const settings = { userRequests: 30, userQuestions: 30, requestHours: 4 };

interface Subject {
  id: string;
  requestLimit?: number;
  questionLimit?: number;
}
/** Users with no data except their own row, each created once. */
const present = new Map<string, Promise<unknown>>();
const epoch = 0;
function appear(id: string): Promise<unknown> {
  const { documents, config } = insiderOf(stack());
  const Item = { ...userKey(id), status: 'active', epoch };
  const put = { TableName: config.table('users'), Item, ConditionExpression: 'attribute_not_exists(pk)' };
  // The condition fails for a registered user, whose row exists already.
  const made = present.get(id) ?? documents.send(new PutCommand(put)).catch(() => undefined);
  present.set(id, made);
  return made;
}
const reserve = async (user: Subject, id: string, now = noon, isQuestion = true) => {
  await appear(user.id);
  return quotas.reserve({ user: { epoch, ...user }, id, isQuestion }, now);
};
const admitted = async (...asked: Parameters<typeof reserve>) => {
  const { passed } = await tally([reserve(...asked)]);
  return passed[0] ?? expect.unreachable('was not admitted');
};

/** Faults of every kind, spread over the next `calls` calls. The SDK or our code tries again after each. */
function faultsOver(calls: number, random: () => number): FaultRequest[] {
  const kinds = ['lost', 'late', 'conflict', 'error', 'throttle'] as const;
  return Array.from({ length: Math.ceil(calls / 10) }, () => ({
    kind: kinds[Math.floor(random() * kinds.length)]!,
    table: 'quotas',
    nth: 1 + Math.floor(random() * calls),
    // The delay of late writes: until after the second try, and often until after the call has ended. Milliseconds.
    ms: 500,
  }));
}

/** Calls that have not ended. */
const underWay = ({ underWay: calls }: Quota) => Object.keys(calls).filter((id) => !calls[id]!.ended);

/** A user with `left` of a limit left. The window and the day are new, running, or over. */
interface Run {
  user: Subject;
  name: keyof Limits;
  left: number;
  more: number;
  spent: number;
}

/** Fewer runs on DynamoDB Local: it decides by the same conditions, so a few are enough to see a difference. */
const runs = inject('store') === 'dynamodb-local' ? volume(60, 20) : volume(200, 40);
/** Users whose calls come at the same time. */
const together = 20;

describe('R5.7 C56: N left, N + M at once', () => {
  const planned = Array.from({ length: runs }, (_, run): Run => {
    const random = randomOf(run);
    const name = run % 2 === 0 ? 'requests' : 'questions';
    const [left, more, spent] = [1, 1, 0].map((least) => least + Math.floor(random() * 4)) as [
      number,
      number,
      number,
    ];
    const user = { id: `run${run}`, [name === 'requests' ? 'requestLimit' : 'questionLimit']: left + spent };
    return { user, name, left, more, spent };
  });

  test.each(Array.from({ length: runs / together }, (_, batch) => batch))(
    'exactly N pass, with answers lost, conflicts, throttling and errors: batch %d',
    { tags: 'engine' },
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
      // All calls are given back, each twice at once and once more. The attempts can then be used again.
      stack().faults(faultsOver(calls, random));
      const passed = first.flatMap((one) => one.passed);
      await Promise.allSettled([...passed, ...passed].map((one) => quotas.refund(one, soon)));
      stack().faults([]);
      await Promise.all(passed.map((one) => quotas.refund(one, soon)));
      const between = await quotaRows(stack());
      stack().faults(faultsOver(calls, random));
      const second = await burst('second');
      stack().faults([]);
      // The late writes have arrived.
      await stack().settle();

      let undisturbed = 0;
      const rows = await quotaRows(stack());
      for (const [n, { user, name, left, more, spent }] of batchRuns.entries()) {
        // If each try met a fault, and so did the refund, a call stays counted although it was not made.
        const stuck = underWay(between.get(user.id)!).filter((id) => id.startsWith('first')).length;
        expect(stuck, user.id).toBeLessThanOrEqual(first[n]!.failed);
        const attempts = 3 * (left + spent) - spent;
        const afterwards = attempts - first[n]!.passed.length - first[n]!.failed;
        for (const [{ passed, refused, failed }, room, tries] of [
          [first[n]!, left, attempts],
          [second[n]!, left - stuck, afterwards],
        ] as const) {
          // A call that met fault after fault did not pass, and may have blocked another call.
          expect(passed.length, user.id).toBeLessThanOrEqual(room);
          expect(passed.length, user.id).toBeGreaterThanOrEqual(Math.min(room, tries) - failed);
          expect(passed.length + refused.length + failed, user.id).toBe(left + more);
          for (const one of refused)
            expect(one, user.id).toMatchObject({ name, limit: left + spent, remaining: 0 });
        }
        if (first[n]!.failed + second[n]!.failed === 0) undisturbed += 1;
        const row = rows.get(user.id)!;
        const { requests, questions } = usageOf(row, limitsOf(user, settings), noon + minute);
        const counted = underWay(row).filter((id) => /first|second/.test(id));
        const used = spent + counted.length;
        expect([requests.used, questions.used], user.id).toEqual([used, used]);
        expect(counted, user.id).toEqual(expect.arrayContaining(second[n]!.passed.map(({ id }) => id)));
        const lost = counted.length - second[n]!.passed.length;
        expect(lost, user.id).toBeLessThanOrEqual(stuck + second[n]!.failed);
      }
      // On an overloaded machine the store may seem down, but not for most users.
      expect(undisturbed).toBeGreaterThan(together / 2);
    },
  );

  test.each<[string, number, number]>([
    ['a day within a window', noon + 12 * hour, minute],
    ['a window within a day', noon, 4 * hour],
  ])('exactly N pass where %s begins with them', { tags: 'engine' }, async (_, start, before) => {
    const users = Array.from({ length: 10 }, (__, n): Subject => ({ id: `${start}/${n}`, questionLimit: 3 }));
    if (before > hour) for (const user of users) user.requestLimit = 3;
    await Promise.all(users.map((user) => admitted(user, 'before', start - before)));
    // The call made earlier on the same day still counts.
    const left = before > hour ? 2 : 3;
    const all = await Promise.all(
      users.map((user) => tally([1, 2, 3, 4, 5, 6].map((n) => reserve(user, `call${n}`, start + n)))),
    );
    for (const { passed, refused, failed } of all) {
      expect(passed.length).toBeLessThanOrEqual(left);
      expect(passed.length).toBeGreaterThanOrEqual(left - failed);
      expect(passed.length + refused.length + failed).toBe(6);
    }
    // On an overloaded machine the store may seem down, but not for most users.
    expect(all.filter(({ failed }) => failed === 0).length).toBeGreaterThan(users.length / 2);
  });
});

/** The counts in a user's row: requests of the window, questions of the day, and all calls. */
async function countsOf({ id }: Subject): Promise<number[]> {
  const { requests, questions, calls } = (await quotaRow(stack(), id))!;
  return [requests.used, questions.used, calls];
}

describe('C57: calls that got no answer', () => {
  test(
    'are counted once however they are repeated, two alike twice, while answers are lost',
    { tags: 'engine' },
    async () => {
      const random = randomOf(57);
      const users = Array.from({ length: 10 }, (_, n) => ({ id: `silent${n}`, questionLimit: 2 }));
      // Two faults at a time, so that no call meets a fault at each of its three tries and finds the store down.
      const withFaults = async <T>(work: Promise<T>): Promise<T> => {
        stack().faults(faultsOver(20, random));
        const done = await work;
        stack().faults([]);
        await stack().settle();
        return done;
      };
      const reserveAll = (round: string) =>
        withFaults(
          Promise.all(users.map((user) => tally([1, 2, 3].map((n) => reserve(user, `${round} ${n}`))))),
        );
      // Both of two attempts are used at once and get no answer, twice. Each is given back once, however often that is repeated.
      for (const round of ['first', 'second']) {
        const all = await reserveAll(round);
        for (const { passed, refused } of all) expect([passed.length, refused.length]).toEqual([2, 1]);
        const silent = all.flatMap(({ passed }) => passed);
        await withFaults(Promise.all([...silent, ...silent].map((one) => quotas.refund(one, noon + 1))));
        await Promise.all(silent.map((one) => quotas.refund(one, noon + 1)));
      }
      const answered = await reserveAll('third');
      for (const { passed } of answered) expect(passed.length).toBe(2);
      const all = answered.flatMap(({ passed }) => passed);
      await withFaults(Promise.all(all.map((one) => quotas.settle(one, noon + 2))));
      const rows = await quotaRows(stack());
      for (const user of users) {
        expect(await countsOf(user)).toEqual([2, 2, 2]);
        expect(rows.get(user.id)).toMatchObject({ requests: { tried: 6 }, questions: { tried: 6 } });
        expect(underWay(rows.get(user.id)!)).toEqual([]);
      }
    },
  );

  test.each(['requests', 'questions'] as const)(
    'are bounded as well: no more attempts than three times the limit of %s pass, also at once',
    { tags: 'engine' },
    async (name) => {
      const user = {
        id: `failing ${name}`,
        ...(name === 'requests' ? { requestLimit: 2 } : { questionLimit: 2 }),
      };
      for (const round of [1, 2]) {
        const { passed } = await tally([1, 2].map((n) => reserve(user, `${round}/${n}`)));
        expect(passed.length).toBe(2);
        await Promise.all(passed.map((one) => quotas.refund(one, noon + 1)));
      }
      await quotas.refund(await admitted(user, 'fifth'), noon + 1);
      const last = await tally([1, 2, 3].map((n) => reserve(user, `last ${n}`)));
      expect([last.passed.length, last.refused.length]).toEqual([1, 2]);
      for (const one of last.refused) expect(one).toMatchObject({ name, limit: 2, remaining: 0 });
      await quotas.refund(last.passed[0]!, noon + 1);
      expect((await tally([reserve(user, 'one more')])).refused).toMatchObject([{ name, used: 0 }]);
      // Calls that only the other limit counts still pass. The next window and day bring new attempts.
      if (name === 'questions') await admitted(user, 'listed', noon, false);
      await admitted(user, 'tomorrow', noon + day);
    },
  );

  test(
    'are given back once, though many say so at once, and an answer that is told as well changes nothing',
    { tags: 'engine' },
    async () => {
      const user = { id: 'twice' };
      const [kept, failed] = [await admitted(user, 'kept'), await admitted(user, 'failed')];
      await Promise.all([1, 2, 3].map(() => quotas.refund(failed, noon + 1)));
      await quotas.settle(failed, noon + 1);
      await quotas.settle(kept, noon + 1);
      await quotas.refund(kept, noon + 1);
      expect(await countsOf(user)).toEqual([1, 1, 1]);
      // The id of a call whose write was sent twice stays in the row for a while.
      stack().faults([{ kind: 'lost', table: 'quotas', times: 1 }]);
      const lossy = await admitted(user, 'lossy');
      await Promise.all([1, 2, 3].map(() => quotas.refund(lossy, noon + 1)));
      expect(await countsOf(user)).toEqual([1, 1, 1]);
    },
  );
});

/** Late copies of a row's next writes, which arrive after all other writes. */
const late = (times: number): FaultRequest => ({
  kind: 'late',
  ms: 1_500,
  table: 'quotas',
  action: 'UpdateItem',
  times,
});
/** The write of a user's first row. */
const begun = { table: 'quotas', action: 'TransactWriteItems' };

describe('what a row remembers', () => {
  test(
    'R5.7 C57: a call whose answers are lost is counted once, in a new row, a running window and a new one',
    { tags: 'engine' },
    async () => {
      const user = { id: 'lossy' };
      const lossy = async (...asked: Parameters<typeof admitted>) => {
        stack().faults([{ kind: 'lost', table: 'quotas', times: 2 }]);
        const reservation = await admitted(...asked);
        stack().faults([]);
        return reservation;
      };
      await lossy(user, 'first', noon);
      expect(await countsOf(user)).toEqual([1, 1, 1]);
      await lossy(user, 'second', noon);
      expect(await countsOf(user)).toEqual([2, 2, 2]);
      const next = await lossy(user, 'next', noon + day);
      expect(await countsOf(user)).toEqual([1, 1, 3]);
      stack().faults([{ kind: 'lost', table: 'quotas', times: 2 }]);
      await quotas.refund(next, noon + day);
      expect(await countsOf(user)).toEqual([0, 0, 2]);
    },
  );

  test(
    'R5.7 C57: a call that finds itself counted is counted once, also by a copy that comes after its end',
    { tags: 'engine' },
    async () => {
      const user = { id: 'found' };
      await admitted(user, 'first');
      stack().faults([late(1), { ...late(1), kind: 'lost', nth: 2 }]);
      await quotas.settle(await admitted(user, 'found'), noon + 1);
      await stack().settle();
      expect(await countsOf(user)).toEqual([2, 2, 2]);
    },
  );

  test(
    'R5.7 C63: a refused call counts nothing either where a copy of its write comes once there is room again',
    { tags: 'engine' },
    async () => {
      const user = { id: 'refused', questionLimit: 1 };
      const only = await admitted(user, 'only');
      stack().faults([{ kind: 'late', ms: 500, table: 'quotas', action: 'UpdateItem' }]);
      const { refused } = await tally([reserve(user, 'beyond')]);
      expect(refused).toMatchObject([{ name: 'questions', remaining: 0 }]);
      await quotas.refund(only, noon + 1);
      await stack().settle();
      expect(await countsOf(user)).toEqual([0, 0, 0]);
      await admitted(user, 'next');
    },
  );

  test.each<[string, FaultRequest[]]>([
    ['a first row could not be written', [late(1), { ...begun, kind: 'error', times: 3 }]],
    ['the answer to a first row was lost', [late(1), { ...begun, kind: 'lost', times: 3 }]],
    ['no write was answered and there was no row', [late(3)]],
  ])(
    'R5.7 C63: a call that failed where %s counts nothing, though a copy of its write comes late',
    { tags: 'engine' },
    async (why, faults) => {
      const user = { id: why };
      stack().faults(faults);
      await expect(reserve(user, 'failed')).rejects.toThrow(/^store_unavailable$/);
      await admitted(user, 'next');
      await stack().settle();
      expect(await countsOf(user)).toEqual([1, 1, 1]);
    },
  );

  test(
    'R5.7 C63: a call that found another row each time counts nothing, though a copy of its write comes late',
    { tags: 'engine' },
    async () => {
      const user = { id: 'elusive' };
      await admitted(user, 'first', noon - 2 * day);
      const row = (await quotaRow(stack(), user.id))!;
      const { documents, config } = insiderOf(stack());
      let rounds = 0;
      stack().hold(async ({ action }) => {
        if (action !== 'UpdateItem') return undefined;
        const requests = { ...row.requests, startedAt: noon - day - (rounds += 1) };
        const Item = { ...row, requests };
        await documents.send(new PutCommand({ TableName: config.table('quotas'), Item }));
        return undefined;
      });
      stack().faults([late(1)]);
      await expect(reserve(user, 'failed')).rejects.toThrow(/^busy$/);
      stack().hold(undefined);
      await admitted(user, 'next');
      await stack().settle();
      expect(await countsOf(user)).toEqual([1, 1, 2]);
    },
  );

  test('R5.7: a call is counted in one write, and in a second where it found another row; the first row is begun once', async () => {
    const user = { id: 'thrifty' };
    const writes = async (...asked: Parameters<typeof admitted>) => {
      stack().clearCalls();
      await admitted(...asked);
      return stack()
        .calls()
        .filter(({ resources }) => resources.includes('table/quotas'))
        .map(({ action }) => action);
    };
    expect(await writes(user, 'first')).toEqual(['UpdateItem', 'TransactWriteItems', 'UpdateItem']);
    expect(await writes(user, 'second')).toEqual(['UpdateItem']);
    expect(await writes(user, 'tomorrow', noon + day)).toEqual(['UpdateItem', 'UpdateItem']);
  });

  test('R5.7: a first row that is written late takes no counts away', { tags: 'engine' }, async () => {
    const user = { id: 'late row' };
    stack().faults([{ kind: 'delay', ms: 1_000, table: 'quotas', action: 'TransactWriteItems', times: 1 }]);
    await Promise.all(['a', 'b', 'c'].map((id) => admitted(user, id)));
    expect(await countsOf(user)).toEqual([3, 3, 3]);
  });

  test('C57: a call that is reserved again under its id is counted once', async () => {
    const user = { id: 'again', questionLimit: 1 };
    const first = await admitted(user, 'same');
    const second = await admitted(user, 'same', noon + 1);
    expect(second.call).toEqual(first.call);
    expect(await countsOf(user)).toEqual([1, 1, 1]);
  });

  test(
    'R5.7 C63: a write that comes late, after its repeat or after it was given up, counts nothing',
    { tags: 'engine' },
    async () => {
      const user = { id: 'delayed' };
      const late = (times: number): FaultRequest[] => [
        { kind: 'delay', ms: 2_600, table: 'quotas', action: 'UpdateItem', times },
      ];
      const arrived = async (count: number) => {
        const delayed = () =>
          stack()
            .calls()
            .filter(({ fault }) => fault === 'delay').length;
        await expect.poll(delayed).toBe(count);
      };
      await admitted(user, 'first');
      stack().faults(late(1));
      const repeated = await admitted(user, 'repeated');
      await quotas.settle(repeated, noon + 1);
      await arrived(1);
      expect(await countsOf(user)).toEqual([2, 2, 2]);

      stack().faults(late(3));
      await expect(reserve(user, 'given up')).rejects.toThrow(/^store_unavailable$/);
      await arrived(4);
      expect(await countsOf(user)).toEqual([2, 2, 2]);
      // The marks that keep late copies away are removed after a minute.
      await quotas.settle(await admitted(user, 'later', noon + 2 * minute), noon + 2 * minute);
      expect((await quotaRow(stack(), user.id))!.underWay).toEqual({ first: expect.anything() });
    },
  );

  test('C57: an outage whose answers were all lost has counted nothing', { tags: 'engine' }, async () => {
    const user = { id: 'lost', requestLimit: 2 };
    await admitted(user, 'a');
    stack().faults([{ kind: 'lost', table: 'quotas', times: 3 }]);
    await expect(reserve(user, 'b')).rejects.toThrow(/^store_unavailable$/);
    stack().faults([]);
    expect(await countsOf(user)).toEqual([1, 1, 1]);
    await admitted(user, 'c');
  });

  test('R1.5 R1.6: a new window and a new day give nothing back of the ones before', async () => {
    const user = { id: 'over' };
    const midnight = noon + 12 * hour;
    await admitted(user, 'first', midnight - 4 * hour);
    const old = await Promise.all(['a', 'b'].map((id) => admitted(user, id, midnight - minute)));
    const next = await admitted(user, 'c', midnight);
    await Promise.all(old.map((one) => quotas.refund(one, midnight)));
    expect(await countsOf(user)).toEqual([1, 1, 2]);
    await quotas.refund(next, midnight);
    expect(await countsOf(user)).toEqual([0, 0, 1]);
  });

  test('R1.5: where clocks differ, a call is given back to the window that counted it', async () => {
    const user = { id: 'skewed' };
    const ahead = await admitted(user, 'ahead', noon + 5);
    const behind = await admitted(user, 'behind', noon);
    await quotas.refund(behind, noon + 6);
    expect(await countsOf(user)).toEqual([1, 1, 1]);
    await quotas.refund(ahead, noon + 6);
    expect(await countsOf(user)).toEqual([0, 0, 0]);
  });

  test('is bounded: dead calls stay counted and are forgotten after 15 minutes, and only so many are under way', async () => {
    const user = { id: 'full', requestLimit: 1_000, questionLimit: 1_000 };
    const calls = Array.from({ length: 500 }, (_, n) => [`dead${n}`, { at: noon, isQuestion: true }]);
    await admitted(user, 'dead');
    const { documents, config } = insiderOf(stack());
    const Item = { ...(await quotaRow(stack(), user.id))!, underWay: Object.fromEntries(calls) as object };
    await documents.send(new PutCommand({ TableName: config.table('quotas'), Item }));
    await expect(reserve(user, 'too many')).rejects.toThrow(/^busy$/);
    for (const n of Array.from({ length: 24 }, (_, at) => at))
      await quotas.settle(await admitted(user, `later${n}`, noon + 15 * minute), noon + 15 * minute);
    expect(await countsOf(user)).toEqual([25, 25, 25]);
    expect((await quotaRow(stack(), user.id))!.underWay).toEqual({});
  });

  test(
    'a row of an earlier release goes on with its counts, also for calls at once',
    { tags: 'engine' },
    async () => {
      const user = { id: 'past', requestLimit: 5, questionLimit: 4 };
      const { documents, config } = insiderOf(stack());
      const Item = {
        userId: user.id,
        requestsFrom: noon - hour,
        requestsUsed: 2,
        questionsDay: new Date(noon).toISOString().slice(0, 10),
        questionsUsed: 2,
        calls: 7,
        lastCallAt: noon - hour,
        flying: { old: { at: noon - hour } },
        unanswered: { print: [{ tries: 1, until: noon + hour }] },
      };
      await documents.send(new PutCommand({ TableName: config.table('quotas'), Item }));
      const { passed, refused } = await tally([1, 2, 3, 4].map((n) => reserve(user, `call${n}`)));
      expect([passed.length, refused.length]).toEqual([2, 2]);
      expect(refused).toMatchObject([{ name: 'questions' }, { name: 'questions' }]);
      expect(await countsOf(user)).toEqual([4, 4, 9]);
      expect(Object.keys((await quotaRow(stack(), user.id))!).toSorted()).toEqual([
        'calls',
        'lastCallAt',
        'questions',
        'requests',
        'underWay',
        'userId',
      ]);
    },
  );

  test(
    'R1.5 R1.6: a limit that is lowered while calls are under way lets no more through, and gives back what it took',
    { tags: 'engine' },
    async () => {
      const user = { id: 'lowered', requestLimit: 5 };
      const passed = [await admitted(user, 'a'), await admitted(user, 'b'), await admitted(user, 'c')];
      const lowered = { ...user, requestLimit: 2 };
      expect((await tally([reserve(lowered, 'd')])).refused).toMatchObject([{ used: 3, remaining: 0 }]);
      await Promise.all(passed.slice(1).map((one) => quotas.refund(one, noon)));
      expect((await tally([1, 2].map((n) => reserve(lowered, `e${n}`)))).passed.length).toBe(1);
    },
  );

  test('R1.7: goes with its user, and no call that ends later brings it back', async () => {
    const guest = await register(stack(), await openInvite(stack(), await firstAdmin(stack())));
    const call = await admitted(guest.user, 'a');
    const leaving = { token: guest.session.token, json: { password } };
    expect((await send(stack(), 'DELETE', '/v1/me', leaving)).status).toBe(204);
    await quotas.settle(call, noon + 1);
    await quotas.refund(call, noon + 1);
    const again = quotas.reserve({ user: { epoch, ...guest.user }, id: 'b', isQuestion: true }, noon + 1);
    await expect(again).rejects.toThrow(/^unauthenticated$/);
    expect(await quotaRow(stack(), guest.user.id)).toBeUndefined();
  });
});
