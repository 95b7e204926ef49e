import { beforeAll, describe, expect, test } from 'vitest';
import { linkState, shownInvite } from '../harness/invites.ts';
import {
  firstAdmin,
  invite,
  mailedToken,
  openInvite,
  register,
  somebody,
  tokenOf,
  type SignedIn,
} from '../harness/people.ts';
import { useStack } from '../harness/stack.ts';

describe('where mail goes out', () => {
  const stack = useStack();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });

  test.each([
    ['ja', 'Latchkey への招待', '次のリンクを開き', 'リンクの有効期限は'],
    ['zh', 'Latchkey 邀请函', '请打开以下链接', '链接有效期至'],
    ['en', 'Your invite to Latchkey', 'Open this link', 'The link is good until'],
  ])('201 R0.3 R4.13 R5.5 R5.8: mails link, way and end in %s', async (locale, subject, how, until) => {
    const email = `in-${locale}@example.com`;
    const [row] = await invite(stack(), admin, { emails: [email], locale });
    await stack().settle();
    const mails = stack().mails(email);
    expect(mails).toHaveLength(1);
    const [mail] = mails as [(typeof mails)[0]];
    const end = row!.expiresAt!.slice(0, 16).replace('T', ' ');
    expect(mail.subject).toBe(subject);
    expect(mail.from).toContain('invites@latchkey.example');
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain(how);
      expect(part).toContain(`${until}${locale === 'ja' ? '' : ' '}${locale === 'ja' ? ' ' : ''}${end}`);
      expect(part).toContain(admin.user.username);
      expect(part).toContain(`${stack().app}/invite/${row!.id}.`);
    }
    expect(mail.html).toContain(`<html lang="${locale}">`);
  });

  test("201: a mail without a language of its own is in the deployment's", async () => {
    await invite(stack(), admin, { emails: ['plain@example.com'] });
    await stack().settle();
    expect(stack().mails('plain@example.com')[0]!.subject).toBe('Your invite to Latchkey');
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
    const other = await register(stack(), token, { ...somebody(), firstName: name });
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
