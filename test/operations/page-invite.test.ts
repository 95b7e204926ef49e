import { expect, test } from 'vitest';
import { cookie } from '#shared/http/cookies.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite, linkState } from '../harness/invites/invites.ts';
import { expectHead, expectPage, page, signInTexts } from '../harness/http/pages.ts';
import { invite, openInvite, register, tokenOf } from '../harness/people/people.ts';
import { textOf } from '../harness/stack/rows.ts';

const { stack, admin } = useAdmin();

test('303 R3.1 R0.4: a good link leads to the form and stays in a cookie for half an hour', async () => {
  const token = await openInvite(stack(), admin);
  const answer = await sendEvent(stack(), 'page-invite', { path: `/invite/${token}` });
  expect(answer).toMatchObject({ status: 303, headers: { location: '/register' } });
  const { value, attributes } = answer.cookies[cookie.invite]!;
  expect(value).toBe(token);
  expect(attributes.split('; ').sort()).toEqual([
    'HttpOnly',
    'Max-Age=1800',
    'Path=/',
    'SameSite=Lax',
    'Secure',
  ]);
  expect(answer.headers['cache-control']).toBe('no-store');
});

test('303: HEAD answers as GET does', async () => {
  await expectHead(stack(), `/invite/${await openInvite(stack(), admin)}`);
});

test('303 C7: fifty GETs and fifty HEADs change nothing at all', async () => {
  const [row] = await invite(stack(), admin, { emails: ['scanned@example.com'] });
  await stack().settle();
  // But for the pace of mails, which one of the engines forgets by itself as time goes by.
  const lasting = async () => {
    const { counters = [], ...tables } = await stack().dumpTables();
    return { ...tables, counters: counters.filter((one) => !textOf(one, 'pk').startsWith('rate#mail#')) };
  };
  const before = await lasting();
  const path = `/invite/${tokenOf(row!.url)}`;
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, at) => send(stack(), at % 2 === 0 ? 'GET' : 'HEAD', path)),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
  expect(await lasting()).toEqual(before);
  expect(await linkState(stack(), tokenOf(row!.url))).toBe('active');
});

/** Tokens that let nobody in, each with its status and what it says. */
const refused = {
  unknown: {
    status: 404,
    ja: '招待リンクが無効または期限切れです',
    zh: '邀请链接无效或已过期',
    en: 'The invite link is not valid or has expired',
    token: async () => `${'A'.repeat(22)}.${'A'.repeat(43)}`,
  },
  used: {
    status: 422,
    ja: 'この招待リンクは既に使用されています',
    zh: '此邀请链接已被使用',
    en: 'This invite link has already been used',
    token: async () => {
      const token = await openInvite(stack(), admin);
      await register(stack(), token);
      return token;
    },
  },
  expired: {
    status: 422,
    ja: '招待リンクの有効期限が切れています',
    zh: '邀请链接已过期',
    en: 'The invite link has expired',
    token: async () => {
      const token = await openInvite(stack(), admin, { expiresInDays: 1 });
      stack().clock.offsetSeconds = 86_400 + 60;
      return token;
    },
  },
  revoked: {
    status: 422,
    ja: 'この招待は取り消されました',
    zh: '此邀请已被撤销',
    en: 'This invite was withdrawn',
    token: async () => {
      const [row] = await invite(stack(), admin);
      await changeInvite(stack(), admin, row!.id, 'revoke');
      return tokenOf(row!.url);
    },
  },
} as const;

test.each(['unknown', 'used', 'expired', 'revoked'] as const)(
  '404 422 R0.5 R3.6 R4.13: the page of an invite that is %s says so in every language, with a way on',
  async (kind) => {
    const { token, status, ...texts } = refused[kind];
    const path = `/invite/${await token()}`;
    for (const [language, signIn] of signInTexts) {
      const answer = await page(stack(), path, { language });
      expectPage(answer, status, `<html lang="${language}">`, `<h1>${texts[language]}</h1>`, signIn);
      expect(answer.text).toMatch(/<a [^>]*href="\/login"/);
      // What can be asked for anew is carried in the cookie, and by the form alone.
      const renewable = kind === 'used' || kind === 'expired';
      expect(Object.keys(answer.cookies)).toEqual(renewable ? [cookie.invite] : []);
      expect(answer.text.includes('action="/invite/renew"')).toBe(renewable);
      expect(answer.text.split(path.split('.')[1]!)).toHaveLength(renewable ? 2 : 1);
    }
    await expectHead(stack(), path);
  },
);

test.each([
  ['with nothing after the dot', `${'A'.repeat(22)}.`],
  ['that is a script', '%3Cscript%3Ealert(1)%3C%2Fscript%3E'],
  ['with a broken escape', '%E0%A4%A'],
  ['in another alphabet', encodeURIComponent('招待')],
  ['with a mail client’s tail', `${'A'.repeat(22)}.${'A'.repeat(600)}`],
])('404 R4.8: a token %s is an unknown one', async (_, token) => {
  const answer = await page(stack(), `/invite/${token}`);
  expectPage(answer, 404, refused.unknown.en);
  expect(answer.text).not.toContain('<script>alert');
});

test('303 R4.9: the token stands in no log', async () => {
  const token = await openInvite(stack(), admin);
  await page(stack(), `/invite/${token}`);
  await page(stack(), `/invite/${token}x`);
  expect(JSON.stringify(stack().logs())).not.toContain(token.split('.')[1]);
});
