import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { signIn } from '../harness/people/accounts.ts';
import { firstAdmin, invite, openInvite, register, type SignedIn } from '../harness/people/people.ts';
import { textOf } from '../harness/stack/rows.ts';
import { useStack } from '../harness/stack/stack.ts';
import { daySeconds } from '../harness/stack/time.ts';

interface DayRow {
  day: string;
  invites: number;
  registrations: number;
  signIns: number;
  signInsRefused: number;
  relayCalls: number;
}

const stack = useStack();
let admin: SignedIn;
let user: SignedIn;
/** Noon, so that no test runs over midnight. */
const noon = daySeconds / 2 - ((Date.now() / 1_000) % daySeconds);
const daysAgo = (days: number) => (stack().clock.offsetSeconds = noon - days * daySeconds);
const dayAgo = (days: number) =>
  new Date((Date.now() / 1_000 + noon - days * daySeconds) * 1_000).toISOString().slice(0, 10);
const nothing = { invites: 0, registrations: 0, signIns: 0, signInsRefused: 0, relayCalls: 0 };

beforeAll(async () => {
  daysAgo(5);
  admin = await firstAdmin(stack());
  await invite(stack(), admin, { count: 12 });
  user = await register(stack(), await openInvite(stack(), admin));
  await signIn(stack(), user.user.username);
  daysAgo(3);
  for (let times = 0; times < 2; times += 1) await signIn(stack(), user.user.username, 'wrong password');
  daysAgo(0);
  await signIn(stack(), user.user.username);
});
beforeEach(() => void daysAgo(0));

const read = (query: string) =>
  send<{ days: DayRow[] } & Problem>(stack(), 'GET', `/v1/admin/stats?${query}`, {
    token: admin.session.token,
  });
const queries = () =>
  stack()
    .calls()
    .filter((call) => call.function === 'admin-stats-read' && call.resources.includes('table/audit')).length;
const keptDays = async () =>
  ((await stack().dumpTables())['counters'] ?? [])
    .map((row) => textOf(row, 'pk'))
    .filter((pk) => pk.startsWith('stats#'))
    .toSorted();

const week = () => [
  { day: dayAgo(6), ...nothing },
  { day: dayAgo(5), ...nothing, invites: 13, registrations: 2, signIns: 1 },
  { day: dayAgo(4), ...nothing },
  { day: dayAgo(3), ...nothing, signInsRefused: 2 },
  { day: dayAgo(2), ...nothing },
  { day: dayAgo(1), ...nothing },
  { day: dayAgo(0), ...nothing, signIns: 1 },
];

test('200: counts every day of the last week, oldest first, invites of one request one by one', async () => {
  const { token } = admin.session;
  const answer = await sendEvent<{ days: DayRow[] }>(stack(), 'admin-stats-read', { token });
  expect(answer).toMatchObject({ status: 200 });
  expect(answer.json.days).toEqual(week());
});

test('200: a day that is over is counted once; today and yesterday anew', async () => {
  await read('days=7');
  expect(await keptDays()).toEqual([6, 5, 4, 3, 2].map((days) => `stats#${dayAgo(days)}`));
  stack().clearCalls();
  expect((await read('days=7')).json.days).toEqual(week());
  expect(queries()).toBe(2 * 4);
  expect(
    stack()
      .calls()
      .map(({ action }) => action),
  ).not.toContain('Scan');

  await signIn(stack(), user.user.username, 'wrong password');
  expect((await read('days=1')).json.days).toEqual([{ ...week()[6], signInsRefused: 1 }]);
});

test('200: a bulk creation that is repeated until the next day counts on the day of its first try', async () => {
  daysAgo(-11);
  stack().clock.offsetSeconds += daySeconds / 2 - 60;
  const day = dayAgo(-11);
  admin = (await signIn(stack(), admin.user.username)).json;
  const { token } = admin.session;
  const repeat = { token, json: { count: 3 }, headers: { 'idempotency-key': 'over-midnight' } };
  stack().faults([
    { kind: 'error', function: 'admin-invite-create', action: 'TransactWriteItems', nth: 2, times: 99 },
  ]);
  expect((await send(stack(), 'POST', '/v1/admin/invites', repeat)).status).toBe(503);
  stack().faults([]);
  stack().clock.offsetSeconds += daySeconds - 60;
  await read('days=7');
  expect((await send(stack(), 'POST', '/v1/admin/invites', repeat)).status).toBe(201);
  stack().clock.offsetSeconds += 2 * daySeconds;
  const { json } = await read('days=7');
  expect(json.days.find((one) => one.day === day)).toMatchObject({ invites: 3 });
});

test(
  '200: two who count the same day at once agree; a lost answer and a store that fails do no harm',
  { tags: 'engine' },
  async () => {
    daysAgo(-30);
    admin = (await signIn(stack(), admin.user.username)).json;
    const counted = { function: 'admin-stats-read', action: 'PutItem' } as const;
    stack().faults([{ ...counted, kind: 'lost' }]);
    const answers = await Promise.all([read('days=20'), read('days=20'), read('days=20')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers[1]!.json.days).toEqual(answers[0]!.json.days);
    stack().faults([{ ...counted, kind: 'error', times: 99 }]);
    expect((await read('days=90')).status).toBe(503);
    stack().faults([]);
    const { json } = await read('days=90');
    expect(json.days).toHaveLength(90);
    expect(json.days.find(({ day }) => day === dayAgo(5))).toEqual(week()[1]);
  },
);

test('200: without a number, thirty days', async () => {
  expect((await read('')).json.days).toHaveLength(30);
});

test.each(['days=0', 'days=91', 'days=-1', 'days=', 'days=all', 'days=7&days=8', 'day=7'])(
  '422 C6: refuses %s',
  async (query) => {
    expect(await read(query)).toMatchObject({ status: 422, json: { code: 'invalid' } });
  },
);

test('401 403 C50: only administrators see them', async () => {
  expect((await send(stack(), 'GET', '/v1/admin/stats')).json.code).toBe('unauthenticated');
  const { token } = user.session;
  expect((await send(stack(), 'GET', '/v1/admin/stats', { token })).json.code).toBe('forbidden');
});
