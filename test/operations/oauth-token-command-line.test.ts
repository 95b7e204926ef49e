import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, expect, test } from 'vitest';
import { parseSessionToken } from '#shared/sessions/session-token.ts';
import { signedInBrowser } from '../harness/apps/browser.ts';
import { authorizePath, codeFor, exchange, newPkce, returned } from '../harness/apps/door.ts';
import { send } from '../harness/http/http.ts';
import { fieldsOf } from '../harness/http/visitor.ts';
import { deedsOf, subjectsTo } from '../harness/people/accounts.ts';
import { mailedGuest, type SignedIn } from '../harness/people/people.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();
let guest: SignedIn;
beforeAll(async () => void (guest = await mailedGuest(stack(), admin)));

const commandLine = { client_id: 'latchkey-cli', redirect_uri: 'http://127.0.0.1:53682/callback' };
const signIn = async () => {
  const asked = await codeFor(stack(), guest, { ...commandLine, scope: 'openid' });
  return { asked, answer: await exchange(stack(), asked, commandLine) };
};
const me = async (token: string) => (await send(stack(), 'GET', '/v1/me', { token })).status;

test('200 R6.7: the command line gets a session of its own, which its owner sees and can end', async () => {
  const { answer } = await signIn();
  expect(answer).toMatchObject({ status: 200, json: { token_type: 'Bearer', scope: 'openid' } });
  const { access_token: token, expires_in: seconds } = answer.json;
  expect(seconds).toBeGreaterThan(86_400);
  expect(await me(token)).toBe(200);
  // It may do all that its owner may. An access token could only read.
  const changed = await send(stack(), 'PATCH', '/v1/me', { json: { firstName: 'Mia' }, token });
  expect(changed.status).toBe(200);
  await send(stack(), 'DELETE', '/v1/sessions/current', { token });
  expect(await me(token)).toBe(401);
  expect(await me(guest.session.token)).toBe(200);
});

test('200 C103: its owner is told by mail', async () => {
  const before = (await subjectsTo(stack(), guest.user.email!)).length;
  await signIn();
  const subjects = (await subjectsTo(stack(), guest.user.email!)).slice(before);
  expect(subjects).toEqual([expect.stringContaining('New sign-in')]);
});

test('200 400: a code that comes again later ends the session that came of it', async () => {
  const { asked, answer } = await signIn();
  expect(await me(answer.json.access_token)).toBe(200);
  expect((await exchange(stack(), asked, commandLine)).status).toBe(400);
  expect(await me(answer.json.access_token)).toBe(401);
});

test('400 R4.9: of a code that comes again the trail tells once, though its session was signed out of before', async () => {
  const reuses = async () =>
    (await deedsOf(stack(), guest)).filter((deed) => deed === 'app.reuse refused').length;
  const before = await reuses();
  const { asked, answer } = await signIn();
  await send(stack(), 'DELETE', '/v1/sessions/current', { token: answer.json.access_token });
  for (let time = 0; time < 2; time += 1)
    expect((await exchange(stack(), asked, commandLine)).status).toBe(400);
  expect((await reuses()) - before).toBe(1);
});

test('200 303 R6.7: nobody hands a session to a program unasked: not from another page, nor by a link (RFC 8252, 8.6)', async () => {
  const visitor = await signedInBrowser(stack(), guest);
  const { challenge } = newPkce();
  const path = authorizePath(challenge, { ...commandLine, scope: 'openid' });
  const page = await visitor.get(`${path}&confirmed=yes`);
  expect(page.status).toBe(200);
  expect(page.text).toContain('latchkey login');
  const form = fieldsOf(page.text);
  const foreign = await send(stack(), 'POST', '/oauth/authorize', {
    form,
    cookies: visitor.cookies,
    headers: { origin: 'https://portal.example.com' },
  });
  expect(foreign.status).toBe(200);
  expect(returned(await visitor.get(`${path}&prompt=none`), commandLine.redirect_uri)).toMatchObject({
    error: 'interaction_required',
  });
  const answer = await visitor.submit(page, '/oauth/authorize', {});
  expect(returned(answer, commandLine.redirect_uri)).toHaveProperty('code');
});

test('303 R6.7: it wants a sign-in of the last ten minutes, as what its session may do wants one', async () => {
  const visitor = await signedInBrowser(stack(), guest);
  stack().clock.offsetSeconds = 601;
  const path = authorizePath(newPkce().challenge, { ...commandLine, scope: 'openid' });
  expect(await visitor.get(path)).toMatchObject({
    status: 303,
    headers: { location: expect.stringMatching(/^\/login\?again=1&next=/) as string },
  });
});

test('200: its sessions count among the hundred that somebody has: those unused for longest end', async () => {
  const many = await mailedGuest(stack(), admin);
  const { config, documents } = insiderOf(stack());
  const TableName = config.table('sessions');
  const { userId, sessionId: id } = parseSessionToken(many.session.token)!;
  const { Item: row } = await documents.send(new GetCommand({ TableName, Key: { userId, id } }));
  const ids = Array.from({ length: 99 }, (_, n) => `older${String(n).padStart(17, '0')}`);
  const lastSeenAt = stack().clock.now() - 60_000;
  await Promise.all(
    ids.map((older) =>
      documents.send(new PutCommand({ TableName, Item: { ...row, id: older, lastSeenAt } })),
    ),
  );
  const asked = await codeFor(stack(), many, { ...commandLine, scope: 'openid' });
  const { json } = await exchange(stack(), asked, commandLine);
  expect([await me(json.access_token), await me(many.session.token)]).toEqual([200, 200]);
  const list = await send<{ items: object[] }>(stack(), 'GET', '/v1/sessions?limit=100', {
    token: json.access_token,
  });
  expect(list.json).toMatchObject({ items: { length: 100 }, nextCursor: null });
});
