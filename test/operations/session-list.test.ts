import { deviceRowPrefix, isDeviceRow } from '#shared/sessions/session.ts';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send, type Sent } from '../harness/http/http.ts';
import { auditOf } from '../harness/invites/inviting.ts';
import { openInvite, password, register, somebody, type SignedIn } from '../harness/people/people.ts';
import { isSignedIn } from '../harness/people/guests.ts';
import { rowsOf, textOf } from '../harness/stack/rows.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { daySeconds } from '../harness/stack/time.ts';

interface Listed {
  id: string;
  current: boolean;
  device: { name: string | null; hint?: string };
  address: string | null;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  deviceBound: boolean;
  transport: string;
}

const { stack, admin } = useAdmin();

const guest = async () => register(stack(), await openInvite(stack(), admin), somebody());
const signIn = async ({ user }: SignedIn, json: object = {}, sent: Sent = {}) =>
  (
    await send<SignedIn>(stack(), 'POST', '/v1/sessions', {
      json: { login: user.username, password, transport: 'token', ...json },
      ...sent,
    })
  ).json;
const list = (who: Pick<SignedIn, 'session'>, query = '') =>
  send<{ items: Listed[]; nextCursor: string | null } & Problem>(stack(), 'GET', `/v1/sessions${query}`, {
    token: who.session.token,
  });
const idsOf = async (who: Pick<SignedIn, 'session'>, query = '') =>
  (await list(who, query)).json.items.map(({ id }) => id);

test(
  'of more than a hundred sessions those unused for longest end, also where several begin at once',
  { tags: 'engine' },
  async () => {
    const hanako = await guest();
    const { config, documents } = insiderOf(stack());
    const TableName = config.table('sessions');
    const [id] = await idsOf(hanako);
    const { Item } = await documents.send(
      new GetCommand({ TableName, Key: { userId: hanako.user.id, id }, ConsistentRead: true }),
    );
    // The sessions were last used one minute apart: the first one a minute ago, the last one 98 minutes ago.
    const older = Array.from({ length: 98 }, (_, n) => ({
      ...Item,
      id: `older${String(n).padStart(17, '0')}`,
      lastSeenAt: stack().clock.now() - (n + 1) * 60_000,
    }));
    await Promise.all(older.map((row) => documents.send(new PutCommand({ TableName, Item: row }))));
    const started = await Promise.all(Array.from({ length: 6 }, () => signIn(hanako)));
    const { items, nextCursor } = (await list(hanako, '?limit=100')).json;
    const kept = [
      id,
      ...started.map(({ session }) => session.id),
      ...older.slice(0, 93).map((row) => row.id),
    ];
    expect([items.map((one) => one.id).toSorted(), nextCursor]).toEqual([kept.toSorted(), null]);
    for (const { session } of [hanako, ...started]) expect((await list({ session })).status).toBe(200);
    expect(await auditOf(stack(), older[97]!.id)).toEqual([`session.delete by ${hanako.user.id}`]);
  },
);

test(
  'of more than a hundred devices those unseen for longest are forgotten, fifty at a sign-in',
  { tags: 'engine' },
  async () => {
    const hanako = await guest();
    const { config, documents } = insiderOf(stack());
    const seen = Array.from({ length: 160 }, (_, n) => ({
      userId: hanako.user.id,
      id: `${deviceRowPrefix}seen${n}`,
      device: `seen${n}`,
      lastSeenAt: stack().clock.now() - (n + 1) * 60_000,
    }));
    const TableName = config.table('sessions');
    await Promise.all(seen.map((Item) => documents.send(new PutCommand({ TableName, Item }))));
    const kept = async () =>
      rowsOf(await stack().dumpTables(), 'sessions', 'userId', hanako.user.id)
        .map((row) => textOf(row, 'id'))
        .filter((id) => isDeviceRow({ id }));
    const own = (await kept()).filter((id) => !id.includes('seen')).length;
    const browser = () => signIn(hanako, { transport: 'cookie' }, { headers: { origin: stack().app } });
    await browser();
    expect(await kept()).toHaveLength(own + 161 - 50);
    await browser();
    const devices = await kept();
    expect(devices).toHaveLength(100);
    // The most recently seen ones stay, beside the devices that have signed in.
    expect(devices.filter((id) => id.includes('seen')).toSorted()).toEqual(
      seen
        .slice(0, 98 - own)
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(await isSignedIn(stack(), hanako.session.token)).toBe(true);
  },
);

test('200 R4.5: lists my sessions with device, network and times, and nothing that lets anybody in', async () => {
  const hanako = await guest();
  const userAgent =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
  const { session } = await signIn(
    hanako,
    { transport: 'cookie', deviceId: 'abcdefghijklmnop' },
    {
      headers: { origin: stack().app, 'user-agent': `${userAgent} Version/18.0 Mobile/15E148 Safari/604.1` },
      from: '127.0.3.7',
    },
  );
  const curl = await signIn(hanako, {}, { headers: { 'user-agent': 'curl/8.5.0' }, from: '127.0.3.8' });
  const { status, json, text } = await sendEvent<{ items: Listed[]; nextCursor: null }>(
    stack(),
    'session-list',
    { token: hanako.session.token },
  );
  expect(status).toBe(200);
  expect(json.nextCursor).toBeNull();
  const time = expect.stringMatching(/^\d{4}-.*Z$/) as string;
  const times = { createdAt: time, lastSeenAt: time, expiresAt: time };
  const by = new Map(json.items.map((item) => [item.id, item]));
  expect(by.size).toBe(3);
  expect(by.get(session.id)).toEqual({
    id: session.id,
    current: false,
    device: { name: 'Safari on iPhone', hint: 'abcdefgh' },
    address: '127.0.3.0/24',
    ...times,
    deviceBound: false,
    transport: 'cookie',
  });
  expect(by.get(curl.session.id)).toMatchObject({ device: { name: 'curl' }, transport: 'token' });
  expect(by.get(hanako.session.id)).toMatchObject({ current: true, device: { name: null } });
  for (const secret of [hanako, curl].map((one) => one.session.token.split('.')[2]!))
    expect(text).not.toContain(secret);
  expect(text).not.toMatch(/(hash|epoch)\w*":|127\.0\.3\.[78]/i);
});

test('200: newest use first, page by page, each once', { tags: 'engine' }, async () => {
  const who = await guest();
  const others: SignedIn[] = [];
  for (const hours of [3, 6, 9]) {
    stack().clock.offsetSeconds = hours * 3_600;
    others.push(await signIn(who));
  }
  stack().clock.offsetSeconds = 12 * 3_600;
  // Being used moves the first to the top.
  const [first, second, third] = others.map(({ session }) => session.id);
  expect(await idsOf(others[0]!)).toEqual([first, third, second, who.session.id]);

  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const { json } = await list(others[0]!, `?limit=3${cursor ? `&cursor=${cursor}` : ''}`);
    seen.push(...json.items.map(({ id }) => id));
    cursor = json.nextCursor;
  } while (cursor);
  expect(seen).toEqual([first, third, second, who.session.id]);
});

test('200 C35: those that are over, ended or of an earlier epoch are not listed while their rows are there', async () => {
  const who = await guest();
  const ended = await signIn(who);
  await send(stack(), 'DELETE', '/v1/sessions/current', { token: ended.session.token });
  const earlier = await signIn(who);
  await send(stack(), 'DELETE', '/v1/sessions/others', { token: who.session.token });
  expect(JSON.stringify((await stack().dumpTables())['sessions'])).toContain(earlier.session.id);
  expect(await idsOf(who)).toEqual([who.session.id]);

  stack().clock.offsetSeconds = 200 * daySeconds;
  const late = await signIn(who);
  stack().clock.offsetSeconds = 380 * daySeconds;
  expect(await idsOf(late)).toEqual([late.session.id]);
});

test('200: nobody sees the sessions of somebody else, an administrator included', async () => {
  const who = await guest();
  expect(await idsOf(admin)).not.toContain(who.session.id);
});

test.each(['?limit=0', '?limit=101', '?cursor=none', '?cursor=!', '?userId=x'])('422: %s', async (query) => {
  expect((await list(admin, query)).json.code).toBe('invalid');
});

test('401, 503: nobody; and a store that is down', async () => {
  expect((await send(stack(), 'GET', '/v1/sessions')).status).toBe(401);
  stack().faults([{ kind: 'error', function: 'session-list', action: 'Query', times: 3 }]);
  expect((await list(admin)).status).toBe(503);
});
