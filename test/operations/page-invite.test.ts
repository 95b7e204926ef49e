import { expect, test } from 'vitest';
import { cookie } from '#shared/http/cookies.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite, linkState } from '../harness/invites/invites.ts';
import { newDevice } from '../harness/people/devices.ts';
import {
  expectHead,
  expectPage,
  invited,
  page,
  signedInVisitor,
  signInTexts,
} from '../harness/http/pages.ts';
import { invite, openInvite, register, somebody, tokenOf } from '../harness/people/people.ts';
import { textOf } from '../harness/stack/rows.ts';
import { daySeconds } from '../harness/stack/time.ts';
import { fieldsOf, Visitor } from '../harness/http/visitor.ts';

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
  // Except the counters for the pace of mails, which one of the engines deletes as time passes.
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

/** Tokens that let no guest in, each with its status and message. */
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
      const who = somebody();
      const token = await openInvite(stack(), admin, { emails: [who.email] });
      await register(stack(), token, who);
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
      // A link that can be renewed is kept in the cookie, and only the form carries it.
      const renewable = kind === 'used' || kind === 'expired';
      expect(Object.keys(answer.cookies)).toEqual(renewable ? [cookie.invite] : []);
      expect(answer.text.includes('action="/invite/renew"')).toBe(renewable);
      expect(answer.text.split(path.split('.')[1]!)).toHaveLength(renewable ? 2 : 1);
    }
    await expectHead(stack(), path);
  },
);

test.each(['account', 'device'] as const)(
  '422 R0.5: a used link of the kind %s, after which no mail can follow, offers none, also where its form was open',
  async (kind) => {
    const who = { ...somebody(), ...(kind === 'device' && { deviceKey: (await newDevice()).deviceKey }) };
    const token = await openInvite(stack(), admin, { kind });
    const late = await invited(stack(), token);
    const dropped = await invited(stack(), token);
    await register(stack(), token, who);
    const fields = { ...somebody(), deviceKey: JSON.stringify((await newDevice()).deviceKey) };
    for (const answer of [
      await page(stack(), `/invite/${token}`),
      await dropped.visitor.get('/register'),
      await late.visitor.submit(late.form, '/register', fields),
    ]) {
      expectPage(answer, 422, refused.used.en, 'href="/login"');
      expect(answer.text).not.toContain('/invite/renew');
    }
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

test.each([
  ['a full stop', '.'],
  ['a bracket and a comma', '),'],
  ['an angle bracket', '%3E'],
  ['a blank and a word', '%20Welcome'],
  ['what nobody sees', '%E2%80%8B'],
  ['a Japanese sentence', encodeURIComponent('。から登録してください')],
  ['a question mark', '?'],
  ['what a chat counts clicks with', '?utm_source=chat&fbclid=x'],
  ['a slash', '/', 2],
  ['a slash and a quotation mark', '/%22', 2],
])('303 C81: a link with %s behind it leads to the form', async (_, tail, hops = 1) => {
  const token = await openInvite(stack(), admin);
  const visitor = new Visitor(stack());
  let answer = await visitor.get(`/invite/${token}${tail}`);
  for (let hop = 1; hop < hops; hop += 1) answer = await visitor.get(String(answer.headers['location']));
  expect(answer).toMatchObject({ status: 303, headers: { location: '/register' } });
  expect(fieldsOf((await visitor.get('/register')).text)['token']).toBe(token);
});

test.each([
  ['in front', (token: string) => `%3C${token}%3E`],
  ['within', (token: string) => `${token.slice(0, 40)}%0D%0A%20${token.slice(40)}`],
])('303 C81: nor does it matter %s', async (_, made) => {
  const token = await openInvite(stack(), admin);
  const answer = await page(stack(), `/invite/${made(token)}`);
  expect(answer).toMatchObject({ status: 303, headers: { location: '/register' } });
  expect(answer.cookies[cookie.invite]!.value).toBe(token);
});

test('404 C81 C5: of letters that could be its own, the page says how many are too many', async () => {
  const token = await openInvite(stack(), admin);
  const answer = await page(stack(), `/invite/${token}_x`);
  expectPage(answer, 404, refused.unknown.en, 'The link has 2 characters too many at its end. Cut them off');
  expect(answer.cookies).toEqual({});
});

test('422 C81: the page of a link that is over is about it, whatever hangs on it', async () => {
  const who = somebody();
  const token = await openInvite(stack(), admin, { emails: [who.email] });
  await register(stack(), token, who);
  const answer = await page(stack(), `/invite/${token}).`);
  expectPage(answer, 422, refused.used.en);
  expect(fieldsOf(answer.text)['token']).toBe(token);
});

test.each([
  ['used once', {}, 0],
  ['that others may use too', { maxUses: 3 }, 0],
  ['that is over by now', { maxUses: 3, expiresInDays: 1 }, 2 * daySeconds],
])('303 C82: one’s own link, %s, leads in', async (_, wish, later) => {
  const token = await openInvite(stack(), admin, wish);
  const visitor = await signedInVisitor(stack(), token);
  stack().clock.offsetSeconds += later;
  expect(await visitor.get(`/invite/${token}`)).toMatchObject({ status: 303, headers: { location: '/' } });
});

test('422 C82: somebody else’s used link says what it is, whoever is signed in', async () => {
  const token = await openInvite(stack(), admin);
  await register(stack(), token);
  const visitor = await signedInVisitor(stack(), await openInvite(stack(), admin));
  expectPage(await visitor.get(`/invite/${token}`), 422, refused.used.en);
});

test('303 C82: by its used link and the pass phrase a device comes in again, and no other one', async () => {
  const passphrase = 'open sesame';
  const token = await openInvite(stack(), admin, { kind: 'device-only', passphrase });
  const come = async (deviceKey: string) => {
    const { visitor, form } = await invited(stack(), token);
    return { form, answer: await visitor.submit(form, '/register', { passphrase, deviceKey }) };
  };
  const [own, other] = [await newDevice(), await newDevice()].map(({ deviceKey }) =>
    JSON.stringify(deviceKey),
  );
  expect((await come(own!)).answer.status).toBe(303);
  const back = await come(own!);
  expectPage(back.form, 422, refused.used.en, 'type the pass phrase', 'name="passphrase"');
  expect(back.answer).toMatchObject({ status: 303, headers: { location: '/' } });
  expectPage((await come(other!)).answer, 422, `<h1>${refused.used.en}</h1>`);
});

test.each(['expired', 'revoked'] as const)(
  '303 C82 R3.4: so it does by a link with uses left that is %s by now, which lets no other one in',
  async (status) => {
    const passphrase = 'open sesame';
    const wish = { kind: 'device-only', passphrase, maxUses: 3, expiresInDays: 1 };
    const [row] = await invite(stack(), admin, wish);
    const come = async (deviceKey: string) => {
      const { visitor, form } = await invited(stack(), tokenOf(row!.url));
      return { form, answer: await visitor.submit(form, '/register', { passphrase, deviceKey }) };
    };
    const [own, other] = [await newDevice(), await newDevice()].map(({ deviceKey }) =>
      JSON.stringify(deviceKey),
    );
    expect((await come(own!)).answer.status).toBe(303);
    if (status === 'revoked') await changeInvite(stack(), admin, row!.id, 'revoke');
    else stack().clock.offsetSeconds = daySeconds + 60;
    const back = await come(own!);
    expectPage(back.form, 422, refused[status].en, 'type the pass phrase', 'name="passphrase"');
    expect(back.answer).toMatchObject({ status: 303, headers: { location: '/' } });
    expectPage((await come(other!)).answer, 422, `<h1>${refused[status].en}</h1>`);
  },
);

test('422 R0.5: an invite for a device that was withdrawn asks nobody for its pass phrase', async () => {
  const [row] = await invite(stack(), admin, { kind: 'device-only', passphrase: 'open sesame' });
  await changeInvite(stack(), admin, row!.id, 'revoke');
  const dead = await new Visitor(stack()).get(`/invite/${tokenOf(row!.url)}`);
  expectPage(dead, 422, refused.revoked.en);
  expect(dead.text).not.toContain('name="passphrase"');
});
