import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { locales } from '#shared/locale.ts';
import { page } from '../harness/http/pages.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite, shownInvite } from '../harness/invites/invites.ts';
import { readInvite, verifiedUser } from '../harness/invites/inviting.ts';
import { hiddenCharacters, hostileName, linksIn } from '../harness/people/hostile-words.ts';
import {
  invite,
  mailedGuest,
  mailedToken,
  password,
  register,
  somebody,
  tokenOf,
} from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { insiderOf } from '../harness/stack/insider.ts';

const { stack, admin } = useAdmin('usersInvite');

/** The text of a mail or a page without our own links. */
const withoutOurs = (text: string) => text.replaceAll(new RegExp(`${stack().app}[^\\s"<]*`, 'g'), '');

/** The text of a page or an HTML mail, as it is read. */
const read = (html: string) =>
  html.replaceAll(/<(style|script)[^>]*>.*?<\/\1>|<[^>]*>/gs, ' ').replaceAll(/&#39;|&quot;/g, "'");

function expectHarmless(text: string): void {
  expect(linksIn(withoutOurs(text))).toEqual([]);
  expect(text).not.toMatch(hiddenCharacters);
}

/** The last mail to an address, in all its parts. */
async function lastMail(email: string) {
  await stack().settle();
  const { subject, text, html } = stack().mails(email).at(-1)!;
  return { subject, text, html: read(html) };
}

describe('C99: the name of whoever invites', () => {
  test.each(locales)(
    '201 200: makes no link and turns nothing around in mail and page, in %s',
    async (locale) => {
      const issuer = await verifiedUser(stack(), admin);
      const { token } = issuer.session;
      const named = await send(stack(), 'PATCH', '/v1/me', { token, json: { firstName: hostileName } });
      expect(named.status).toBe(200);
      const { email } = somebody();
      expect((await send(stack(), 'POST', '/v1/invites', { token, json: { email, locale } })).status).toBe(
        201,
      );
      const mail = await lastMail(email);
      for (const part of Object.values(mail)) expectHarmless(part);
      const [open, close] = locale === 'ja' ? ['「', '」'] : ['“', '”'];
      const quoted = new RegExp(`${open}Help\\. desk [^${open}${close}]*${close}`, 'u');
      expect(mail.text).toMatch(quoted);

      const link = await mailedToken(stack(), email);
      const cookies = { '__Host-invite': link };
      const { status, text } = await page(stack(), '/register', { cookies, language: locale });
      expect(status).toBe(200);
      const notice = /<div class="notice good">.*?<\/div>/s.exec(text)![0];
      expectHarmless(read(notice));
      expect(read(notice)).toMatch(quoted);
      const verdict = await send<{ inviter: string }>(stack(), 'POST', '/v1/invites/verify', {
        json: { token: link },
      });
      expect(verdict.json.inviter).not.toMatch(hiddenCharacters);
    },
  );

  test('200: also where an earlier release has stored it', async () => {
    const { email } = somebody();
    const [row] = await invite(stack(), admin, { emails: [email] });
    const { config, documents } = insiderOf(stack());
    await documents.send(
      new UpdateCommand({
        TableName: config.table('invites'),
        Key: { pk: `invite#${row!.id}`, sk: 'record' },
        UpdateExpression: 'SET issuerName = :name, note = :name',
        ExpressionAttributeValues: { ':name': hostileName.repeat(20) },
      }),
    );
    expect((await changeInvite(stack(), admin, row!.id, 'reissue')).status).toBe(200);
    const mail = await lastMail(email);
    for (const part of Object.values(mail)) expectHarmless(part);
    expect(mail.text.length).toBeLessThan(600);
    const shown = await shownInvite(stack(), admin, row!.id);
    expect(shown.inviter).not.toMatch(hiddenCharacters);
    expect(shown.note).not.toMatch(hiddenCharacters);
  });

  test('200: a plain one is shown as it is, in quotation marks', async () => {
    const issuer = await verifiedUser(stack(), admin);
    const { token } = issuer.session;
    await send(stack(), 'PATCH', '/v1/me', { token, json: { firstName: 'Mei', lastName: 'Lin' } });
    const { email } = somebody();
    await send(stack(), 'POST', '/v1/invites', { token, json: { email, locale: 'en' } });
    expect((await lastMail(email)).text).toMatch(/“(Mei Lin|Lin Mei)” invites you to Latchkey\./);
  });
});

test('201 C80: names and notes lose what nobody sees, and keep what languages need', async () => {
  const { session } = await verifiedUser(stack(), admin);
  const json = { firstName: 'ali\u202ece\u200b', lastName: 'می\u200cخواهم' };
  const changed = await send(stack(), 'PATCH', '/v1/me', { token: session.token, json });
  expect(changed.json).toMatchObject({ firstName: 'alice', lastName: json.lastName });
  const [row] = await invite(stack(), admin, { note: '\u2067to\u2069 me\u3164' });
  expect((await shownInvite(stack(), admin, row!.id)).note).toBe('to me');
});

/** One of each kind of character that hides, is blank, joins or changes direction. */
const invisible =
  '\u00ad\u034f\u061c\u115f\u1160\u17b4\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2066\u2067\u2068\u2069\u206a\u2800\u3164\ufeff\uffa0\ufff9\ufffc\u{13430}\u{16fe4}\u{1d159}\u{1d173}\u{e0041}\u{e01ef}';

test('200 C80: nothing unseen is in any field that another person sees', async () => {
  const spread = (text: string) => [...text].join(invisible);
  const { session, user } = await verifiedUser(stack(), admin);
  const names = { firstName: spread('Al'), lastName: spread('Bo') };
  const changed = await send(stack(), 'PATCH', '/v1/me', { token: session.token, json: names });
  expect(changed.json).toMatchObject({ firstName: 'Al', lastName: 'Bo' });
  const mine = somebody();
  const [email, username] = [`z${invisible}o@x.example`, `${invisible.slice(0, 9)}${mine.username}`];
  const [row] = await invite(stack(), admin, { emails: [email], note: spread('To me'), send: false });
  const token = tokenOf(row!.url);
  const { user: guest } = await register(stack(), token, { ...mine, email, username, ...names });
  expect(guest).toMatchObject({ email: 'zo@x.example', username: mine.username });
  for (const half of [invisible.slice(0, 22), invisible.slice(22)]) {
    const [labelled] = await invite(stack(), admin, { label: `sp${half}ring`, message: spread('Hi') });
    const { json } = await readInvite(stack(), admin, labelled!.id);
    expect(json).toMatchObject({ label: 'spring', message: 'Hi' });
  }
  const seenByAdmin = await Promise.all(
    [
      `/v1/admin/invites/${row!.id}`,
      `/v1/admin/users/${guest.id}`,
      `/v1/admin/users/${user.id}`,
      '/v1/admin/audit',
    ].map((path) => send<object>(stack(), 'GET', path, { token: admin.session.token })),
  );
  for (const { status, text } of seenByAdmin) {
    expect(status).toBe(200);
    for (const character of invisible) expect(text).not.toContain(character);
  }
});

test('200 C80: a code is read without what nobody sees', async () => {
  const [row] = await invite(stack(), admin);
  const code = `\u202a${[...row!.code!].join('\u200b')}\ufeff`;
  const { json } = await send<{ valid: boolean }>(stack(), 'POST', '/v1/invites/verify', { json: { code } });
  expect(json.valid).toBe(true);
});

describe('C99: the User-Agent of whoever signs in', () => {
  test.each([
    'https://evil.example/login',
    'evil.example/login',
    'Latchkey-Support.evil.example',
    'Mozilla/5.0 (Linux; Android 10; evil.example/login) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile',
    'Mozilla/5.0 (X11; evil.example) www.evil.example/1.0',
    'Mozilla/5.0 (Linux; Android 10; SM-G960F Build/evil.example) Version/4.0 Chrome/99 Mobile',
  ])('200: puts no link into the mail about a new sign-in: %s', async (userAgent) => {
    const { user } = await mailedGuest(stack(), admin);
    const before = stack().mails(user.email!).length;
    const answer = await send(stack(), 'POST', '/v1/sessions', {
      json: { login: user.email, password, transport: 'token' },
      headers: { 'user-agent': userAgent },
    });
    expect(answer.status).toBe(201);
    const mail = await lastMail(user.email!);
    expect(stack().mails(user.email!).length).toBe(before + 1);
    for (const part of Object.values(mail)) expectHarmless(part.replaceAll(/127\.0\.0\.0\/\d+/g, ''));
  });
});
