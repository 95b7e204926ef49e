import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send, type Sent } from '../harness/http/http.ts';
import { auditOf } from '../harness/invites/inviting.ts';
import { signInByCookie } from '../harness/people/browsers.ts';
import { openInvite, password, register, somebody, type SignedIn } from '../harness/people/people.ts';
import { meanwhile, overtake } from '../harness/stack/meanwhile.ts';
import { numberOf, rowsOf } from '../harness/stack/rows.ts';

const { stack, admin } = useAdmin();

const signIn = async (login: string) =>
  (
    await send<SignedIn>(stack(), 'POST', '/v1/sessions', {
      json: { login, password, transport: 'token' },
    })
  ).json;
/** One user's three sessions. */
async function people(): Promise<[SignedIn, SignedIn, SignedIn]> {
  const who = await register(stack(), await openInvite(stack(), admin), somebody());
  return [who, await signIn(who.user.username), await signIn(who.user.username)];
}
const endOthers = ({ session: { token } }: SignedIn, sent: Sent = {}) =>
  send(stack(), 'DELETE', '/v1/sessions/others', { token, ...sent });
const alive = async (...all: SignedIn[]) =>
  Promise.all(
    all.map(async ({ session: { token } }) => (await send(stack(), 'GET', '/v1/me', { token })).status),
  );
const epochOf = async ({ user }: SignedIn) =>
  numberOf(rowsOf(await stack().dumpTables(), 'users', 'id', user.id)[0]!, 'epoch');

test(
  '204 R4.5 R2.6: ends all my sessions but this one, at once, and nobody else’s',
  { tags: 'engine' },
  async () => {
    const [here, there, elsewhere] = await people();
    const epoch = await epochOf(here);
    const path = '/v1/sessions/others';
    const answer = await sendEvent(stack(), 'session-delete', { path, token: here.session.token });
    expect(answer).toMatchObject({ status: 204, text: '', cookies: {} });
    expect(await alive(here, there, elsewhere, admin)).toEqual([200, 401, 401, 200]);
    // Other backends compare epochs: this session's access tokens now have a higher one than those of the ended sessions.
    expect(await epochOf(here)).toBe(epoch + 1);
    expect(await auditOf(stack(), here.session.id)).toEqual([`session.end-others by ${here.user.id}`]);
    // Signing in anew goes on as before.
    expect(await alive(await signIn(here.user.username), here)).toEqual([200, 200]);
  },
);

test('204: twice is once', { tags: 'engine' }, async () => {
  const [here, there] = await people();
  expect([(await endOthers(here)).status, (await endOthers(here)).status]).toEqual([204, 204]);
  expect(await alive(here, there)).toEqual([200, 401]);
});

test('204 C25 C100: no browser stays known but the one that asks', async () => {
  const [{ user }] = await people();
  const other = await signInByCookie(stack(), user.username);
  const here = await signInByCookie(stack(), user.username);
  const sent = { token: undefined, cookies: { '__Host-session': here.session } };
  const answer = await send(stack(), 'DELETE', '/v1/sessions/others', {
    ...sent,
    headers: { origin: stack().app },
  });
  expect(answer.status).toBe(204);
  const cookieAfter = async ({ device }: { device: string }) =>
    (await signInByCookie(stack(), user.username, { device })).device;
  expect(await cookieAfter(here)).toBe(here.device);
  expect(await cookieAfter(other)).not.toBe(other.device);
});

test('204: by a cookie, which stays', async () => {
  const [here, there] = await people();
  const sent = { token: undefined, cookies: { '__Host-session': here.session.token } };
  expect((await endOthers(here, sent)).status).toBe(403);
  const answer = await endOthers(here, { ...sent, headers: { origin: stack().app } });
  expect(answer).toMatchObject({ status: 204, cookies: {} });
  expect(await alive(here, there)).toEqual([200, 401]);
});

test(
  '204, 401: of two that end each other at once one is left, and no error is ours',
  { tags: 'engine' },
  async () => {
    const [here, there, elsewhere] = await people();
    const answers = await Promise.all([endOthers(here), endOthers(there)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 401]);
    const winner = answers[0]!.status === 204 ? here : there;
    expect(await alive(winner, elsewhere)).toEqual([200, 401]);
    expect((await alive(here, there)).toSorted()).toEqual([200, 401]);
  },
);

test(
  '401 R4.5: a session that is ended while it ends the others stays ended, and they live on',
  { tags: 'engine' },
  async () => {
    const [here, there] = await people();
    const signInOver = () =>
      send(stack(), 'POST', '/v1/sessions', {
        json: { login: here.user.username, password },
        cookies: { '__Host-session': here.session.token },
        headers: { origin: stack().app },
      });
    const moment = { function: 'session-delete', action: 'TransactWriteItems' };
    expect((await meanwhile(stack(), moment, () => endOthers(here), signInOver)).status).toBe(401);
    expect(await alive(here, there)).toEqual([401, 200]);
    expect(rowsOf(await stack().dumpTables(), 'sessions', 'id', here.session.id)).toEqual([]);
  },
);

test('401: who deletes their account while they end the others is told that they are signed out', async () => {
  const [here] = await people();
  const remove = () => send(stack(), 'DELETE', '/v1/me', { token: here.session.token, json: { password } });
  const moment = { function: 'session-delete', action: 'TransactWriteItems' };
  expect((await meanwhile(stack(), moment, () => endOthers(here), remove)).status).toBe(401);
});

test('204: the same session twice at once keeps itself', { tags: 'engine' }, async () => {
  const [here, there] = await people();
  const end = () => endOthers(here);
  const answers = await overtake(stack(), 'session-delete', end, end);
  expect(answers.map(({ status }) => status)).toEqual([204, 204]);
  expect(await alive(here, there)).toEqual([200, 401]);
});

test('503: what others raise each time meanwhile is not raised, and the session that asked lives on', async () => {
  const [here, there] = await people();
  const moment = { function: 'session-delete', action: 'TransactWriteItems', eachTime: true };
  const answer = await meanwhile(
    stack(),
    moment,
    () => endOthers(here),
    () => endOthers(here),
  );
  expect(answer).toMatchObject({ status: 503, json: { code: 'busy' } });
  expect(await alive(here, there)).toEqual([200, 401]);
});

test.each([
  ['is lost once', { kind: 'lost', times: 1 } as const, 204],
  ['is lost every time', { kind: 'lost', times: 3 } as const, 503],
  ['conflicts', { kind: 'conflict', times: 3 } as const, 204],
])(
  'C63: when the answer of the store %s, the others are over and this one is not',
  async (_, fault, first) => {
    const [here, there, elsewhere] = await people();
    stack().faults([{ ...fault, function: 'session-delete', action: 'TransactWriteItems' }]);
    expect((await endOthers(here)).status).toBe(first);
    stack().faults([]);
    expect(await alive(here, there, elsewhere)).toEqual([200, 401, 401]);
    expect((await endOthers(here)).status).toBe(204);
    expect(await alive(here)).toEqual([200]);
  },
);

test('503 C63: when the store fails, all live on', async () => {
  const [here, there] = await people();
  stack().faults([{ kind: 'error', function: 'session-delete', action: 'TransactWriteItems', times: 3 }]);
  expect((await endOthers(here)).status).toBe(503);
  expect(await alive(here, there)).toEqual([200, 200]);
});

test(
  'C63: one session by its id is over although every answer of the store was lost',
  { tags: 'engine' },
  async () => {
    const [here, there, elsewhere] = await people();
    const end = () =>
      send(stack(), 'DELETE', `/v1/sessions/${there.session.id}`, { token: here.session.token });
    stack().faults([{ kind: 'lost', function: 'session-delete', action: 'TransactWriteItems', times: 3 }]);
    expect((await end()).status).toBe(503);
    stack().faults([]);
    expect(await alive(here, there, elsewhere)).toEqual([200, 401, 200]);
    expect(await auditOf(stack(), there.session.id)).toEqual([`session.delete by ${here.user.id}`]);
  },
);

test('401: nobody', async () => {
  expect((await send(stack(), 'DELETE', '/v1/sessions/others')).status).toBe(401);
});
