import { beforeAll, beforeEach, expect, test } from 'vitest';
import { inviteKey } from '#shared/invites/invite-rows.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite, listAll } from '../harness/invites/invites.ts';
import { deleteInvite, readInvite } from '../harness/invites/inviting.ts';
import {
  invite,
  mailedToken,
  openInvite,
  register,
  somebody,
  type InviteRow,
} from '../harness/people/people.ts';
import { ask, relayToken, storeKey } from '../harness/relay/relay.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { putRows } from '../harness/stack/insider.ts';
import { daySeconds } from '../harness/stack/time.ts';

type Funnel = Record<string, number>;
type Labels = { items: (Funnel & { label: string })[]; truncated: boolean; moreLabels: boolean };

const { stack, admin } = useAdmin();
const label = 'Kurs-春';
const guests = [somebody(), somebody(), somebody(), somebody()] as const;
const gone = { email: 'bounce+label@simulator.amazonses.com' };
let mailed: InviteRow[];
let shown: InviteRow;

const read = async <Answer>(path: string) =>
  (await send<Answer>(stack(), 'GET', path, { token: admin.session.token })).json;
const funnelOf = async (name: string) => {
  const { items } = await read<Labels>('/v1/admin/labels');
  const { label: _, ...funnel } = items.find((one) => one.label === name)!;
  return funnel;
};
const story = async (id: string) => (await readInvite(stack(), admin, id)).json.story;
const open = (token: string) => send(stack(), 'POST', '/v1/invites/open', { json: { token } });

const nothing = {
  made: 0,
  sent: 0,
  delivered: 0,
  bounced: 0,
  formOpened: 0,
  registered: 0,
  firstAppSignIn: 0,
  firstRelayCall: 0,
  expired: 0,
  revoked: 0,
  open: 0,
  people: 0,
};

/** Six invites of one label, each one stage further than the one before, and one invite without a label. */
beforeAll(async () => {
  const emails = [gone.email, ...guests.map(({ email }) => email)];
  mailed = await invite(stack(), admin, { label, emails, expiresInDays: 30 });
  [shown] = (await invite(stack(), admin, { label, expiresInDays: 1 })) as [InviteRow];
  await invite(stack(), admin);
  await stack().settle();
  stack().clock.offsetSeconds = 2 * daySeconds;
  const tokens = await Promise.all(guests.map(({ email }) => mailedToken(stack(), email)));
  await open(tokens[1]!);
  await register(stack(), tokens[2]!, guests[2]);
  const member = await register(stack(), tokens[3]!, guests[3]);
  await storeKey(stack(), member, 'claude');
  const token = await relayToken(stack(), member);
  for (let call = 0; call < 2; call += 1) await ask(stack(), token);
});

beforeEach(() => void (stack().clock.offsetSeconds = 2 * daySeconds));

const whole = {
  ...nothing,
  made: 6,
  sent: 5,
  delivered: 4,
  bounced: 1,
  formOpened: 3,
  registered: 2,
  firstRelayCall: 1,
  expired: 1,
  open: 3,
  people: 2,
};

test('200 R7.3: a withdrawn invite is counted as such, so that the funnel adds up', async () => {
  const [back] = await invite(stack(), admin, { label: 'back', count: 2 });
  expect(await funnelOf('back')).toEqual({ ...nothing, made: 2, open: 2 });
  await changeInvite(stack(), admin, back!.id, 'revoke');
  expect(await funnelOf('back')).toEqual({ ...nothing, made: 2, open: 1, revoked: 1 });
  for (const { id } of await listAll(stack(), admin, { label: 'back' }))
    await deleteInvite(stack(), admin, id);
});

test('200 R7.3: the funnel of a label, from its making to the first use', { tags: 'engine' }, async () => {
  const { token } = admin.session;
  const { status, json } = await sendEvent<Labels>(stack(), 'admin-label-list', { token });
  expect({ status, json }).toEqual({
    status: 200,
    json: { items: [{ label, ...whole }], truncated: false, moreLabels: false },
  });
});

test('200 R7.3: the funnel of all invites, the first administrator’s among them', async () => {
  const { funnel } = await read<{ funnel: Funnel }>('/v1/admin/stats?days=1');
  const [first, without] = [1, 1];
  expect(funnel).toEqual({
    ...whole,
    made: whole.made + first + without,
    formOpened: whole.formOpened + first,
    registered: whole.registered + first,
    people: whole.people + first,
    open: whole.open + without,
  });
});

test('200 R7.3: the story of one invite says when each of it was, and why no mail arrived', async () => {
  const [bounced, , opened, , used] = mailed;
  const at = expect.stringMatching(/^\d{4}-.*Z$/) as string;
  const none = Object.fromEntries(Object.keys(await story(shown.id)).map((stage) => [stage, null]));
  expect(await story(shown.id)).toEqual({ ...none, made: shown.expiresAt && at });
  expect((await readInvite(stack(), admin, bounced!.id)).json).toMatchObject({
    delivery: 'bounced',
    deliveryReason: 'no_mailbox',
    inviterId: admin.user.id,
    story: { ...none, made: at, sent: at, bounced: at },
  });
  expect(await story(opened!.id)).toEqual({ ...none, made: at, sent: at, delivered: at, formOpened: at });
  const told = await story(used!.id);
  expect(told).toEqual({
    ...none,
    made: at,
    sent: at,
    delivered: at,
    formOpened: at,
    registered: at,
    firstRelayCall: at,
  });
  expect(Date.parse(told['registered']!) - Date.parse(told['delivered']!)).toBeGreaterThan(
    daySeconds * 1_000,
  );
});

test('200 R0.7: a row of the list names who invites, whom the invite let in, and when', async () => {
  const rows = await listAll(stack(), admin, { label, status: 'used' });
  const byName = rows.toSorted((a, b) => (a.username! < b.username! ? -1 : 1));
  expect(byName).toMatchObject(
    [guests[2], guests[3]].map(({ username }) => ({
      username,
      inviter: admin.user.username,
      inviterId: admin.user.id,
      usedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    })),
  );
});

test('200 R7.3: an invite for many counts once, and all whom it let in', async () => {
  const token = await openInvite(stack(), admin, { label: 'many', maxUses: 3 });
  for (let use = 0; use < 2; use += 1) await register(stack(), token);
  expect(await funnelOf('many')).toEqual({
    ...nothing,
    made: 1,
    formOpened: 1,
    registered: 1,
    open: 1,
    people: 2,
  });
});

test('200 R7.3: a new link begins a new story; what is deleted is in no funnel', async () => {
  const who = somebody();
  const [row] = await invite(stack(), admin, { label: 'anew', emails: [who.email] });
  await open(await mailedToken(stack(), who.email));
  expect(await funnelOf('anew')).toMatchObject({ made: 1, delivered: 1, formOpened: 1 });
  await changeInvite(stack(), admin, row!.id, 'reissue', { send: false });
  expect(await funnelOf('anew')).toEqual({ ...nothing, made: 1, open: 1 });
  const labels = async () => (await read<Labels>('/v1/admin/labels')).items.map((one) => one.label);
  const before = await labels();
  expect([before[0], before.at(-1)], 'the newest first').toEqual(['anew', label]);
  await deleteInvite(stack(), admin, row!.id);
  expect(await labels()).toEqual(before.slice(1));
});

test('200 R7.3: of two first calls one is noted, and none where the provider did not answer', async () => {
  const who = somebody();
  const [row] = await invite(stack(), admin, { label: 'calls', emails: [who.email] });
  const member = await register(stack(), await mailedToken(stack(), who.email), who);
  await storeKey(stack(), member, 'claude');
  const token = await relayToken(stack(), member);
  await stack().provider.behave([{ kind: 'error', status: 500, service: 'claude', times: 1 }]);
  expect((await ask(stack(), token)).status).toBe(500);
  expect(await story(row!.id)).toMatchObject({ firstRelayCall: null });
  await Promise.all([ask(stack(), token), ask(stack(), token)]);
  stack().clearCalls();
  expect((await ask(stack(), token)).status).toBe(200);
  const notes = stack()
    .calls()
    .filter(
      ({ function: id, action, resources }) =>
        id === 'relay' && action === 'UpdateItem' && /users|invites/.test(String(resources)),
    );
  expect(notes).toEqual([]);
  expect(await story(row!.id)).toMatchObject({ firstRelayCall: expect.any(String) as string });
});

test('200 R7.3: labels that one answer cannot hold are left out, those used last stay, and it says which of the two it leaves out', async () => {
  // Behind every invite of this file.
  const at = stack().clock.now() + 10 * daySeconds * 1_000;
  const labels = Array.from({ length: 10_001 }, (_, n) => `${'春'.repeat(34)}-${n}`);
  const common = { listing: 'invite', state: 'active', uses: 0, maxUses: 1, expiresAt: at };
  const rows = labels.map((of, n) => ({ ...common, ...inviteKey(`l${n}`), label: of, createdAt: at + n }));
  await putRows(stack(), 'invites', rows);
  const path = '/v1/admin/labels';
  const { json, text } = await send<Labels>(stack(), 'GET', path, { token: admin.session.token });
  expect(json).toMatchObject({ truncated: false, moreLabels: true });
  expect(json.items.map((one) => one.label)).toEqual(labels.slice(1).toReversed());
  expect(Buffer.byteLength(text)).toBeLessThan(5_000_000);
});

test('401 403 C50: only administrators see them', async () => {
  expect((await send(stack(), 'GET', '/v1/admin/labels')).status).toBe(401);
  const { session } = await register(stack(), await openInvite(stack(), admin));
  expect((await send(stack(), 'GET', '/v1/admin/labels', { token: session.token })).status).toBe(403);
});
