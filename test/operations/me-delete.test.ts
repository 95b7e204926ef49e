import { describe, expect, test } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { signInToPortal } from '../harness/apps/door.ts';
import { subjectsTo } from '../harness/people/accounts.ts';
import { readBranch } from '../harness/people/branches.ts';
import { changeUser } from '../harness/people/managing.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send, type Sent } from '../harness/http/http.ts';
import { changeInvite, shownInvite } from '../harness/invites/invites.ts';
import { asUser, auditOf, deviceUser, readInvite, verifiedUser } from '../harness/invites/inviting.ts';
import { chatgptKey, keyRows, putKey } from '../harness/relay/keys.ts';
import { invite, mailedToken, openInvite, password, register } from '../harness/people/people.ts';
import { secondAdmin, somebody, tokenOf, vouchFor, type SignedIn } from '../harness/people/people.ts';
import { overtake } from '../harness/stack/meanwhile.ts';
import { numberOf, rowsOf, textOf } from '../harness/stack/rows.ts';
import { enterWindow } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();

const guest = async (wish: object = {}, who = somebody()) =>
  register(stack(), await openInvite(stack(), admin, wish), who);
const leave = async (who: SignedIn, json: object = { password }, sent: Sent = {}) =>
  send<Problem | undefined>(stack(), 'DELETE', '/v1/me', {
    json,
    ...(await asUser(stack(), who, 'DELETE', '/v1/me')),
    ...sent,
  });
const me = async (who: SignedIn) =>
  (await send(stack(), 'GET', '/v1/me', await asUser(stack(), who, 'GET', '/v1/me'))).status;
const signIn = async (login: string) =>
  send<SignedIn>(stack(), 'POST', '/v1/sessions', { json: { login, password, transport: 'token' } });

/** Tables that still hold data of a user, besides the trail, which holds ids. */
async function tracesOf({ user }: SignedIn): Promise<string[]> {
  const { audit: _, counters: __, ...tables } = await stack().dumpTables();
  return Object.entries(tables)
    .filter(([, rows]) => rows.some((row) => JSON.stringify(row).includes(user.id)))
    .map(([table]) => table);
}

test('204: deletes the account, its claims, password and sessions, and nothing lets anybody in', async () => {
  const who = somebody();
  const leaver = await guest({}, who);
  const { json: other } = await signIn(who.username);
  const browser = { login: who.username, password };
  await send(stack(), 'POST', '/v1/sessions', { json: browser, headers: { origin: stack().app } });
  const answer = await sendEvent(stack(), 'me-delete', { token: leaver.session.token, body: { password } });
  expect(answer).toMatchObject({ status: 204, text: '' });
  expect(await Promise.all([leaver, other].map(me))).toEqual([401, 401]);
  expect((await signIn(who.username)).status).toBe(401);
  expect((await signIn(who.email)).status).toBe(401);
  // The invite says that it was used, and no longer by whom.
  expect(await tracesOf(leaver)).toEqual(['invites']);
  const { audit: _, mails: __, ...tables } = await stack().dumpTables();
  for (const personal of [who.email, who.username]) expect(JSON.stringify(tables)).not.toContain(personal);
  expect(await auditOf(stack(), leaver.user.id)).toEqual([`user.delete by ${leaver.user.id}`]);
});

test('204: nor do the invites name who is gone, the one that they came by nor those that they have sent', async () => {
  const who = { ...somebody(), firstName: 'Murasaki', lastName: 'Shikibu' };
  const [own] = await invite(stack(), admin, { emails: [who.email], role: 'admin' });
  const token = await mailedToken(stack(), who.email);
  const leaver = await register(stack(), token, who);
  const used = await openInvite(stack(), leaver);
  await register(stack(), used);
  const [open] = await invite(stack(), leaver, { emails: [somebody().email] });
  const [other] = await invite(stack(), admin, { emails: ['team@example.com'], kind: 'account' });
  expect(await leave(await register(stack(), tokenOf(other!.url)))).toMatchObject({ status: 204 });
  await stack().settle();
  expect(await leave(leaver)).toMatchObject({ status: 204 });
  // The address of an open link is not the address of the guest who came in by it.
  expect(await shownInvite(stack(), admin, other!.id)).toMatchObject({ email: 'team@example.com' });
  const { invites } = await stack().dumpTables();
  for (const personal of [who.email, who.username, who.firstName])
    expect(JSON.stringify(invites)).not.toContain(personal);
  expect(await shownInvite(stack(), admin, own!.id)).toMatchObject({ status: 'used', uses: 1 });
  expect(await shownInvite(stack(), admin, open!.id)).toMatchObject({
    status: 'revoked',
    email: open!.email,
  });
  // A deleted user gets no mail that says they are registered.
  const mails = stack().mails(who.email).length;
  expect((await send(stack(), 'POST', '/v1/invites/renew', { json: { token } })).status).toBe(202);
  await stack().settle();
  expect(stack().mails(who.email)).toHaveLength(mails);
});

test('204 R0.7: nor what was written about them, on an invite that was for them alone', async () => {
  const written = { note: 'Blue kimono, room 5', message: 'Welcome, dear aunt' };
  const [own] = await invite(stack(), admin, written);
  const [several] = await invite(stack(), admin, { ...written, maxUses: 2 });
  const leavers = [own!, several!, several!].map(({ url }) => register(stack(), tokenOf(url)));
  for (const who of await Promise.all(leavers)) expect((await leave(who)).status).toBe(204);
  const [mine] = rowsOf(await stack().dumpTables(), 'invites', 'id', own!.id);
  expect(Object.keys(mine!).filter((name) => name in written)).toEqual([]);
  const [shared] = rowsOf(await stack().dumpTables(), 'invites', 'id', several!.id);
  expect(textOf(shared!, 'note'), 'is about nobody alone').toBe(written.note);
});

const noMore = {
  'was used': [],
  'has a new link': ['reissue'],
  'has a new link that was withdrawn': ['reissue', 'revoke'],
} as const;

test.each(Object.entries(noMore))(
  '204 R0.7: the way back of who has left, which %s, goes 90 days later, with its pass phrase and code',
  async (_, acts) => {
    const wish = { emails: [somebody().email], send: false, note: 'Grandmother’s tablet' };
    const who = await deviceUser(stack(), admin, wish);
    for (const act of acts)
      expect(
        (
          await changeInvite(
            stack(),
            admin,
            who.inviteId,
            act,
            act === 'reissue' ? { send: false } : undefined,
          )
        ).status,
      ).toBe(200);
    const ninetyDaysOn = () => 90 * 24 * 60 * 60 + Math.ceil(Date.now() / 1000) + stack().clock.offsetSeconds;
    const earliest = ninetyDaysOn();
    expect((await leave(who, {})).status).toBe(204);
    const latest = ninetyDaysOn();
    const { invites = [] } = await stack().dumpTables();
    // The claim on the address ends together with the invite's link.
    const rows = invites.filter(
      (row) => JSON.stringify(row).includes(who.inviteId) && !textOf(row, 'pk').startsWith('email#'),
    );
    const told = acts.length > 0 ? 'tablet' : `${wish.emails[0]!}|tablet`;
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(told));
    const ends = rows.map((row) => ({
      kind: textOf(row, 'sk').replace(/#.*/, ''),
      end: numberOf(row, 'ttl'),
    }));
    expect(ends.map(({ kind }) => kind).toSorted()).toEqual(['passphrase', 'record', 'record', 'redemption']);
    for (const { end } of ends.filter(({ kind }) => kind !== 'redemption')) {
      expect(end).toBeGreaterThanOrEqual(earliest);
      expect(end).toBeLessThanOrEqual(latest);
    }
  },
);

test('204 R4.5: takes the cookie back', async () => {
  const who = await guest();
  const headers = { origin: stack().app };
  const answer = await leave(
    who,
    { password },
    {
      token: undefined,
      cookies: { '__Host-session': who.session.token },
      headers,
    },
  );
  expect(answer.status).toBe(204);
  expect(answer.cookies['__Host-session']).toMatchObject({ value: '' });
});

test('201: the same address and name register again, by a new invite and by one for many', async () => {
  const who = somebody();
  const token = await openInvite(stack(), admin, { maxUses: 3 });
  const first = await register(stack(), token, who);
  expect((await leave(first)).status).toBe(204);
  const second = await register(stack(), token, who);
  expect(second.user).toMatchObject({ username: who.username, email: who.email });
  expect(second.user.id).not.toBe(first.user.id);
  expect((await leave(second)).status).toBe(204);

  await invite(stack(), admin, { emails: [who.email] });
  const third = await register(stack(), await mailedToken(stack(), who.email), who);
  expect(third.user).toMatchObject({ email: who.email, emailVerified: true });
});

test('204 R0.7: admins see that an invite was used, but no name of who is gone; the branch goes on below', async () => {
  const [row] = await invite(stack(), admin, { role: 'admin', maxUses: 2 });
  const leaver = await vouchFor(stack(), admin, await register(stack(), tokenOf(row!.url)));
  const stays = await register(stack(), tokenOf(row!.url));
  const below = await register(stack(), await openInvite(stack(), leaver));
  await leave(leaver);
  const { usedBy, uses } = (await readInvite(stack(), admin, row!.id)).json;
  expect(uses).toBe(2);
  const at = expect.any(String) as string;
  expect(usedBy).toEqual(
    expect.arrayContaining([
      { userId: leaver.user.id, username: null, email: null, at },
      { userId: stays.user.id, username: stays.user.username, email: stays.user.email, at },
    ]),
  );
  const { users } = (await readBranch(stack(), admin, admin.user.id)).json;
  expect(users).toContainEqual({
    id: leaver.user.id,
    username: null,
    status: null,
    invitedBy: admin.user.id,
    depth: 1,
  });
  expect(users).toContainEqual(expect.objectContaining({ id: below.user.id, invitedBy: leaver.user.id }));
  expect((await leave(stays)).status).toBe(204);
  const { usedBy: left } = (await readInvite(stack(), admin, row!.id)).json;
  expect(left.map(({ userId, username, email }) => ({ userId, username, email }))).toEqual(
    [leaver, stays]
      .map(({ user: { id } }) => ({ userId: id, username: null, email: null }))
      .toSorted((a, b) => (a.userId < b.userId ? -1 : 1)),
  );
});

test('204: open invites that the user has sent are withdrawn; used ones stay', async () => {
  const leaver = await secondAdmin(stack(), admin);
  const [open, used] = [(await invite(stack(), leaver))[0]!, (await invite(stack(), leaver))[0]!];
  const [mailed] = await invite(stack(), leaver, { emails: [somebody().email] });
  await register(stack(), tokenOf(used.url));
  await stack().settle();
  expect((await leave(leaver)).status).toBe(204);
  const states = [open, mailed!, used].map(async ({ id }) => (await shownInvite(stack(), admin, id)).status);
  expect(await Promise.all(states)).toEqual(['revoked', 'revoked', 'used']);
  // The address can be invited by another issuer.
  const [again] = await invite(stack(), admin, { emails: [mailed!.email!] });
  expect(again!.result).toBe('invited');
});

test('204 R1.2: takes the API keys with it, with their ciphertexts, and leaves those of others', async () => {
  const [leaver, stays] = [await verifiedUser(stack(), admin), await verifiedUser(stack(), admin)];
  for (const who of [leaver, stays]) await putKey(stack(), who);
  await putKey(stack(), leaver, { key: chatgptKey() }, 'chatgpt');
  expect((await leave(leaver)).status).toBe(204);
  expect(await keyRows(stack(), leaver)).toEqual({});
  expect(Object.keys(await keyRows(stack(), stays))).toEqual(['claude']);
  expect(await tracesOf(leaver)).toEqual(['invites']);
});

test('204 R6.1: takes what was granted to apps with it', async () => {
  const leaver = await verifiedUser(stack(), admin);
  await signInToPortal(stack(), leaver);
  expect(await tracesOf(leaver)).toContain('grants');
  expect((await leave(leaver)).status).toBe(204);
  expect(await tracesOf(leaver)).toEqual(['invites']);
});

test('204: the API keys go with the account, even if nothing that comes after is done', async () => {
  const who = await verifiedUser(stack(), admin);
  await putKey(stack(), who);
  stack().faults([{ kind: 'error', function: 'me-delete', action: 'TransactWriteItems', nth: 2, times: 99 }]);
  expect((await leave(who)).status).toBe(204);
  expect(await keyRows(stack(), who)).toEqual({});
});

test('204 R6.1: so does which apps they have signed in to, and what else stays goes by its time', async () => {
  const who = await verifiedUser(stack(), admin);
  await signInToPortal(stack(), who);
  stack().faults([{ kind: 'error', function: 'me-delete', action: 'TransactWriteItems', nth: 2, times: 99 }]);
  expect((await leave(who)).status).toBe(204);
  const { grants = [], sessions = [] } = await stack().dumpTables();
  const left = [...grants, ...sessions].filter((row) => textOf(row, 'userId') === who.user.id);
  expect(left.length).toBeGreaterThan(0);
  expect(left.filter((row) => !('ttl' in row))).toEqual([]);
});

test('204 R6.1: where one table fails, what lies in the others is erased all the same, and the log tells', async () => {
  const who = await verifiedUser(stack(), admin);
  await signInToPortal(stack(), who);
  stack().faults([{ kind: 'error', function: 'me-delete', action: 'Query', table: 'sessions', times: 99 }]);
  const before = stack().logs().length;
  expect((await leave(who)).status).toBe(204);
  stack().faults([]);
  expect((await tracesOf(who)).toSorted()).toEqual(['invites', 'sessions']);
  const told = stack().logs().slice(before);
  expect(JSON.stringify(told)).toContain('user.unerased');
});

test('204: who is known by the device alone needs no password, and can come again', async () => {
  const who = await deviceUser(stack(), admin);
  expect((await leave(who, {})).status).toBe(204);
  expect(await me(who)).toBe(401);
  expect(await tracesOf(who)).toEqual(['invites']);
  expect(JSON.stringify((await stack().dumpTables())['users'])).not.toContain(who.user.username);
});

test('422 R1.7: without the password nothing is deleted, and the field is named', async () => {
  const who = await guest();
  const { status, json } = await leave(who, {});
  expect({ status, path: json?.errors?.[0]?.path }).toEqual({ status: 422, path: 'password' });
  expect(await me(who)).toBe(200);
});

test('401, 429: a stolen session cannot find out the password', async () => {
  const [who, other] = [await guest(), await guest()];
  enterWindow(stack(), 600);
  const answers = [];
  for (let turn = 0; turn < 5; turn += 1) answers.push(await leave(who, { password: `wrong ${turn}` }));
  expect(answers.map(({ json }) => json?.code)).toEqual(Array(5).fill('invalid_credentials'));
  const limited = await leave(who);
  expect({ status: limited.status, code: limited.json?.code }).toEqual({ status: 429, code: 'rate_limited' });
  expect(Number(limited.headers['retry-after'])).toBeGreaterThan(500);
  expect((await leave(other)).status, 'nobody else is held up').toBe(204);
  expect((await auditOf(stack(), who.user.id)).length).toBe(5);

  stack().clock.offsetSeconds += 600;
  expect((await leave(who)).status).toBe(204);
});

test('429: of many guesses at once no more than five are looked at', { tags: 'engine' }, async () => {
  const who = await guest();
  enterWindow(stack(), 600);
  const guesses = Array.from({ length: 8 }, (_, n) => leave(who, { password: `wrong ${n}` }));
  const codes = (await Promise.all(guesses)).map(({ json }) => json?.code);
  expect(codes.filter((code) => code === 'invalid_credentials').length).toBeLessThanOrEqual(5);
  expect(codes.filter((code) => code === 'rate_limited').length).toBeGreaterThanOrEqual(3);
  expect(await me(who)).toBe(200);
});

test('401, 403 C37: nobody, and nobody from another site', async () => {
  const who = await guest();
  expect((await leave(who, { password }, { token: undefined })).status).toBe(401);
  const cookies = { '__Host-session': who.session.token };
  const foreign = { token: undefined, cookies, headers: { origin: 'https://evil.example' } };
  expect((await leave(who, { password }, foreign)).status).toBe(403);
  expect(await me(who)).toBe(200);
});

test('204: deleting twice at once is deleting', { tags: 'engine' }, async () => {
  const who = await guest();
  const answers = await Promise.all([leave(who), leave(who), leave(who)]);
  for (const { status } of answers) expect([204, 401]).toContain(status);
  expect(answers.some(({ status }) => status === 204)).toBe(true);
  expect(await auditOf(stack(), who.user.id)).toHaveLength(1);
  expect(await tracesOf(who)).toEqual(['invites']);
});

test('409: a name that changes in the same moment is not left behind', async () => {
  const who = await guest();
  const username = somebody().username;
  const json = { username };
  const rename = () => send(stack(), 'PATCH', '/v1/me', { token: who.session.token, json });
  const [gone, renamed] = await overtake(stack(), 'me-delete', () => leave(who), rename);
  expect([204, 409]).toContain(gone.status);
  expect([200, 401]).toContain(renamed.status);
  if (gone.status === 409) expect((await leave(who)).status).toBe(204);
  expect(rowsOf(await stack().dumpTables(), 'users', 'userId', who.user.id)).toEqual([]);
});

test(
  '409 C34: a thief whose session is ended in that moment deletes nothing',
  { tags: 'engine' },
  async () => {
    const who = await guest();
    const [answer, ended] = await overtake(
      stack(),
      'me-delete',
      () => leave(who),
      () => changeUser(stack(), admin, who.user.id, { endSessions: true }),
    );
    expect(ended.status).toBe(200);
    expect(answer).toMatchObject({ status: 409, json: { code: 'conflict' } });
    const owner = (await signIn(who.user.username)).json;
    expect(owner.user).toEqual(who.user);
    expect(await me(owner)).toBe(200);
  },
);

describe('C63: the store', () => {
  const faulty = { function: 'me-delete', action: 'TransactWriteItems' };

  test('fails: nothing is deleted, and a repeat does it', async () => {
    const who = await guest();
    stack().faults([{ ...faulty, kind: 'error', times: 3 }]);
    expect((await leave(who)).status).toBe(503);
    expect(await me(who)).toBe(200);
    stack().faults([]);
    expect((await leave(who)).status).toBe(204);
  });

  test('loses one answer: it is done all the same', { tags: 'engine' }, async () => {
    const who = await guest();
    stack().faults([{ ...faulty, kind: 'lost' }]);
    expect((await leave(who)).status).toBe(204);
    expect(await tracesOf(who)).toEqual(['invites']);
  });

  test('conflicts: it is tried again', { tags: 'engine' }, async () => {
    const who = await guest();
    stack().faults([{ ...faulty, kind: 'conflict', times: 4 }]);
    expect((await leave(who)).status).toBe(204);
  });

  test('fails after the account is gone: it is gone, what is left lets nobody in, and the log tells', async () => {
    const who = await secondAdmin(stack(), admin);
    const [row] = await invite(stack(), who);
    stack().faults([{ ...faulty, kind: 'error', nth: 2, times: 99 }]);
    expect((await leave(who)).status).toBe(204);
    stack().faults([]);
    expect(await me(who)).toBe(401);
    const json = { token: tokenOf(row!.url), transport: 'token', ...somebody() };
    expect((await send(stack(), 'POST', '/v1/register', { json })).status).not.toBe(201);
    const lines = stack()
      .logs()
      .filter(({ text }) => text.includes('user.unerased') && text.includes(who.user.id));
    expect(lines, 'what it leaves behind, and its invites').toHaveLength(2);
  });
});

test('204 R7.4: who has proven a mailbox goes as well as who has not, and has it in writing', async () => {
  const proven = await verifiedUser(stack(), admin);
  const stranger = await guest();
  expect((await leave(proven)).status).toBe(204);
  expect((await leave(stranger)).status).toBe(204);
  expect((await signIn(proven.user.email!)).status).toBe(401);
  const subject = 'Your account at Latchkey was deleted';
  expect(await subjectsTo(stack(), proven.user.email!)).toContain(subject);
  expect(await subjectsTo(stack(), stranger.user.email!), 'an address that may be another’s').not.toContain(
    subject,
  );
});

const administrators = async () =>
  rowsOf(await stack().dumpTables(), 'users', 'role', 'admin').map((row) => textOf(row, 'id'));

test(
  '409 C67: of two last administrators who delete themselves at once, one remains, and stays',
  { tags: 'engine' },
  async () => {
    const second = await secondAdmin(stack(), admin);
    expect((await administrators()).toSorted()).toEqual([admin.user.id, second.user.id].toSorted());
    const answers = await Promise.all([leave(admin), leave(second)]);
    expect(answers.map(({ json }) => json?.code)).toContain('last_admin');
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409]);
    const last = answers[0]!.status === 409 ? admin : second;
    expect(await administrators()).toEqual([last.user.id]);
    expect(await me(last)).toBe(200);

    const again = await leave(last);
    expect({ status: again.status, code: again.json?.code }).toEqual({ status: 409, code: 'last_admin' });
    expect((await signIn(last.user.username)).status).toBe(201);
  },
);
