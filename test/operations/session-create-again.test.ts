/** @module-tag engine */
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { send, type Sent } from '../harness/http/http.ts';
import { changeUser } from '../harness/people/managing.ts';
import { openInvite, password, register } from '../harness/people/people.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { meanwhile } from '../harness/stack/meanwhile.ts';
import { numberOf, rowsOf, textOf } from '../harness/stack/rows.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();

const signIn = async ({ headers, ...sent }: Sent = {}, login = admin.user.username) => {
  const { cookies } = await send(stack(), 'POST', '/v1/sessions', {
    json: { login, password },
    headers: { origin: stack().app, ...headers },
    ...sent,
  });
  return { session: cookies['__Host-session']!.value, device: cookies['__Host-device']!.value };
};
const ask = (session: string) => send(stack(), 'GET', '/v1/me', { cookies: { '__Host-session': session } });

/** Tokens that a browser can send an hour after its sign-in, each with the other token of the session, if it has another. */
const shown: Record<string, () => Promise<{ shows: string; beside: string }>> = {
  'that it has': async () => {
    const { session } = await signIn();
    return { shows: session, beside: session };
  },
  'that it was offered': async () => {
    const { first, second } = await rotated();
    return { shows: second, beside: first };
  },
  'that it had before': async () => {
    const { first, second } = await rotated();
    expect((await ask(second)).status).toBe(200);
    return { shows: first, beside: second };
  },
};
async function rotated() {
  const { session: first } = await signIn();
  stack().clock.offsetSeconds += 3_700;
  const second = (await ask(first)).cookies['__Host-session']!.value;
  return { first, second };
}

test.each(Object.entries(shown))(
  'C32: signing in again ends the session that the browser had, by the token %s',
  async (_, come) => {
    const { shows, beside } = await come();
    const { session } = await signIn({ cookies: { '__Host-session': shows } });
    const statuses = await Promise.all([session, shows, beside].map(async (one) => (await ask(one)).status));
    expect(statuses).toEqual([200, 401, 401]);
  },
);

test('R5.4 C25: a session’s row goes a year after its last use, a device’s 400 days after the last sign-in there', async () => {
  const { device } = await signIn();
  stack().clock.offsetSeconds = 100 * daySeconds;
  const { session } = await signIn({ cookies: { '__Host-device': device } });
  const rows = rowsOf(await stack().dumpTables(), 'sessions', 'userId', admin.user.id);
  const daysLeft = (row: (typeof rows)[number]) =>
    (numberOf(row, 'ttl') - Math.ceil(numberOf(row, 'lastSeenAt') / 1_000)) / daySeconds;
  const signedInAt = numberOf(
    rows.find((row) => textOf(row, 'id') === session.split('.')[1])!,
    'lastSeenAt',
  );
  const last = rows.filter((row) => numberOf(row, 'lastSeenAt') === signedInAt);
  expect(last.map(daysLeft).toSorted((a, b) => a - b)).toEqual([365, 400]);
});

test('401 C34: whoever is disabled in the moment in which they sign in gets no session', async () => {
  const { user } = await register(stack(), await openInvite(stack(), admin));
  const answer = await meanwhile(
    stack(),
    { function: 'session-create', action: 'TransactWriteItems' },
    () =>
      send(stack(), 'POST', '/v1/sessions', { json: { login: user.username, password, transport: 'token' } }),
    () => changeUser(stack(), admin, user.id, { disabled: true }),
  );
  expect(answer).toMatchObject({ status: 401, json: { code: 'invalid_credentials' } });
  expect(answer.json).not.toHaveProperty('session');
});

test('401 C34: the former password begins no session for who is read with the epoch of a reset', async () => {
  const { user, session } = await register(stack(), await openInvite(stack(), admin));
  const json = { currentPassword: password, password: 'another long sentence' };
  const answer = await meanwhile(
    stack(),
    // The account's row is read, but not its password's.
    { function: 'session-create', action: 'GetItem', nth: 2 },
    () =>
      send(stack(), 'POST', '/v1/sessions', { json: { login: user.username, password, transport: 'token' } }),
    () => send(stack(), 'PUT', '/v1/me/password', { token: session.token, json }),
  );
  expect(answer).toMatchObject({ status: 401, json: { code: 'invalid_credentials' } });
});

test('R4.5: the session that a hundred newer ones would end lives on where it is used in that moment', async () => {
  const { user, session } = await register(stack(), await openInvite(stack(), admin));
  const { token } = session;
  const { config, documents } = insiderOf(stack());
  const TableName = config.table('sessions');
  const { Item } = await documents.send(
    new GetCommand({ TableName, Key: { userId: user.id, id: session.id }, ConsistentRead: true }),
  );
  stack().clock.offsetSeconds = 60;
  const lastSeenAt = stack().clock.now();
  const newer = Array.from({ length: 99 }, (_, n) => ({ ...Item, id: `newer${n}`, lastSeenAt }));
  await Promise.all(newer.map((row) => documents.send(new PutCommand({ TableName, Item: row }))));
  // The first write begins the new session, the second one ends an old one.
  const moment = { function: 'session-create', action: 'TransactWriteItems', nth: 2 };
  const use = () => send(stack(), 'POST', '/v1/sessions/verify', { json: {}, token });
  await meanwhile(stack(), moment, () => signIn({}, user.username), use);
  expect((await send(stack(), 'GET', '/v1/me', { token })).status).toBe(200);
});

test('R4.5 R1.1: of each browser that somebody signs in with it is kept since when, when last and what it was then', async () => {
  const { user, session } = await register(stack(), await openInvite(stack(), admin));
  const { device } = await signIn({ headers: { 'user-agent': 'Browser/1' } }, user.username);
  stack().clock.offsetSeconds = 3_600;
  const again = { headers: { 'user-agent': 'Browser/2' }, cookies: { '__Host-device': device } };
  await signIn(again, user.username);
  const { token } = session;
  type Devices = Record<'items', { createdAt: string; lastSeenAt: string; userAgent: string }[]>;
  const { json } = await send<{ devices: Devices }>(stack(), 'GET', '/v1/me/export', { token });
  const [{ createdAt, lastSeenAt, userAgent }, ...more] = json.devices.items as [Devices['items'][number]];
  expect([userAgent, more]).toEqual(['Browser/2', []]);
  expect(Date.parse(lastSeenAt) - Date.parse(createdAt)).toBeGreaterThanOrEqual(3_600_000);
});
