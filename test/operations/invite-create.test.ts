import { beforeAll, describe, expect, test } from 'vitest';
import type { FaultRequest } from '#local/gateway/faults.ts';
import type { Problem } from '#shared/errors/problem.ts';
import { fieldTexts } from '#shared/errors/field-texts.ts';
import { locales } from '#shared/locale.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite, listAll, shownInvite } from '../harness/invites/invites.ts';
import { auditOf, bringIn, deviceUser, userInvite, verifiedUser } from '../harness/invites/inviting.ts';
import {
  firstAdmin,
  invite,
  mailedToken,
  openInvite,
  register,
  somebody,
  type SignedIn,
} from '../harness/people/people.ts';
import { attempt } from '../harness/people/guests.ts';
import { numberOf, rowsOf } from '../harness/stack/rows.ts';
import { useStack } from '../harness/stack/stack.ts';
import { daySeconds } from '../harness/stack/time.ts';

const refused = (status: number, code: Problem['code']) => ({ status, json: { code } });

describe('where each user may send two', () => {
  const stack = useStack('usersInvite');
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });
  const user = () => verifiedUser(stack(), admin);
  const ask = (by: SignedIn, email = somebody().email) => userInvite(stack(), by, email);
  /** How many invites a user has sent, counted in the user's row and in the rows of the invites. */
  async function sentBy({ user: { id } }: SignedIn): Promise<number[]> {
    const dump = await stack().dumpTables();
    const [row] = rowsOf(dump, 'users', 'id', id);
    return [numberOf(row!, 'invitesSent'), rowsOf(dump, 'invites', 'issuerId', id).length];
  }

  test('201 R0.2: a user invites somebody by mail, who comes in by the mailed link', async () => {
    const issuer = await user();
    const { status, json, text } = await sendEvent<{ id: string; invitesLeft: number }>(
      stack(),
      'invite-create',
      { token: issuer.session.token },
    );
    expect({ status, json }).toEqual({
      status: 201,
      json: { id: json.id, email: 'jiro@example.com', expiresAt: expect.any(String), invitesLeft: 1 },
    });
    expect(text).not.toMatch(/\/invite\/|"url"|"code"/);
    const token = await mailedToken(stack(), 'jiro@example.com');
    const [mail] = stack().mails('jiro@example.com');
    expect(mail!.subject).toBe('Latchkey への招待');
    expect(mail!.text).toContain(issuer.user.username);
    const shown = await shownInvite(stack(), admin, json.id);
    expect(shown).toMatchObject({ kind: 'email', role: 'general', maxUses: 1, delivery: 'delivered' });
    expect(shown.inviter).toBe(issuer.user.username);
    expect(await auditOf(stack(), json.id)).toEqual([`invite.create by ${issuer.user.id}`]);
    const seen = JSON.stringify([await stack().dumpTables(), stack().logs()]);
    expect(seen).not.toContain(token.split('.')[1]);
    expect(seen).not.toContain('/invite/');
    const guest = await register(stack(), token, { ...somebody(), email: 'jiro@example.com' });
    expect(guest.user).toMatchObject({ role: 'general', emailVerified: true });
  });

  test('201 R2.1 R0.2: the code in a mail of a user’s invite lets in as well as its link', async () => {
    const [issuer, guest] = [await user(), somebody()];
    await ask(issuer, guest.email);
    await stack().settle();
    const [mail] = stack().mails(guest.email);
    const code = /\b\w{5}-\w{5}\b/.exec(mail!.text)![0];
    expect(await attempt(stack(), { ...guest, code })).toMatchObject({ status: 201 });
  });

  test('429 R0.2: the third is refused with a text that says how many', async () => {
    const issuer = await user();
    expect((await ask(issuer)).json.invitesLeft).toBe(1);
    expect((await ask(issuer)).json.invitesLeft).toBe(0);
    const { email } = somebody();
    const answer = await ask(issuer, email);
    expect(answer).toMatchObject(refused(429, 'quota_exceeded'));
    expect(answer.json.detail).toBe('You may send 2 invites. An administrator can grant you more.');
    expect(await listAll(stack(), admin, { email })).toEqual([]);
    expect(await sentBy(issuer)).toEqual([2, 2]);
  });

  test('429: what was withdrawn or has expired counts all the same', async () => {
    const issuer = await user();
    const first = await ask(issuer);
    await changeInvite(stack(), admin, first.json.id, 'revoke');
    await ask(issuer);
    stack().clock.offsetSeconds = 30 * daySeconds;
    expect(await ask(issuer)).toMatchObject(refused(429, 'quota_exceeded'));
  });

  test.each<[string, FaultRequest[]]>([
    ['', []],
    [' while the store reports conflicts', [{ kind: 'conflict', action: 'TransactWriteItems', times: 20 }]],
    [' while answers are lost', [{ kind: 'lost', action: 'TransactWriteItems', times: 5 }]],
  ])(
    '201 429 R0.2: of ten at once with two left, exactly two are sent%s',
    { tags: 'engine' },
    async (_, faults) => {
      const issuer = await user();
      stack().faults(faults);
      const people = Array.from({ length: 10 }, () => somebody().email);
      const statuses = (await Promise.all(people.map((email) => ask(issuer, email)))).map(
        (one) => one.status,
      );
      stack().faults([]);
      for (const status of statuses) expect([201, 429, 503]).toContain(status);
      expect(await sentBy(issuer)).toEqual([2, 2]);
      expect(statuses.filter((status) => status === 201).length).toBeLessThanOrEqual(2);
      // A request whose answers are all lost cannot know that its invite was written.
      if (!statuses.includes(503)) expect(statuses.filter((status) => status === 201)).toHaveLength(2);
      await stack().settle();
      expect(people.flatMap((email) => stack().mails(email))).toHaveLength(2);
    },
  );

  test('201 R0.2 C63: an answer lost once is one invite, counted once', { tags: 'engine' }, async () => {
    const issuer = await user();
    stack().faults([{ kind: 'lost', function: 'invite-create', action: 'TransactWriteItems' }]);
    const answer = await ask(issuer);
    expect({ status: answer.status, left: answer.json.invitesLeft }).toEqual({ status: 201, left: 1 });
    expect(await sentBy(issuer)).toEqual([1, 1]);
  });

  test('422 409: a member, and somebody with an open invite, are not invited again; it costs nothing', async () => {
    const issuer = await user();
    const guest = somebody();
    const own = await ask(issuer, issuer.user.email!.toUpperCase());
    expect(own).toMatchObject(refused(422, 'email_taken'));
    expect(own.json).toMatchObject({ detail: 'It is the address of your own account.' });
    await invite(stack(), admin, { emails: [guest.email] });
    expect(await ask(issuer, guest.email)).toMatchObject(refused(409, 'conflict'));
    expect(await sentBy(issuer)).toEqual([Number.NaN, 0]);
    await stack().settle();
    expect(stack().mails(guest.email)).toHaveLength(1);
  });

  test('201 C68: somebody who claims an address without proof does not keep its owner from being invited', async () => {
    const owner = somebody();
    await register(stack(), await openInvite(stack(), admin), { ...somebody(), email: owner.email });
    const { user: guest } = await bringIn(stack(), await user(), owner);
    expect(guest).toMatchObject({ email: owner.email, emailVerified: true });
  });

  test.each([
    ['en', 'invited already', /same time|again and/],
    ['ja', '招待済み', /同時/],
    ['zh', '已被邀请', /同时/],
  ])('409 R4.13: somebody with an open invite is said to have one, in %s', async (language, said, other) => {
    const [issuer, { email }] = [await user(), somebody()];
    expect((await ask(issuer, email)).status).toBe(201);
    const { status, json } = await send(stack(), 'POST', '/v1/invites', {
      json: { email },
      token: issuer.session.token,
      headers: { 'accept-language': language },
    });
    expect({ status, code: json.code }).toEqual({ status: 409, code: 'conflict' });
    expect(json.title).toContain(said);
    expect(`${json.title} ${json.detail}`).not.toMatch(other);
  });

  test('422 R4.13 C62: mail to an address that came back is refused in the reader’s language', async () => {
    const issuer = await user();
    const email = 'bounce+user@simulator.amazonses.com';
    await ask(issuer, email);
    await stack().settle();
    for (const language of locales) {
      const { status, json } = await send(stack(), 'POST', '/v1/invites', {
        json: { email },
        token: issuer.session.token,
        headers: { 'accept-language': language },
      });
      const message = fieldTexts.unreachable[language];
      expect({ status, errors: json.errors }).toEqual({ status: 422, errors: [{ path: 'email', message }] });
    }
  });

  test.each([
    ['en', 'spam'],
    ['ja', '迷惑メール'],
    ['zh', '垃圾邮件'],
  ])(
    '422 R4.13 C62: whose mail arrived and was marked as spam is not said to have none, in %s',
    async (language, said) => {
      const issuer = await user();
      const email = `complaint+${language}@simulator.amazonses.com`;
      await ask(issuer, email);
      await stack().settle();
      const { json } = await send(stack(), 'POST', '/v1/invites', {
        json: { email },
        token: issuer.session.token,
        headers: { 'accept-language': language },
      });
      expect(json.errors).toEqual([{ path: 'email', message: expect.stringContaining(said) as string }]);
    },
  );

  test.each<[string, object]>([
    ['role', { role: 'admin' }],
    ['maxUses', { maxUses: 5 }],
    ['kind', { kind: 'account' }],
    ['send', { send: false }],
    ['expiresInDays', { expiresInDays: null }],
    ['issuerId', { issuerId: 'somebody' }],
    ['email', { email: 'no address' }],
    ['email', { email: 'a@example.com\r\nBcc: victim@example.com' }],
    ['note', { note: 'one\nBcc: victim@example.com' }],
    ['locale', { locale: 'fr' }],
  ])('422 C6 C60: a user cannot send %s: %j', async (path, wish) => {
    const answer = await userInvite(stack(), await user(), somebody().email, wish);
    expect(answer).toMatchObject({ status: 422, json: { code: 'invalid', errors: [{ path }] } });
  });

  test('401 403 R0.2: whoever is not signed in, or has not proven an address, invites nobody', async () => {
    expect(await send(stack(), 'POST', '/v1/invites', { json: { email: somebody().email } })).toMatchObject(
      refused(401, 'unauthenticated'),
    );
    const unproven = await register(stack(), await openInvite(stack(), admin));
    expect(await ask(unproven)).toMatchObject(refused(403, 'not_verified'));
  });
});

describe('where users may send none', () => {
  const stack = useStack();

  test('429 R0.2: the default is no invites, and nobody can try out who is a member', async () => {
    const admin = await firstAdmin(stack());
    const user = await verifiedUser(stack(), admin);
    for (const email of [somebody().email, user.user.email!]) {
      const answer = await userInvite(stack(), user, email);
      expect(answer).toMatchObject(refused(429, 'quota_exceeded'));
      expect(answer.json.detail).toContain('You may send 0 invites.');
    }
    expect(rowsOf(await stack().dumpTables(), 'invites', 'issuerId', user.user.id)).toEqual([]);
  });
});

describe('where links are copied by hand', () => {
  const stack = useStack('copyLink');

  test('403: no user invites, since no mail goes out', async () => {
    const user = await deviceUser(stack(), await firstAdmin(stack()));
    const answer = await userInvite(stack(), user, somebody().email);
    expect(answer).toMatchObject(refused(403, 'forbidden'));
    expect(answer.json.title).toContain('sends no mail');
    expect(rowsOf(await stack().dumpTables(), 'invites', 'issuerId', user.user.id)).toEqual([]);
  });
});
