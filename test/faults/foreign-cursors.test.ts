import { beforeAll, expect, test } from 'vitest';
import { send } from '../harness/http/http.ts';
import { invite, register, somebody, tokenOf, type SignedIn } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';

interface Page {
  items: { id: string }[];
  nextCursor: string | null;
}

const { stack, admin } = useAdmin();
let member: SignedIn;
let inviteId: string;

beforeAll(async () => {
  await invite(stack(), admin, { count: 3, label: 'one' });
  await invite(stack(), admin, { emails: [somebody().email, somebody().email], label: 'two' });
  const [many] = await invite(stack(), admin, { maxUses: 9, label: 'one' });
  inviteId = many!.id;
  for (let use = 0; use < 3; use += 1) member = await register(stack(), tokenOf(many!.url));
});

/** Lists with all their filters, each of which reads another index or filters its rows. */
const lists = [
  '/v1/admin/invites?limit=1',
  '/v1/admin/invites?limit=1&status=active',
  '/v1/admin/invites?limit=1&status=used',
  '/v1/admin/invites?limit=1&status=undelivered',
  '/v1/admin/invites?limit=1&label=one',
  '/v1/admin/invites?limit=1&label=two&status=active',
  '/v1/admin/invites?limit=1&email=g',
  '/v1/admin/users?limit=1',
  '/v1/admin/users?limit=1&username=g',
  '/v1/admin/users?limit=1&label=one&role=general',
  '/v1/admin/audit?limit=1',
  '/v1/me/activity?limit=1',
  '/v1/invites?limit=1',
  '/v1/sessions?limit=1',
] as const;

const read = (path: string, { token } = admin.session) => send<Page>(stack(), 'GET', path, { token });
const cursorOf = (position: unknown) => Buffer.from(JSON.stringify(position)).toString('base64url');

test('200 or 422, never 5xx: the cursor of every list in every other one', { timeout: 120_000 }, async () => {
  const cursors = (await Promise.all(lists.map((path) => read(path)))).flatMap(
    ({ json }) => json.nextCursor ?? [],
  );
  expect(cursors.length).toBeGreaterThan(7);
  for (const path of [...lists, `/v1/admin/invites/${inviteId}?limit=1`])
    for (const cursor of cursors)
      expect([200, 422], path).toContain((await read(`${path}&cursor=${cursor}`)).status);
});

test('200 or 422, never 5xx: cursors that were made up', { timeout: 120_000 }, async () => {
  const ids = ['x', inviteId, 'record'];
  const places = [0, -1, 2 ** 53 - 1, 'g', 'g\ud800', 'g\u0000', 'ｇ', `g${'x'.repeat(200)}`];
  const positions = [
    ...ids.flatMap((id) => places.map((at) => ({ id, at }))),
    ...places.map((after) => ({ after })),
    ...places.map((before) => ({ before })),
    null,
    [],
    'g',
  ];
  for (const path of [...lists, `/v1/admin/invites/${inviteId}?limit=1`])
    for (const position of positions) {
      const { status } = await read(`${path}&cursor=${cursorOf(position)}`);
      expect([200, 422], `${path} ${JSON.stringify(position)}`).toContain(status);
    }
});

test('200: a made-up cursor shows nobody the invites of others', async () => {
  const at = 2 ** 53 - 1;
  const { status, json } = await read(`/v1/invites?cursor=${cursorOf({ id: inviteId, at })}`, member.session);
  expect({ status, items: json.items }).toEqual({ status: 200, items: [] });
});
