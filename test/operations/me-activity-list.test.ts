import { expect, test } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import { send } from '../harness/http/http.ts';
import { signIn } from '../harness/people/accounts.ts';
import { changeUser, pagesOf } from '../harness/people/managing.ts';
import { putKey } from '../harness/relay/keys.ts';
import { mailedGuest, type SignedIn } from '../harness/people/people.ts';
import { daySeconds } from '../harness/stack/time.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';

interface Happening {
  at: string;
  action: string;
  outcome: string;
  by: string;
  address: string | null;
  subjectId: string | null;
  service: string | null;
}

const { stack, admin } = useAdmin();
const path = '/v1/me/activity';
const read = async (who: SignedIn, query = {}) =>
  (await pagesOf<Happening>(stack(), who, path, query)).flat();

test('200: what happened to my account, by me and by others, newest first', { tags: 'engine' }, async () => {
  const who = await mailedGuest(stack(), admin);
  stack().clock.offsetSeconds = 60;
  await signIn(stack(), who.user.username, 'wrong password');
  stack().clock.offsetSeconds = 120;
  await putKey(stack(), who);
  stack().clock.offsetSeconds = 180;
  await changeUser(stack(), admin, who.user.id, { limits: { requests: 7 } });
  stack().clock.offsetSeconds = 0;
  const { token } = who.session;
  const { status, json } = await sendEvent<{ items: Happening[] }>(stack(), 'me-activity-list', { token });
  expect(status).toBe(200);
  expect(json.items.map(({ action, outcome, by }) => [action, outcome, by])).toEqual([
    ['user.limit', 'done', 'other'],
    ['key.put', 'done', 'me'],
    ['session.create', 'refused', 'unknown'],
    ['registration', 'done', 'me'],
  ]);
  expect(json.items[0]).toMatchObject({ address: null, subjectId: null });
  expect(json.items[1]).toMatchObject({ address: '127.0.0.1', service: 'claude' });
  expect(JSON.stringify(json)).not.toContain(admin.user.id);
});

test('200 R4.9: what was written while the trail was kept for longer is shown no more, nor is it in the export', async () => {
  const who = await mailedGuest(stack(), admin);
  stack().clock.offsetSeconds = 40 * daySeconds;
  const now = await signIn(stack(), who.user.username);
  const told = async () => {
    const exported = await send<{ audit: { items: Happening[] } }>(stack(), 'GET', '/v1/me/export', {
      token: now.json.session.token,
    });
    const shown = (await read({ ...who, session: now.json.session })).map(({ action }) => action);
    return [shown, exported.json.audit.items.map(({ action }) => action)];
  };
  const whole = ['session.create', 'registration'];
  expect(await told()).toEqual([whole, whole]);
  stack().deploy({ auditDays: 30 });
  expect(await told()).toEqual([['session.create'], ['session.create']]);
  const cursor = Buffer.from(JSON.stringify({ before: '2020-01-01T00:00:00.000Z#x' })).toString('base64url');
  const old = await send(stack(), 'GET', `${path}?cursor=${cursor}`, { token: now.json.session.token });
  expect({ status: old.status, json: old.json }).toEqual({
    status: 200,
    json: { items: [], nextCursor: null },
  });
  stack().deploy({});
  stack().clock.offsetSeconds = 0;
});

test('200: pages hold everything once', { tags: 'engine' }, async () => {
  const who = await mailedGuest(stack(), admin);
  for (let turn = 0; turn < 3; turn += 1) {
    stack().clock.offsetSeconds = turn * 60;
    await signIn(stack(), who.user.username);
    await signIn(stack(), who.user.username, 'wrong password');
  }
  stack().clock.offsetSeconds = 0;
  const whole = await read(who);
  expect(whole).toHaveLength(7);
  expect(whole.map(({ at }) => at)).toEqual(
    whole
      .map(({ at }) => at)
      .toSorted()
      .toReversed(),
  );
  expect(await read(who, { limit: '2' })).toEqual(whole);
});

test('200: nobody sees what happened to others', async () => {
  const [who, other] = [await mailedGuest(stack(), admin), await mailedGuest(stack(), admin)];
  await changeUser(stack(), admin, other.user.id, { limits: { requests: 7 } });
  expect((await read(who)).map(({ action }) => action)).toEqual(['registration']);
});

test('401 422: nobody signed in, and a cursor of another list', async () => {
  expect((await send<Problem>(stack(), 'GET', path)).json.code).toBe('unauthenticated');
  const { token } = admin.session;
  for (const cursor of ['x', Buffer.from('{"before":"2026"}').toString('base64url')]) {
    const answer = await send<Problem>(stack(), 'GET', `${path}?cursor=${cursor}`, { token });
    expect(answer).toMatchObject({ status: 422, json: { code: 'invalid' } });
  }
});
