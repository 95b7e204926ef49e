import { beforeAll, describe, expect, test } from 'vitest';
import { mailTexts } from '#shared/invites/mail-texts.ts';
import { locales, type Locale } from '#shared/locale.ts';
import { linkState, shownInvite } from '../harness/invites/invites.ts';
import { codeState } from '../harness/invites/inviting.ts';
import {
  firstAdmin,
  invite,
  mailedToken,
  openInvite,
  register,
  somebody,
  tokenOf,
  vouchFor,
  type SignedIn,
} from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';

const subjects = { ja: '{app} への招待', zh: '{app} 邀请函', en: 'Your invite to {app}' };
const waysIn = {
  ja: ['次のリンクを開き', '次のコードを入力', 'リンクとコードの有効期限は'],
  zh: ['请打开以下链接', '输入注册码', '链接和注册码的有效期至'],
  en: ['Open this link', 'Or type this code', 'Link and code are good until'],
};

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** A time as each language writes it in a zone `hours` ahead of UTC. Japanese has a name of its own for Japan's zone. */
function written(iso: string, hours: number, zone: string, ofJapan = zone): Record<Locale, string> {
  const there = new Date(Date.parse(iso) + hours * 3_600_000).toISOString();
  const time = there.slice(11, 16);
  const [year, month, day] = there.slice(0, 10).split('-').map(Number) as [number, number, number];
  return {
    ja: `${year}年${month}月${day}日 ${time} ${ofJapan}`,
    zh: `${year}年${month}月${day}日 ${zone} ${time}`,
    en: `${day} ${months[month - 1]} ${year} at ${time} ${zone}`,
  };
}

describe('where mail goes out', () => {
  const stack = useStack();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });

  test.each(locales)('201 R0.3 R4.13 R5.5 R5.8: mails link, code, way and end in %s', async (locale) => {
    const email = `in-${locale}@example.com`;
    const [row] = await invite(stack(), admin, { emails: [email], locale });
    await stack().settle();
    const mails = stack().mails(email);
    expect(mails).toHaveLength(1);
    const [mail] = mails as [(typeof mails)[0]];
    expect(mail.subject).toBe(subjects[locale].replace('{app}', 'Latchkey'));
    expect(mail.from).toContain('invites@latchkey.example');
    for (const part of [mail.text, mail.html]) {
      for (const words of waysIn[locale]) expect(part).toContain(words);
      expect(part).toContain(written(row!.expiresAt!, 0, 'UTC')[locale]);
      expect(part).toContain(admin.user.username);
      expect(part).toContain(`${stack().app}/invite/${row!.id}.`);
      expect(part).toContain(`${stack().app}/register`);
      expect(part).toContain(row!.code);
    }
    expect(mail.html).toContain(`<html lang="${locale}">`);
    expect(await codeState(stack(), row!.code!)).toBe('active');
  });

  test("201: a mail without a language of its own is in the deployment's", async () => {
    await invite(stack(), admin, { emails: ['plain@example.com'] });
    await stack().settle();
    expect(stack().mails('plain@example.com')[0]!.subject).toBe('Your invite to Latchkey');
  });

  test.each([
    ['email', {}, mailTexts.how],
    ['device', {}, mailTexts.howOnDevice],
    ['device-only', { passphrase: 'the old oak' }, mailTexts.howByPassphrase],
  ] as const)('201 R0.3 R3.4: asks of a guest what the form of the kind %s does', async (kind, more, how) => {
    const email = `of-${kind}@example.com`;
    await invite(stack(), admin, { emails: [email], kind, ...more });
    await stack().settle();
    const { text } = stack().mails(email)[0]!;
    expect(text).toContain(how.en);
    expect(text.includes('a password')).toBe(kind !== 'device-only');
  });

  test('201: an invite without an end says nothing of one', async () => {
    await invite(stack(), admin, { emails: ['ever@example.com'], expiresInDays: null });
    await stack().settle();
    expect(stack().mails('ever@example.com')[0]!.text).not.toMatch(/until|9999/);
  });

  test('201 C68: the mailed link proves the mailbox; the same invite shown to somebody does not', async () => {
    const [owner, other] = [somebody(), somebody()];
    const rows = await invite(stack(), admin, { emails: [owner.email, other.email] });
    const mailed = await mailedToken(stack(), owner.email);
    expect(mailed).not.toBe(tokenOf(rows[0]!.url));
    expect((await register(stack(), mailed, owner)).user).toMatchObject({
      email: owner.email,
      emailVerified: true,
    });
    expect((await register(stack(), tokenOf(rows[1]!.url), other)).user).toMatchObject({
      email: other.email,
      emailVerified: false,
    });
  });

  test('201 C68: whoever proves a claimed mailbox takes it back', async () => {
    const owner = somebody();
    const squatter = await register(stack(), await openInvite(stack(), admin), {
      ...somebody(),
      email: owner.email,
    });
    expect(squatter.user.emailVerified).toBe(false);
    expect(await invite(stack(), admin, { emails: [owner.email] })).toMatchObject([{ result: 'invited' }]);
    const { user } = await register(stack(), await mailedToken(stack(), owner.email), owner);
    expect(user).toMatchObject({ email: owner.email, emailVerified: true });
  });

  test('201: `send: false` leaves the link to be handed over', async () => {
    const [row] = await invite(stack(), admin, { emails: ['by-hand@example.com'], send: false });
    await stack().settle();
    expect(stack().mails('by-hand@example.com')).toEqual([]);
    expect(await shownInvite(stack(), admin, row!.id)).not.toHaveProperty('delivery');
    expect(await linkState(stack(), tokenOf(row!.url))).toBe('active');
  });

  test('201 R4.11 C60: names and notes reach a mail as text only, and notes not at all', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const token = await openInvite(stack(), admin, { role: 'admin' });
    const guest = await register(stack(), token, { ...somebody(), firstName: name });
    const other = await vouchFor(stack(), admin, guest);
    await invite(stack(), other, { emails: ['reader@example.com'], note: 'do not mail this' });
    await stack().settle();
    const [mail] = stack().mails('reader@example.com');
    expect(mail!.html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(mail!.html).not.toContain('<img');
    expect(mail!.text).toContain(name);
    expect(JSON.stringify(mail)).not.toContain('do not mail this');
  });
});

describe('where links are copied by hand', () => {
  const stack = useStack('copyLink');

  test('201: no mail goes out, and the link that is answered works', async () => {
    const admin = await firstAdmin(stack());
    const guest = somebody();
    const [row] = await invite(stack(), admin, { emails: [guest.email], send: true });
    expect(row).toMatchObject({ result: 'invited' });
    await stack().settle();
    expect(stack().mails()).toEqual([]);
    expect((await stack().dumpTables())['mails']).toEqual([]);
    expect(await shownInvite(stack(), admin, row!.id)).not.toHaveProperty('delivery');
    const { user } = await register(stack(), tokenOf(row!.url), guest);
    expect(user).toMatchObject({ email: guest.email, emailVerified: false });
  });
});

describe('where the deployment has a name and a time zone of its own', () => {
  const stack = useStack('smallAccount');

  test('201 R0.3 R4.13 R8.1: mails come from its domain and carry its name, and the end in its time zone', async () => {
    const admin = await firstAdmin(stack());
    for (const locale of locales) {
      const [row] = await invite(stack(), admin, { emails: [`${locale}@example.com`], locale });
      await stack().settle();
      const [mail] = stack().mails(`${locale}@example.com`);
      expect(mail!.from).toBe('"Kazoku & Co" <invites@latchkey.example>');
      expect(mail!.subject).toBe(subjects[locale].replace('{app}', 'Kazoku & Co'));
      expect(mail!.text).toContain('Kazoku & Co');
      expect(mail!.html).toContain('Kazoku &amp; Co');
      for (const part of [mail!.text, mail!.html]) {
        expect(part).toContain(written(row!.expiresAt!, 9, 'GMT+9', 'JST')[locale]);
      }
    }
  });
});
