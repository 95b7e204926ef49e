/** @module-tag engine */
import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { send } from '../harness/http/http.ts';
import { meanwhile } from '../harness/stack/meanwhile.ts';
import { password, type SignedIn } from '../harness/people/people.ts';
import { numberOf, rowsOf, textOf } from '../harness/stack/rows.ts';

const { stack, admin } = useAdmin();

/** The value of a new session's cookie. */
async function browser(): Promise<string> {
  const json = { login: admin.user.username, password };
  const headers = { origin: stack().app };
  const { cookies } = await send(stack(), 'POST', '/v1/sessions', { json, headers });
  return cookies['__Host-session']!.value;
}
const ask = (cookie: string) => send(stack(), 'GET', '/v1/me', { cookies: { '__Host-session': cookie } });
const offered = (answer: Awaited<ReturnType<typeof ask>>) => answer.cookies['__Host-session']?.value;
const rowOf = async (cookie: string) =>
  rowsOf(await stack().dumpTables(), 'sessions', 'id', cookie.split('.')[1]!)[0]!;

test('R4.5: a cookie gets a new token after an hour of use, and not before', async () => {
  const first = await browser();
  stack().clock.offsetSeconds = 3_500;
  expect(offered(await ask(first))).toBeUndefined();
  stack().clock.offsetSeconds = 3_700;
  const second = offered(await ask(first))!;
  expect(second).not.toBe(first);
  expect((await ask(second)).status).toBe(200);
  expect(JSON.stringify(await stack().dumpTables())).not.toContain(second.split('.')[2]);
});

test('C36 R4.5: 50 parallel requests during a rotation: none is signed out, one session and one token remain', async () => {
  const first = await browser();
  stack().clock.offsetSeconds = 3_700;
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask(first)));
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  const tokens = new Set(answers.map(offered).filter(Boolean));
  expect(tokens.size).toBe(1);
  const [second] = [...tokens] as [string];
  // Requests that are under way may still use the old token while others use the new one.
  const mixed = await Promise.all(
    Array.from({ length: 50 }, (_, turn) => ask(turn % 2 === 0 ? second : first)),
  );
  expect(mixed.filter(({ status }) => status !== 200)).toEqual([]);
  expect(mixed.map(offered).filter((token) => token !== undefined && token !== second)).toEqual([]);
  const userId = admin.user.id;
  const sessions = rowsOf(await stack().dumpTables(), 'sessions', 'userId', userId);
  expect(sessions.filter((row) => textOf(row, 'id') === first.split('.')[1])).toHaveLength(1);
});

test('R4.5: no new token is offered to a program, be it by a browser’s token or by its own in a cookie', async () => {
  const json = { login: admin.user.username, password, transport: 'token' };
  const program = (await send<SignedIn>(stack(), 'POST', '/v1/sessions', { json })).json.session.token;
  const token = await browser();
  stack().clock.offsetSeconds = 3_700;
  const answers = [await send(stack(), 'GET', '/v1/me', { token }), await ask(program)];
  for (const { status, cookies } of answers)
    expect({ status, cookies }).toEqual({ status: 200, cookies: {} });
  expect(offered(await ask(token))).toBeDefined();
});

test('200 R4.5: a request does not wait where its session is written by another, and is offered no token then', async () => {
  const first = await browser();
  stack().clock.offsetSeconds = 3_700;
  stack().faults([{ kind: 'conflict', function: 'me-read', action: 'UpdateItem', times: 99 }]);
  const answer = await ask(first);
  stack().faults([]);
  expect([answer.status, offered(answer)]).toEqual([200, undefined]);
  expect(offered(await ask(first))).toBeDefined();
});

test('401 R4.5: the old token ends a minute after the new one is first used', async () => {
  const first = await browser();
  stack().clock.offsetSeconds = 3_700;
  const second = offered(await ask(first))!;
  stack().clock.offsetSeconds = 3_700 + 7_000;
  expect((await ask(first)).status, 'while the new one is unused').toBe(200);
  expect((await ask(second)).status).toBe(200);
  const until = numberOf(await rowOf(second), 'previousUntil');
  stack().clock.standAt(until - 1);
  expect((await ask(first)).status, 'a millisecond before the end').toBe(200);
  stack().clock.standAt(until);
  expect((await ask(second)).status, 'the new one').toBe(200);
  expect((await ask(first)).status, 'at the end').toBe(401);
});

test('401 C31 R4.5: no other secret lets in while a token is offered, or while the old one still counts', async () => {
  const [first, other] = [await browser(), await browser()];
  const forged = [...first.split('.').slice(0, 2), other.split('.')[2]].join('.');
  stack().clock.offsetSeconds = 3_700;
  const second = offered(await ask(first))!;
  expect((await ask(forged)).status, 'while one is offered').toBe(401);
  expect((await ask(second)).status).toBe(200);
  expect((await ask(forged)).status, 'while the old one counts').toBe(401);
  expect((await ask(first)).status).toBe(200);
});

test('R4.5: an offer whose answer was lost is made again, with the same token', async () => {
  const first = await browser();
  stack().clock.offsetSeconds = 3_700;
  const lost = offered(await ask(first))!;
  expect(offered(await ask(first)), 'not with every request').toBeUndefined();
  stack().clock.offsetSeconds += 61;
  expect(offered(await ask(first))).toBe(lost);
  expect((await ask(lost)).status).toBe(200);
});

test('R4.5: a use that is written late does not undo a later rotation', async () => {
  const first = await browser();
  stack().clock.offsetSeconds = 3_700;
  const second = offered(await ask(first))!;
  let third = '';
  const rotate = async () => {
    expect((await ask(second)).status).toBe(200);
    stack().clock.offsetSeconds += 3_700;
    third = offered(await ask(second))!;
    expect((await ask(third)).status).toBe(200);
  };
  const write = { function: 'me-read', action: 'UpdateItem' };
  expect((await meanwhile(stack(), write, () => ask(second), rotate)).status).toBe(200);
  expect((await ask(third)).status).toBe(200);
});

test('R4.5: a write whose answer was lost, or a conflict, costs nobody their session', async () => {
  for (const kind of ['lost', 'conflict'] as const) {
    stack().clock.offsetSeconds = 0;
    const first = await browser();
    stack().clock.offsetSeconds = 3_700;
    stack().faults([{ kind, service: 'dynamodb', action: 'UpdateItem', times: 1 }]);
    const second = offered(await ask(first)) ?? first;
    stack().faults([{ kind, service: 'dynamodb', action: 'UpdateItem', times: 1 }]);
    expect((await ask(second)).status, kind).toBe(200);
    expect((await ask(second)).status, kind).toBe(200);
  }
});

test('401 C35: neither token outlives the session', async () => {
  const first = await browser();
  stack().clock.offsetSeconds = 3_700;
  const second = offered(await ask(first))!;
  await send(stack(), 'DELETE', '/v1/sessions/current', { token: first });
  for (const token of [first, second]) expect((await ask(token)).status).toBe(401);
});

test('R4.5: a program’s token stays as it is', async () => {
  stack().clock.offsetSeconds = 3 * 3_600;
  const answer = await send(stack(), 'GET', '/v1/me', { token: admin.session.token });
  expect(answer).toMatchObject({ status: 200, cookies: {} });
});
