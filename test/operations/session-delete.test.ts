import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send, type Sent } from '../harness/http/http.ts';
import { openInvite, password, register, somebody } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { rowsOf } from '../harness/stack/rows.ts';

const { stack, admin } = useAdmin();

const guest = async () => register(stack(), await openInvite(stack(), admin), somebody());
const signIn = async (login: string) =>
  (
    await send<SignedIn>(stack(), 'POST', '/v1/sessions', {
      json: { login, password, transport: 'token' },
    })
  ).json;
const end = (id: string, sent: Sent) => send(stack(), 'DELETE', `/v1/sessions/${id}`, sent);
const me = (token: string) => send(stack(), 'GET', '/v1/me', { token });
const asBrowser = async (login: string) => {
  const headers = { origin: stack().app };
  const { cookies } = await send(stack(), 'POST', '/v1/sessions', { json: { login, password }, headers });
  return { cookies: { '__Host-session': cookies['__Host-session']!.value }, headers };
};

test('204 R4.5: signs out; the session is dead at once and its row is gone', async () => {
  const { session } = await guest();
  const answer = await sendEvent(stack(), 'session-delete', { token: session.token });
  expect(answer).toMatchObject({ status: 204, text: '' });
  expect((await me(session.token)).status).toBe(401);
  expect(rowsOf(await stack().dumpTables(), 'sessions', 'id', session.id)).toEqual([]);
});

test('204 R4.5 R4.11: takes the cookie back', async () => {
  const browser = await asBrowser((await guest()).user.username);
  const answer = await end('current', browser);
  expect(answer.status).toBe(204);
  expect(answer.cookies['__Host-session']).toMatchObject({ value: '' });
  expect(answer.cookies['__Host-session']!.attributes).toContain('Max-Age=0');
  expect((await end('current', browser)).status).toBe(401);
});

test('204 R4.5: a browser that was away for hours is told only that its cookie is gone', async () => {
  const browser = await asBrowser((await guest()).user.username);
  stack().clock.offsetSeconds = 7_200;
  const { headers } = await end('current', browser);
  const lines = [headers['set-cookie'] ?? []].flat().filter((line) => line.startsWith('__Host-session='));
  expect(lines).toEqual([expect.stringMatching(/^__Host-session=; Max-Age=0/)]);
});

test('204: ends another session of mine by its id, and that one only', async () => {
  const { user, session } = await guest();
  const [here, elsewhere] = [await signIn(user.username), await signIn(user.username)];
  expect((await end(elsewhere.session.id, { token: here.session.token })).status).toBe(204);
  expect((await me(elsewhere.session.token)).status).toBe(401);
  expect((await me(here.session.token)).status).toBe(200);
  expect((await me(session.token)).status).toBe(200);
});

test('204: my own session by its id is as good as "current"', async () => {
  const { session } = await guest();
  expect((await end(session.id, { token: session.token })).status).toBe(204);
  expect((await me(session.token)).status).toBe(401);
});

test('404: the session of somebody else stays, whatever it is called', async () => {
  const [mine, theirs] = [await guest(), await guest()];
  const { token } = mine.session;
  const foreign = [theirs.session.id, `${theirs.user.id}.${theirs.session.id}`, theirs.user.id, 'nothing'];
  for (const id of foreign) {
    expect(await end(id, { token }), id).toMatchObject({ status: 404, json: { code: 'not_found' } });
  }
  expect((await me(theirs.session.token)).status).toBe(200);
  expect((await me(token)).status).toBe(200);
});

test('401: nobody without a session ends one', async () => {
  const { session } = await guest();
  for (const id of ['current', session.id]) {
    expect(await end(id, {})).toMatchObject({ status: 401, json: { code: 'unauthenticated' } });
    expect((await end(id, { token: 'bad' })).status).toBe(401);
  }
  expect((await me(session.token)).status).toBe(200);
});

test.each([
  ['another origin', { origin: 'https://evil.example' }],
  ['null', { origin: 'null' }],
  ['no origin', {}],
])('403 C37: with a cookie, a request from %s ends nothing', async (_, headers) => {
  const { cookies } = await asBrowser((await guest()).user.username);
  expect(await end('current', { cookies, headers: { ...headers } })).toMatchObject({ status: 403 });
  const form = await send(stack(), 'POST', '/logout', {
    raw: '',
    cookies,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
  expect(form).toMatchObject({ status: 403, cookies: {} });
  expect((await send(stack(), 'GET', '/v1/me', { cookies })).status).toBe(200);
});

test('422: an id that is longer than any', async () => {
  const { status } = await end('x'.repeat(65), { token: admin.session.token });
  expect(status).toBe(422);
});

test('503 C63: when the store fails, the session lives on; when only its answer is lost, it is over', async () => {
  const { user, session } = await guest();
  const { token } = session;
  stack().faults([{ kind: 'error', action: 'TransactWriteItems', times: 3 }]);
  expect((await end('current', { token })).status).toBe(503);
  expect((await me(token)).status).toBe(200);

  const other = await signIn(user.username);
  stack().faults([{ kind: 'lost', action: 'TransactWriteItems' }]);
  expect((await end(other.session.id, { token })).status).toBe(204);
  expect((await me(other.session.token)).status).toBe(401);
});

test('204: signing out twice at once is signing out', { tags: 'engine' }, async () => {
  const { session } = await guest();
  const answers = await Promise.all([1, 2, 3].map(() => end('current', { token: session.token })));
  for (const { status } of answers) expect([204, 401]).toContain(status);
  expect(answers.some(({ status }) => status === 204)).toBe(true);
  expect((await me(session.token)).status).toBe(401);
});
