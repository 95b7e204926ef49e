import { beforeAll, expect, test } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite } from '../harness/invites/invites.ts';
import { bringIn, userInvite, verifiedUser } from '../harness/invites/inviting.ts';
import { signIn } from '../harness/people/accounts.ts';
import { changeUser, pagesOf } from '../harness/people/managing.ts';
import { firstAdmin, invite, secondAdmin, somebody, type SignedIn } from '../harness/people/people.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack('usersInvite');
let admin: SignedIn;
beforeAll(async () => {
  admin = await firstAdmin(stack());
});
interface Own {
  id: string;
  status: string;
  email: string;
  delivery: string;
}
interface Answer extends Problem {
  items: Own[];
  nextCursor: string | null;
  invitesLeft: number;
}

test('200 R0.2: my invites with what became of them, and how many are left', { tags: 'engine' }, async () => {
  const who = await verifiedUser(stack(), admin);
  const guest = await bringIn(stack(), who);
  stack().clock.offsetSeconds = 60;
  const { email } = somebody();
  await userInvite(stack(), who, email, { note: 'from the choir' });
  await stack().settle();
  stack().clock.offsetSeconds = 0;
  const { token } = who.session;
  const { status, json, text } = await sendEvent<Answer>(stack(), 'me-invite-list', { token });
  expect({ status, json }).toMatchObject({
    status: 200,
    json: {
      items: [
        { status: 'active', email, delivery: 'delivered', note: 'from the choir' },
        { status: 'used', email: guest.user.email, delivery: 'delivered' },
      ],
      nextCursor: null,
      invitesLeft: 0,
    },
  });
  expect(text).not.toMatch(/\/invite\/|"url"|"code"|"role"/);
  const pages = await pagesOf<Own>(stack(), who, '/v1/invites', { limit: '1' });
  expect(pages.map((page) => page.map(({ id }) => id))).toEqual(json.items.map(({ id }) => [id]));
});

test('200 C93: whoever administers no more reads no note of another administrator, on an invite that they took over', async () => {
  const note = 'Do not let her bring anyone';
  const former = await secondAdmin(stack(), admin);
  const [link] = await invite(stack(), admin, { note });
  const [mailed] = await invite(stack(), admin, { note, emails: [somebody().email], send: false });
  for (const { id } of [link!, mailed!]) {
    await changeInvite(stack(), admin, id, 'revoke');
    expect((await changeInvite(stack(), former, id, 'reissue')).status).toBe(200);
  }
  // After a new link that keeps the invite's issuer, the note still is not the issuer's.
  stack().clock.offsetSeconds += 60;
  expect((await changeInvite(stack(), admin, mailed!.id, 'reissue')).status).toBe(200);
  const answers = (token: string) =>
    Promise.all(
      ['/v1/invites', '/v1/me/export'].map(async (path) => {
        const { status, text } = await send(stack(), 'GET', path, { token });
        return {
          status,
          ids: [link!, mailed!].every(({ id }) => text.includes(id)),
          told: text.includes(note),
        };
      }),
    );
  const read = { status: 200, ids: true };
  expect(await answers(former.session.token)).toMatchObject([
    { ...read, told: true },
    { ...read, told: true },
  ]);
  expect((await changeUser(stack(), admin, former.user.id, { role: 'general' })).status).toBe(200);
  const { json } = await signIn(stack(), former.user.username);
  expect(await answers(json.session.token)).toMatchObject([
    { ...read, told: false },
    { ...read, told: false },
  ]);
});

test('200: whoever has invited nobody sees none of others', async () => {
  const who = await verifiedUser(stack(), admin);
  const answer = await send<Answer>(stack(), 'GET', '/v1/invites', { token: who.session.token });
  expect(answer.json).toEqual({ items: [], nextCursor: null, invitesLeft: 2 });
});

test('401: nobody is signed in', async () => {
  expect((await send<Problem>(stack(), 'GET', '/v1/invites')).json.code).toBe('unauthenticated');
});
