import { expect, test } from 'vitest';
import { send } from '../harness/http/http.ts';
import { changeInvite, linkState } from '../harness/invites/invites.ts';
import { deleteInvite, readInvite } from '../harness/invites/inviting.ts';
import { invite, tokenOf, type InviteRow } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { callsOf } from '../harness/stack/calls.ts';
import { meanwhile } from '../harness/stack/meanwhile.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { rowsOf } from '../harness/stack/rows.ts';

const { stack, admin } = useAdmin();
const open = (token: string) => send(stack(), 'POST', '/v1/invites/open', { json: { token } });
const openedAt = async (id: string) => (await readInvite(stack(), admin, id)).json.story['formOpened'];

test('204: a link that is none is answered as a good one, and costs no KMS call; one that was never mailed costs one', async () => {
  const costs = () => callsOf(stack(), 'invite-open').filter(({ service }) => service === 'kms');
  const [row] = await invite(stack(), admin);
  stack().clearCalls();
  expect((await sendEvent(stack(), 'invite-open')).status).toBe(204);
  expect(costs()).toEqual([]);
  await open(tokenOf(row!.url));
  expect(costs()).toHaveLength(1);
});

test('204 R7.3 C7: notes once that the form is being filled in, and uses nothing up', async () => {
  const [row] = await invite(stack(), admin);
  const token = tokenOf(row!.url);
  for (const method of ['GET', 'HEAD']) await send(stack(), method, `/invite/${token}`);
  expect(await openedAt(row!.id)).toBeNull();
  const answers = await Promise.all([open(token), open(token), open(token)]);
  expect(answers.map(({ status, text }) => `${status}${text}`)).toEqual(['204', '204', '204']);
  const first = await openedAt(row!.id);
  expect(first).not.toBeNull();
  stack().clock.offsetSeconds += 60;
  await open(token);
  expect(await openedAt(row!.id)).toBe(first);
  expect(await linkState(stack(), token)).toBe('active');
});

test('204 R7.3: a forged link, an old one and one that is over note nothing', async () => {
  const [row, withdrawn] = await invite(stack(), admin, { count: 2 });
  const token = tokenOf(row!.url);
  const forged = `${token.slice(0, -2)}${token.at(-2) === 'A' ? 'B' : 'A'}${token.at(-1)}`;
  expect((await open(forged)).status).toBe(204);
  await changeInvite(stack(), admin, row!.id, 'reissue');
  expect((await open(token)).status).toBe(204);
  expect(await openedAt(row!.id)).toBeNull();
  await changeInvite(stack(), admin, withdrawn!.id, 'revoke');
  expect((await open(tokenOf(withdrawn!.url))).status).toBe(204);
  expect(await openedAt(withdrawn!.id)).toBeNull();
  expect(rowsOf(await stack().dumpTables(), 'invites', 'id', withdrawn!.id)).toHaveLength(1);
});

test('204 R7.3: of two who begin at once the first one counts, and nobody who is overtaken by a new link or a deletion', async () => {
  const rows = await invite(stack(), admin, { count: 3 });
  const [twice, renewed, deleted] = rows as [InviteRow, InviteRow, InviteRow];
  const write = { function: 'invite-open', action: 'UpdateItem' };
  const openWhile = (row: InviteRow, act: () => Promise<unknown>) =>
    meanwhile(stack(), write, () => open(tokenOf(row.url)), act);
  let first: unknown;
  const another = async () => {
    stack().clock.offsetSeconds += 60;
    await open(tokenOf(twice.url));
    first = await openedAt(twice.id);
  };
  await openWhile(twice, another);
  expect([first, await openedAt(twice.id)]).toEqual([expect.any(String), first]);
  await openWhile(renewed, () => changeInvite(stack(), admin, renewed.id, 'reissue'));
  expect(await openedAt(renewed.id)).toBeNull();
  await openWhile(deleted, () => deleteInvite(stack(), admin, deleted.id));
  const { invites = [] } = await stack().dumpTables();
  expect(JSON.stringify(invites)).not.toContain(deleted.id);
});

test('422: a body without a token', async () => {
  expect((await send(stack(), 'POST', '/v1/invites/open', { json: {} })).status).toBe(422);
});
