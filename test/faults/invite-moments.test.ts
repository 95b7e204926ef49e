/** @module-tag engine */
import { expect, test } from 'vitest';
import { inviteKey } from '#shared/invites/invite-rows.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite, linkState, shownInvite } from '../harness/invites/invites.ts';
import { deleteInvite } from '../harness/invites/inviting.ts';
import { attempt } from '../harness/people/guests.ts';
import { invite, openInvite, password, register } from '../harness/people/people.ts';
import { secondAdmin, somebody, tokenOf, vouchFor } from '../harness/people/people.ts';
import { changeUser } from '../harness/people/managing.ts';
import { ask, relayToken, storeKey } from '../harness/relay/relay.ts';
import { meanwhile } from '../harness/stack/meanwhile.ts';
import { rowsOf, textOf } from '../harness/stack/rows.ts';
import { useAdmin } from '../harness/stack/admin.ts';

/** Events between the reads and the write of a change of an invite. */
const { stack, admin } = useAdmin();
const momentOf = (id: string) => ({ function: id, action: 'TransactWriteItems' });

type Change = 'reissue' | 'revoke' | 'delete';
const changes: Record<Change, (id: string) => Promise<{ status: number }>> = {
  reissue: (id) => changeInvite(stack(), admin, id, 'reissue'),
  revoke: (id) => changeInvite(stack(), admin, id, 'revoke'),
  delete: (id) => deleteInvite(stack(), admin, id),
};

test.each<[Change, Change]>([
  ['reissue', 'reissue'],
  ['reissue', 'revoke'],
  ['revoke', 'reissue'],
  ['delete', 'reissue'],
  ['delete', 'revoke'],
])('409 R0.7: a %s does not undo a %s of the same moment', async (late, early) => {
  const [row] = await invite(stack(), admin);
  let after: unknown;
  const change = async () => {
    expect((await changes[early](row!.id)).status).toBe(200);
    after = await shownInvite(stack(), admin, row!.id);
  };
  const answer = await meanwhile(
    stack(),
    momentOf(`admin-invite-${late}`),
    () => changes[late](row!.id),
    change,
  );
  expect(answer).toMatchObject({ status: 409, json: { code: 'conflict' } });
  expect(await shownInvite(stack(), admin, row!.id)).toEqual(after);
});

test.each<Change>(['reissue', 'delete'])(
  '409 R2.1: a %s does not undo that somebody comes in by one of many uses in the same moment',
  async (late) => {
    const [row] = await invite(stack(), admin, { maxUses: 3 });
    const comeIn = () => register(stack(), tokenOf(row!.url));
    const answer = await meanwhile(
      stack(),
      momentOf(`admin-invite-${late}`),
      () => changes[late](row!.id),
      comeIn,
    );
    expect(answer).toMatchObject({ status: 409, json: { code: 'conflict' } });
    expect(await shownInvite(stack(), admin, row!.id)).toMatchObject({ uses: 1, usesLeft: 2 });
    expect(await linkState(stack(), tokenOf(row!.url))).toBe('active');
  },
);

test('409 R0.7: a new link does not take away what is noted in the same moment of whom the invite let in', async () => {
  const [row] = await invite(stack(), admin, { maxUses: 3 });
  const member = await vouchFor(stack(), admin, await register(stack(), tokenOf(row!.url)));
  await storeKey(stack(), member, 'claude');
  const key = await relayToken(stack(), member);
  const firstCall = async () => expect((await ask(stack(), key)).status).toBe(200);
  const reissue = () => changes.reissue(row!.id);
  const answer = await meanwhile(stack(), momentOf('admin-invite-reissue'), reissue, firstCall);
  expect(answer).toMatchObject({ status: 409, json: { code: 'conflict' } });
  expect((await reissue()).status).toBe(200);
  const stored = rowsOf(await stack().dumpTables(), 'invites', 'pk', inviteKey(row!.id).pk).find(
    (one) => textOf(one, 'sk') === inviteKey(row!.id).sk,
  );
  expect(stored).toHaveProperty('firstRelayAt');
});

const registration = momentOf('registration-create');

test.each<[Change, number, string]>([
  ['reissue', 404, 'invite_invalid'],
  ['revoke', 422, 'invite_revoked'],
  ['delete', 404, 'invite_invalid'],
])(
  '422 404 C8: by one of many uses nobody comes in who is overtaken by a %s',
  async (early, status, code) => {
    const [row] = await invite(stack(), admin, { maxUses: 3 });
    const comeIn = () => attempt(stack(), { token: tokenOf(row!.url) });
    const answer = await meanwhile(stack(), registration, comeIn, () => changes[early](row!.id));
    expect(answer).toMatchObject({ status, json: { code } });
  },
);

test.each([{ role: 'general' }, { disabled: true }])(
  '422 C91: nobody comes in by the invite of an administrator who is shut out by %j in the same moment',
  async (json) => {
    const issuer = await secondAdmin(stack(), admin);
    const token = await openInvite(stack(), issuer, { role: 'admin', maxUses: 3 });
    const shutOut = () =>
      send(stack(), 'PATCH', `/v1/admin/users/${issuer.user.id}`, { token: admin.session.token, json });
    const answer = await meanwhile(stack(), registration, () => attempt(stack(), { token }), shutOut);
    expect(answer).toMatchObject({ status: 422, json: { code: 'invite_revoked' } });
  },
);

test('204: who deletes the account takes nobody else’s name out of an invite that got a new link in the same moment', async () => {
  const leaver = await secondAdmin(stack(), admin);
  const [row] = await invite(stack(), leaver);
  let renewed: { status: number } | undefined;
  stack().hold(async ({ function: id, action, tables }) => {
    if (id === 'me-delete' && action === 'UpdateItem' && tables.includes('invites'))
      renewed ??= await changes.reissue(row!.id);
    return undefined;
  });
  const leaving = { token: leaver.session.token, json: { password } };
  expect((await send(stack(), 'DELETE', '/v1/me', leaving)).status).toBe(204);
  stack().hold(undefined);
  expect(renewed).toMatchObject({ status: 200 });
  const [stored] = rowsOf(await stack().dumpTables(), 'invites', 'id', row!.id);
  expect(textOf(stored!, 'issuerName')).toBe(admin.user.username);
});

test('409 204: an invite that is deleted while whom it let in deletes the account does not come back', async () => {
  const who = somebody();
  const [row] = await invite(stack(), admin, { emails: [who.email] });
  const { session } = await register(stack(), tokenOf(row!.url), who);
  const leave = () => send(stack(), 'DELETE', '/v1/me', { token: session.token, json: { password } });
  const answer = await meanwhile(stack(), momentOf('me-delete'), leave, () => changes.delete(row!.id!));
  expect(answer).toMatchObject({ status: 409, json: { code: 'conflict' } });
  expect((await leave()).status).toBe(204);
  const { pk, sk } = inviteKey(row!.id!);
  const ofInvite = rowsOf(await stack().dumpTables(), 'invites', 'pk', pk);
  expect(ofInvite.filter((one) => textOf(one, 'sk') === sk)).toEqual([]);
});

test('200 C96: who is shut out withdraws nothing that an administrator has just made their own, and its new address stays free', async () => {
  const issuer = await secondAdmin(stack(), admin);
  const [row] = await invite(stack(), issuer, { role: 'admin', emails: [somebody().email] });
  const { email } = somebody();
  let corrected: unknown;
  const correct = async () => {
    corrected = await changeInvite(stack(), admin, row!.id, 'reissue', { email });
  };
  const moment = { function: 'admin-user-update', action: 'TransactWriteItems', nth: 2 };
  const shutOut = () => changeUser(stack(), admin, issuer.user.id, { disabled: true });
  const shut = await meanwhile(stack(), moment, shutOut, correct);
  expect({ shut, corrected }).toMatchObject({ shut: { status: 200 }, corrected: { status: 200 } });
  expect(await shownInvite(stack(), admin, row!.id)).toMatchObject({ status: 'active', email });
  await changes.revoke(row!.id);
  expect(await invite(stack(), admin, { emails: [email] })).toMatchObject([{ result: 'invited' }]);
});
