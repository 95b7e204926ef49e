import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { askCode, codesOf } from '../harness/people/codes.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { waitSeconds } from '../harness/stack/outbox.ts';
import { invite, mailedGuest, somebody } from '../harness/people/people.ts';
import { numberOf, textOf } from '../harness/stack/rows.ts';
import { daySeconds } from '../harness/stack/time.ts';

/** An account that may send five mails a second. */
const { stack, admin } = useAdmin('smallAccount');
const limit = 5;

const people = (count: number) => Array.from({ length: count }, () => somebody().email);

/** Mails in each second of the clock, as the mailers have counted them. */
async function counted(): Promise<Map<string, number>> {
  const { counters = [] } = await stack().dumpTables();
  const rows = counters.filter((row) => textOf(row, 'pk').startsWith('rate#mail#'));
  return new Map(rows.map((row) => [textOf(row, 'pk'), numberOf(row, 'hits')]));
}

/** How many mails `work` added to the count of each second, without seconds to which it added none. */
async function countedDuring(work: () => Promise<void>): Promise<number[]> {
  const before = await counted();
  await work();
  const after = await counted();
  return [...after].map(([second, hits]) => hits - (before.get(second) ?? 0)).filter((hits) => hits > 0);
}

test('200 R0.3: twelve mails take at least three seconds of the clock, five in each at most', async () => {
  const emails = people(12);
  const seconds = await countedDuring(async () => {
    await invite(stack(), admin, { emails });
    await stack().settle();
  });
  for (const email of emails) expect(stack().mails(email)).toHaveLength(1);
  expect(seconds.reduce((sum, hits) => sum + hits, 0)).toBe(12);
  expect(seconds.length).toBeGreaterThanOrEqual(3);
  expect(Math.max(...(await counted()).values())).toBeLessThanOrEqual(limit);
});

/** Has others take every turn of the next 90 seconds of the clock, which stands still but for the mailer's tries. */
async function takeEveryTurn(mailer: string): Promise<void> {
  // A day that no other test of this file reaches.
  await waitSeconds(stack(), daySeconds);
  const { config, documents } = insiderOf(stack());
  const TableName = config.table('counters');
  const now = stack().clock.now();
  const start = now - (now % 1_000);
  const taken = Array.from({ length: 90 }, (_, second) => start + second * 1_000);
  const take = (second: number) =>
    documents.send(new PutCommand({ TableName, Item: { pk: `rate#mail#${second}`, hits: limit } }));
  await Promise.all(taken.map(take));
  // The clock stands near the end of a second, and moves on a second with each request for a turn. So each wait is short.
  stack().clock.standAt(start + 990);
  stack().hold(async ({ function: id, tables }) => {
    if (id === mailer && tables.includes('counters')) stack().clock.standAt(stack().clock.now() + 1_000);
    return undefined;
  });
}

test('200 R0.3 R8.2: while others take every turn no function waits until it is ended, and the sweep sends the mail', async () => {
  await takeEveryTurn('mail-send');
  const emails = people(3);
  await invite(stack(), admin, { emails });
  await stack().settle();
  const failures = stack()
    .metrics()
    .filter(({ name, value }) => name === 'Errors' && value > 0);
  expect({ failures, failed: stack().failed() }).toEqual({ failures: [], failed: [] });
  expect(emails.flatMap((email) => stack().mails(email))).toEqual([]);
  await waitSeconds(stack(), 151);
  for (const email of emails) expect(stack().mails(email)).toHaveLength(1);
});

test('200 R0.3 R8.2: a code waits for a bounded number of turns too, and the sweep sends it', async () => {
  const { session } = await mailedGuest(stack(), admin);
  const { email } = somebody('new');
  await takeEveryTurn('mail-hurry');
  expect((await askCode(stack(), 'email-update', email, { token: session.token })).status).toBe(202);
  const sent = async () => (await codesOf(stack(), email)).length;
  expect({ failed: stack().failed(), sent: await sent() }).toEqual({ failed: [], sent: 0 });
  await waitSeconds(stack(), 151);
  expect(await sent()).toBe(1);
});

test('200 R0.3: the sweep and the stream keep the rate together', async () => {
  const [late, fresh] = [people(7), people(7)];
  stack().faults([{ kind: 'error', service: 'ses', action: 'SendEmail', times: 7 }]);
  await invite(stack(), admin, { emails: late });
  await stack().settle();
  const seconds = await countedDuring(async () => {
    await invite(stack(), admin, { emails: fresh });
    await waitSeconds(stack(), 61);
  });
  for (const email of [...late, ...fresh]) expect(stack().mails(email)).toHaveLength(1);
  expect(seconds.reduce((sum, hits) => sum + hits, 0)).toBe(14);
  expect(Math.max(...(await counted()).values())).toBeLessThanOrEqual(limit);
});
