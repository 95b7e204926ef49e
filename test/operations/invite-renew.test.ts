import { describe, expect, test } from 'vitest';
import { cookie } from '#shared/http/cookies.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { refusedFields } from '../harness/people/guests.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite, linkState } from '../harness/invites/invites.ts';
import { expectPage } from '../harness/http/pages.ts';
import {
  firstAdmin,
  invite,
  mailedToken,
  openInvite,
  register,
  secondAdmin,
  somebody,
  vouchFor,
} from '../harness/people/people.ts';
import { tokenOf } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { daySeconds, enterWindow } from '../harness/stack/time.ts';
import { Visitor } from '../harness/http/visitor.ts';

const { stack, admin } = useAdmin();

const renew = (token: string) => sendEvent(stack(), 'invite-renew', { body: { token } });
const later = (days = 1) => {
  stack().clock.offsetSeconds += days * daySeconds + 60;
};
/** Mails to an address after all owed mails have gone out. */
const mailsTo = async (email: string) => {
  await stack().settle();
  return stack().mails(email);
};
/** The link of an invite that was mailed and used. A guest who asks for another link is already registered. */
async function usedInvite() {
  const who = somebody();
  await invite(stack(), admin, { emails: [who.email] });
  const token = await mailedToken(stack(), who.email);
  await register(stack(), token, who);
  return { who, token };
}
/** An expired invite with both of its links: the mailed one and the one shown to the administrator. */
async function expiredInvite() {
  const who = somebody();
  const [row] = await invite(stack(), admin, { emails: [who.email], expiresInDays: 1, locale: 'en' });
  const mailed = await mailedToken(stack(), who.email);
  later();
  return { who, mailed, shown: tokenOf(row!.url) };
}

test('202 R0.5 R0.3: an expired link brings a new one by mail, which proves the mailbox; the old one is dead', async () => {
  const { who, mailed } = await expiredInvite();
  expect(await linkState(stack(), mailed)).toBe('expired');
  expect(await renew(mailed)).toMatchObject({ status: 202, json: {} });
  expect(await mailsTo(who.email)).toHaveLength(2);
  const next = await mailedToken(stack(), who.email);
  expect(next).not.toBe(mailed);
  expect(await linkState(stack(), mailed)).toBe('invalid');
  const { user } = await register(stack(), next, who);
  expect(user).toMatchObject({ email: who.email, emailVerified: true });
});

test('202 R0.5: who let the new link expire too gets another by the first one or by the new one, and may ask again should its mail be lost', async () => {
  const { who, mailed } = await expiredInvite();
  await renew(mailed);
  expect(await mailsTo(who.email)).toHaveLength(2);
  later();
  for (const mails of [3, 4]) {
    await renew(mailed);
    expect(await mailsTo(who.email)).toHaveLength(mails);
  }
  const next = await mailedToken(stack(), who.email);
  expect(await linkState(stack(), next)).toBe('active');
  later();
  // The link that was renewed last works as well.
  for (const mails of [5, 6]) {
    await renew(next);
    expect(await mailsTo(who.email)).toHaveLength(mails);
  }
});

test('202 R0.5 C5: nobody but the holder of a link of it gets another link of a renewed invite mailed', async () => {
  const { who, mailed } = await expiredInvite();
  await renew(mailed);
  const [id, mac = ''] = mailed.split('.');
  await renew(`${id}.${mac.startsWith('A') ? 'B' : 'A'}${mac.slice(1)}`);
  expect(await mailsTo(who.email)).toHaveLength(2);
});

test('202 R0.5: a used link brings a mail that says to sign in, without a link to register', async () => {
  const { who, token } = await usedInvite();
  expect((await renew(token)).status).toBe(202);
  const mail = (await mailsTo(who.email)).at(-1)!;
  expect(mail.to).toBe(who.email);
  expect(mail.subject).toContain('You are registered');
  for (const part of [mail.text, mail.html]) {
    expect(part).toContain('You are registered already: sign in');
    expect(part).toContain(`${stack().app}/login`);
    expect(part).not.toContain('/invite/');
  }
});

test('202: who is a member by now is told to sign in, and gets no link that could not be redeemed', async () => {
  const { who, mailed } = await expiredInvite();
  const unproven = await register(stack(), await openInvite(stack(), admin), who);
  await vouchFor(stack(), admin, unproven);
  expect((await renew(mailed)).status).toBe(202);
  const mail = (await mailsTo(who.email)).at(-1)!;
  expect(mail.subject).toContain('You are registered');
  expect(mail.text).not.toContain('/invite/');
});

test('202 R0.5: whatever the link is, the answer is the same', async () => {
  const [open] = await invite(stack(), admin, { expiresInDays: 1 });
  const [domain] = await invite(stack(), admin, {
    kind: 'domain',
    emails: ['*@example.com'],
    expiresInDays: 1,
  });
  const { mailed, shown } = await expiredInvite();
  const [active, revoked] = await invite(stack(), admin, { count: 2 });
  await changeInvite(stack(), admin, revoked!.id, 'revoke');
  const used = await usedInvite();
  const before = stack().mails().length;
  const answers = [];
  for (const token of [
    mailed,
    shown,
    tokenOf(open!.url),
    tokenOf(domain!.url),
    tokenOf(active!.url),
    tokenOf(revoked!.url),
    used.token,
    `${mailed}A`,
    `${'A'.repeat(22)}.${'A'.repeat(43)}`,
    'none',
    '',
  ]) {
    const { status, text, headers } = await renew(token);
    const { date: _, 'x-request-id': __, ...same } = headers;
    answers.push(JSON.stringify({ status, text, same }));
  }
  expect(new Set(answers).size).toBe(1);
  expect(JSON.parse(answers[0]!)).toMatchObject({ status: 202, text: '{}' });
  await stack().settle();
  // Two for the expired invite, which was asked for by both of its links, and one for the used one.
  expect(stack().mails()).toHaveLength(before + 3);
});

test('202: what is good, withdrawn or unknown stays as it is', async () => {
  const { email } = somebody();
  await invite(stack(), admin, { emails: [email] });
  const active = await mailedToken(stack(), email);
  const [row] = await invite(stack(), admin);
  await changeInvite(stack(), admin, row!.id, 'revoke');
  const before = await stack().dumpTables();
  for (const token of [active, tokenOf(row!.url), `${active}A`]) await renew(token);
  await stack().settle();
  expect(await stack().dumpTables()).toEqual(before);
  expect(await linkState(stack(), active)).toBe('active');
});

describe('how often', () => {
  test('202 R0.8: three mails a day for one invite, and again the day after', async () => {
    const { who, token } = await usedInvite();
    enterWindow(stack(), daySeconds);
    for (let n = 0; n < 5; n += 1) expect((await renew(token)).status).toBe(202);
    expect(await mailsTo(who.email)).toHaveLength(1 + 3);
    enterWindow(stack(), daySeconds);
    await renew(token);
    expect(await mailsTo(who.email)).toHaveLength(1 + 4);
  });

  test(
    '202: of twenty at once three are mailed, and a renewed link can be asked for again',
    { tags: 'engine' },
    async () => {
      const { who: member, token } = await usedInvite();
      const { who, mailed, shown } = await expiredInvite();
      enterWindow(stack(), daySeconds);
      const asked = Array.from({ length: 20 }, (_, n) => [renew(token), renew(n % 2 ? mailed : shown)]);
      const answers = await Promise.all(asked.flat());
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
      expect(await mailsTo(member.email)).toHaveLength(1 + 3);
      expect(await mailsTo(who.email)).toHaveLength(1 + 3);
      expect(await linkState(stack(), await mailedToken(stack(), who.email))).toBe('active');
    },
  );
});

test('202 R0.5: a new link goes to the address of the invite, whoever asks by whatever link', async () => {
  const { who, shown } = await expiredInvite();
  const before = stack().mails().length;
  await renew(shown);
  await stack().settle();
  expect(
    stack()
      .mails()
      .slice(before)
      .map(({ to }) => to),
  ).toEqual([who.email]);
});

test.each([
  ['email', { email: 'evil@example.org' }],
  ['to', { to: 'evil@example.org' }],
  ['send', { send: true }],
])('422 C6: a body that adds %s', async (field, more) => {
  const answer = await send(stack(), 'POST', '/v1/invites/renew', { json: { token: 'x', ...more } });
  expect(refusedFields(answer)).toEqual([422, 'invalid', field]);
});

test('303 R0.5: by the button on the page of an expired link, without scripts', async () => {
  const { who, mailed } = await expiredInvite();
  const visitor = new Visitor(stack());
  const dead = await visitor.get(`/invite/${mailed}`);
  expectPage(dead, 422, 'The invite link has expired', 'Send me a new link', 'action="/invite/renew"');
  expect(visitor.cookies).toEqual({ [cookie.invite]: mailed });
  const answer = await visitor.submit(dead, '/invite/renew', {});
  expect(answer).toMatchObject({ status: 303, headers: { location: '/invite/renewed' }, text: '' });
  expectPage(await visitor.get('/invite/renewed'), 200, 'Look into your mail');

  await visitor.get(`/invite/${await mailedToken(stack(), who.email)}`);
  expect((await visitor.submit(await visitor.get('/register'), '/register', who)).status).toBe(303);
});

test('303: the form without a link, and the form after a used one, say no more', async () => {
  expect(await new Visitor(stack()).post('/invite/renew', {})).toMatchObject({
    status: 303,
    headers: { location: '/invite/renewed' },
  });
  const { who, token } = await usedInvite();
  const visitor = new Visitor(stack());
  expectPage(await visitor.get('/register'), 200);
  expectPage(await visitor.get(`/invite/${token}`), 422, 'already been used', 'Send me a new link');
  const dead = await visitor.get('/register');
  expectPage(dead, 422, 'already been used', 'Send me a new link');
  expect((await visitor.post('/invite/renew', {})).status).toBe(303);
  expect(await mailsTo(who.email)).toHaveLength(1);
  expect((await visitor.submit(dead, '/invite/renew', {})).status).toBe(303);
  expect(await mailsTo(who.email)).toHaveLength(2);
});

test('403 C37: another site cannot press the button', async () => {
  const { who, token } = await usedInvite();
  const answer = await send(stack(), 'POST', '/invite/renew', {
    raw: String(new URLSearchParams({ token })),
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' },
  });
  expectPage(answer, 403);
  expect(await mailsTo(who.email)).toHaveLength(1);
});

describe('C96: dead stays dead', () => {
  /** Advances the clock by 80 days and a minute. */
  const longAfter = () => later(80);

  test('202: an invite for an administrator gets no new link from its holder, by whatever link', async () => {
    const who = somebody();
    const [row] = await invite(stack(), admin, { emails: [who.email], role: 'admin', expiresInDays: 1 });
    const mailed = await mailedToken(stack(), who.email);
    longAfter();
    for (const token of [mailed, tokenOf(row!.url)]) expect((await renew(token)).status).toBe(202);
    expect(await mailsTo(who.email)).toHaveLength(1);
    expect(await linkState(stack(), mailed)).toBe('expired');
    // An administrator can still issue a new link.
    expect((await changeInvite(stack(), admin, row!.id, 'reissue')).status).toBe(200);
    expect(await linkState(stack(), await mailedToken(stack(), who.email))).toBe('active');
  });

  test('202: nor does one that was withdrawn before or after its end', async () => {
    const links = [];
    for (const early of [true, false]) {
      const who = somebody();
      const [row] = await invite(stack(), admin, { emails: [who.email], expiresInDays: 1 });
      const mailed = await mailedToken(stack(), who.email);
      if (early) await changeInvite(stack(), admin, row!.id, 'revoke');
      later(2);
      if (!early) expect((await changeInvite(stack(), admin, row!.id, 'revoke')).status).toBe(200);
      links.push({ who, mailed });
    }
    for (const { who, mailed } of links) {
      expect(await linkState(stack(), mailed)).toBe('revoked');
      expect((await renew(mailed)).status).toBe(202);
      expect(await mailsTo(who.email)).toHaveLength(1);
      expect(await linkState(stack(), mailed)).toBe('revoked');
    }
  });

  test('202: nor do expired invites of an issuer who has left', async () => {
    const leaver = await secondAdmin(stack(), admin);
    const who = somebody();
    await invite(stack(), leaver, { emails: [who.email], expiresInDays: 1 });
    const mailed = await mailedToken(stack(), who.email);
    later();
    const left = { token: leaver.session.token, json: { password: who.password } };
    expect((await send(stack(), 'DELETE', '/v1/me', left)).status).toBe(204);
    expect(await linkState(stack(), mailed)).toBe('revoked');
    await renew(mailed);
    expect(await mailsTo(who.email)).toHaveLength(1);
  });
});

describe('without mail', () => {
  const quiet = useStack('copyLink');

  test('202 422: the page has no button, nothing is kept, and asking changes nothing', async () => {
    const chief = await firstAdmin(quiet());
    const used = await openInvite(quiet(), chief);
    await register(quiet(), used);
    const old = await openInvite(quiet(), chief, { emails: [somebody().email], expiresInDays: 1 });
    quiet().clock.offsetSeconds = daySeconds + 60;
    // The scheduled jobs that became due by the jump of the clock run first.
    await quiet().settle();
    const before = await quiet().dumpTables();
    for (const token of [used, old]) {
      const visitor = new Visitor(quiet());
      const page = await visitor.get(`/invite/${token}`);
      expectPage(page, 422, 'href="/login"');
      expect(page.text).not.toContain('/invite/renew');
      expect(visitor.cookies).toEqual({});
      const answer = await send(quiet(), 'POST', '/v1/invites/renew', { json: { token } });
      expect(answer).toMatchObject({ status: 202, json: {} });
    }
    expect(await quiet().dumpTables()).toEqual(before);
  });
});
