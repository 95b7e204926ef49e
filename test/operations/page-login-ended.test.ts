import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { cookie } from '#shared/http/cookies.ts';
import { locales } from '#shared/locale.ts';
import type { SessionEnd } from '#shared/sessions/session.ts';
import { userRef } from '#shared/users/user-rows.ts';
import { sessionEndTexts } from '#web/texts/session-ends.ts';
import { send } from '../harness/http/http.ts';
import { expectPage, member, page, signInByForm } from '../harness/http/pages.ts';
import { Visitor } from '../harness/http/visitor.ts';
import { changeUser } from '../harness/people/managing.ts';
import { password, type SignedIn } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { insiderOf } from '../harness/stack/insider.ts';

const { stack, admin } = useAdmin();

/** All texts with which the page explains the end of a session. */
const said = Object.values(sessionEndTexts).map(({ en }) => en);

const act = ({ session: { token } }: SignedIn, method: 'DELETE', path: string, json?: object) =>
  send(stack(), method, path, { token, ...(json && { json }) });

const ends: Record<SessionEnd, (who: SignedIn) => Promise<unknown>> = {
  disabled: ({ user }) => changeUser(stack(), admin, user.id, { disabled: true }),
  everywhere: (who) => act(who, 'DELETE', '/v1/sessions/others'),
  expired: () => Promise.resolve((stack().clock.offsetSeconds += 400 * 86_400)),
  ended: (who) => act(who, 'DELETE', '/v1/me', { password }),
};

test.each(Object.entries(ends))(
  '200 R7.5: whoever comes with a session that is over is told why: %s',
  async (end, come) => {
    const who = await member(stack(), admin);
    const browser = await signInByForm(stack(), who.user.username);
    await come(who);
    expect((await browser.get('/account')).headers['location']).toBe('/login?next=%2Faccount');
    const [title, detail] = [
      sessionEndTexts[end as SessionEnd],
      sessionEndTexts[`${end as SessionEnd}Detail`],
    ];
    for (const language of locales) {
      const answer = await page(stack(), '/login', { language, cookies: browser.cookies });
      expectPage(answer, 200, title[language], detail[language], 'role="status"');
      expect(answer.text).not.toContain(who.user.username);
    }
    stack().clock.offsetSeconds = 0;
  },
);

test('200 R7.5: whoever was signed out from elsewhere, by that session alone, is told that it has ended', async () => {
  const who = await member(stack(), admin);
  const browser = await signInByForm(stack(), who.user.username);
  await act(who, 'DELETE', `/v1/sessions/${browser.cookies[cookie.session]!.split('.')[1]}`);
  expectPage(await page(stack(), '/login', { cookies: browser.cookies }), 200, sessionEndTexts.ended.en);
});

test('200 R7.5: whoever comes with a session of an account that is gone is told that it has ended', async () => {
  const who = await member(stack(), admin);
  const browser = await signInByForm(stack(), who.user.username);
  const { documents, config } = insiderOf(stack());
  await documents.send(new DeleteCommand(userRef(config, who.user.id)));
  expectPage(await page(stack(), '/login', { cookies: browser.cookies }), 200, sessionEndTexts.ended.en);
});

test('200 R7.5 C26: that an account is disabled is told to nobody who has not held its session', async () => {
  const who = await member(stack(), admin);
  const browser = await signInByForm(stack(), who.user.username);
  await changeUser(stack(), admin, who.user.id, { disabled: true });
  const [userId, sessionId, secret = ''] = browser.cookies[cookie.session]!.split('.');
  const guessed = (secret.startsWith('A') ? 'B' : 'A') + secret.slice(1);
  for (const token of [`${userId}.${sessionId}.${guessed}`, 'nothing of ours', '']) {
    const { text } = await page(stack(), '/login', { cookies: { [cookie.session]: token } });
    expect(said.filter((words) => text.includes(words))).toEqual([]);
  }
  const other = await new Visitor(stack()).post('/login', { login: who.user.username, password });
  expect([other.status, said.filter((words) => other.text.includes(words))]).toEqual([401, []]);
});

test('200 R7.5: of a session that holds nothing is told to whom another token keeps from using it', async () => {
  const { cookies } = await signInByForm(stack(), admin.user.username);
  const headers = { authorization: 'Bearer nothing-of-ours', 'accept-language': 'en' };
  const { status, text } = await send(stack(), 'GET', '/login', { cookies, headers });
  expect([status, said.filter((words) => text.includes(words))]).toEqual([200, []]);
});

test('200 R7.4: whose account is deleted is told so where they land', async () => {
  expectPage(await page(stack(), '/login?done=account-deleted'), 200, 'Your account is deleted.');
});
