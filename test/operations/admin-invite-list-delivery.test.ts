import { beforeAll, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { changeInvite, listAll, listPage } from '../harness/invites/invites.ts';
import { waitSeconds } from '../harness/stack/outbox.ts';
import { invite, type InviteRow } from '../harness/people/people.ts';

const { stack, admin } = useAdmin();

const names = ['bounce', 'complaint', 'suppressionlist', 'success'] as const;
const at = (name: string, label: number) => `${name}+${label}@simulator.amazonses.com`;
const rows = {} as Record<(typeof names)[number] | 'failed' | 'silent', InviteRow[]>;

/** Two invites in each delivery state. */
beforeAll(async () => {
  stack().faults([{ kind: 'error', service: 'ses', action: 'SendEmail', times: 99 }]);
  rows.failed = await invite(stack(), admin, { emails: ['failed.1@example.com', 'failed.2@example.com'] });
  await stack().settle();
  for (const minutes of [1, 5, 25, 125]) await waitSeconds(stack(), minutes * 60 + 1);
  stack().faults([]);
  stack().clock.offsetSeconds = 0;
  for (const name of names) rows[name] = await invite(stack(), admin, { emails: [at(name, 1), at(name, 2)] });
  rows.silent = await invite(stack(), admin, { emails: ['silent@example.com'], send: false });
  await stack().settle();
});

const list = (query: Record<string, string>) => listAll(stack(), admin, query);
const ids = (invites: readonly { id: string }[]) => invites.map(({ id }) => id).sort();
const trouble = () => [...rows.bounce, ...rows.complaint, ...rows.suppressionlist, ...rows.failed];

test('200 R0.7: shows what became of each mail', async () => {
  const shown = new Map((await list({ limit: '100' })).map((one) => [one.id, one.delivery]));
  const deliveries = Object.fromEntries(
    Object.entries(rows).map(([name, invites]) => [name, invites.map(({ id }) => shown.get(id))]),
  );
  expect(deliveries).toEqual({
    failed: ['failed', 'failed'],
    bounce: ['bounced', 'bounced'],
    complaint: ['complained', 'complained'],
    suppressionlist: ['bounced', 'bounced'],
    success: ['delivered', 'delivered'],
    silent: [undefined],
  });
});

test('200 R0.3 R0.7: `undelivered` finds what bounced, was complained of or failed, in pages of any size', async () => {
  for (const limit of ['1', '3', '100']) {
    expect(ids(await list({ status: 'undelivered', limit }))).toEqual(ids(trouble()));
  }
  const { json } = await listPage(stack(), admin, { status: 'undelivered', limit: '3' });
  expect(json.items).toHaveLength(3);
  expect(json.nextCursor).not.toBeNull();
});

test('200 R0.7: and so it does together with the beginning of an address', async () => {
  const query = { status: 'undelivered', limit: '1' };
  expect(ids(await list({ ...query, email: 'bounce' }))).toEqual(ids(rows.bounce));
  expect(ids(await list({ ...query, email: at('COMPLAINT', 2) }))).toEqual([rows.complaint[1]!.id]);
  expect(await list({ ...query, email: 'success' })).toEqual([]);
  expect(await list({ ...query, email: 'silent' })).toEqual([]);
});

test('200 R0.7: undelivered invites are as active as others', async () => {
  const active = ids(await list({ status: 'active' }));
  expect(active).toEqual(ids(Object.values(rows).flat()));
});

test('200 R0.3 R0.7: what is corrected, or shown instead, is no longer undelivered', async () => {
  const [corrected, byHand] = rows.bounce as [InviteRow, InviteRow];
  await changeInvite(stack(), admin, corrected.id, 'reissue', { email: 'right@example.com' });
  await changeInvite(stack(), admin, byHand.id, 'reissue', { send: false });
  await stack().settle();
  const left = ids(await list({ status: 'undelivered' }));
  expect(left).toEqual(ids(trouble().filter((row) => row !== corrected && row !== byHand)));
  expect(await list({ email: 'right@' })).toMatchObject([{ id: corrected.id, delivery: 'delivered' }]);
});
