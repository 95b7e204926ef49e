import { beforeAll, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { callNames } from '../harness/stack/calls.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { changeUser } from '../harness/people/managing.ts';
import { openInvite, register, type SignedIn } from '../harness/people/people.ts';
import { daySeconds, enterWindow } from '../harness/stack/time.ts';

interface Standing {
  limit: number;
  used: number;
  remaining: number;
  resetsAt: string | null;
}
type Quota = Record<'requests' | 'questions', Standing>;

const { stack, admin } = useAdmin();
let user: SignedIn;
beforeAll(async () => {
  user = await register(stack(), await openInvite(stack(), admin));
});

const read = async ({ session: { token } }: SignedIn) =>
  (await send<Quota>(stack(), 'GET', '/v1/quota', { token })).json;

test('200 R1.5 R1.6: a user without a row has used nothing, from the first moment on', async () => {
  enterWindow(stack(), daySeconds);
  const midnight = new Date(stack().clock.now());
  midnight.setUTCHours(24, 0, 0, 0);
  const { status, json } = await sendEvent(stack(), 'quota-read', { token: user.session.token });
  expect(status).toBe(200);
  expect(json).toEqual({
    requests: { limit: 30, used: 0, remaining: 30, resetsAt: null },
    questions: { limit: 30, used: 0, remaining: 30, resetsAt: midnight.toISOString() },
  });
});

test('200 R1.5 R1.6: limits are settings, and a user has own ones by an administrator', async () => {
  stack().deploy({ userRequests: 7, userQuestions: 0 });
  expect(await read(user)).toMatchObject({
    requests: { limit: 7, remaining: 7 },
    questions: { limit: 0, remaining: 0 },
  });
  await changeUser(stack(), admin, user.user.id, { limits: { requests: 0, questions: 2 } });
  expect(await read(user)).toMatchObject({
    requests: { limit: 0, remaining: 0 },
    questions: { limit: 2, remaining: 2 },
  });
  expect(await read(admin)).toMatchObject({ requests: { limit: 7 }, questions: { limit: 0 } });
  await changeUser(stack(), admin, user.user.id, { limits: { requests: null, questions: null } });
  expect(await read(user)).toMatchObject({ requests: { limit: 7 }, questions: { limit: 0 } });
});

test('200: costs one call of the store beyond signing in, and changes nothing', async () => {
  const before = await stack().dumpTables();
  stack().clearCalls();
  await read(user);
  const calls = callNames(stack(), 'quota-read');
  expect(calls).toHaveLength(2);
  expect(calls).toContain('dynamodb GetItem table/quotas');
  expect(await stack().dumpTables()).toEqual(before);
});

test('401, 503: nobody; and a store that is down', async () => {
  expect(await send(stack(), 'GET', '/v1/quota')).toMatchObject({
    status: 401,
    json: { code: 'unauthenticated' },
  });
  stack().faults([{ kind: 'error', table: 'quotas', times: 99 }]);
  expect(await send(stack(), 'GET', '/v1/quota', { token: user.session.token })).toMatchObject({
    status: 503,
    json: { code: 'store_unavailable' },
  });
});
