import { describe, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { leaks } from '../harness/stack/canary.ts';
import { attempt, newAddress, refusedFields } from '../harness/people/guests.ts';
import { changeInvite, linkState } from '../harness/invites/invites.ts';
import { createInvites } from '../harness/invites/inviting.ts';
import { expectPage } from '../harness/http/pages.ts';
import { invite, mailedToken, password, register, somebody } from '../harness/people/people.ts';
import { tokenOf, type InviteRow } from '../harness/people/people.ts';
import { footprint, growth, oneRegistration } from '../harness/stack/rows.ts';
import { fieldsOf, Visitor } from '../harness/http/visitor.ts';
import { solvedCaptcha } from '../harness/people/captchas.ts';
import { newDevice } from '../harness/people/devices.ts';

const { stack, admin } = useAdmin();

/** A new invite with its code, spelled as a guest would type it. */
async function invited(wish: object = {}): Promise<InviteRow & { code: string }> {
  const [row] = await invite(stack(), admin, wish);
  expect(row!.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  return { ...row!, code: row!.code! };
}
/** Adds the captcha that a chosen code needs. */
const byOwnCode = async (code: string) => attempt(stack(), { code, captcha: await solvedCaptcha(stack()) });
const wrongly = (json: object) => attempt(stack(), json, { from: newAddress() });

test('201 R2.1: the code beside the link lets in, typed in any of its spellings', async () => {
  const { code } = await invited({ maxUses: 5 });
  const bare = code.replace('-', '');
  const spellings = [
    code,
    bare.toLowerCase(),
    ` ${[...bare].join(' ')} `,
    [...bare].join('-'),
    code.replaceAll('0', 'O').replaceAll('1', 'l'),
  ];
  const before = await footprint(stack());
  for (const typed of spellings) {
    const { status, json } = await attempt(stack(), { code: typed });
    expect({ typed, status, verified: json.user?.emailVerified }).toEqual({
      typed,
      status: 201,
      verified: false,
    });
  }
  const five = Object.fromEntries(Object.keys(oneRegistration).map((kind) => [kind, 5]));
  expect(await growth(stack(), before)).toEqual(five);
  expect((await attempt(stack(), { code })).json.code).toBe('invite_used');
});

test('201 C68: a code proves no mailbox, though it came by mail', async () => {
  const { email, username } = somebody();
  await invite(stack(), admin, { emails: [email] });
  const token = await mailedToken(stack(), email);
  const code = /\b\w{5}-\w{5}\b/.exec(stack().mails(email)[0]!.text)![0];
  const { status, json } = await attempt(stack(), { code, email, username });
  expect(status).toBe(201);
  expect(json.user).toMatchObject({ email, emailVerified: false });
  expect(await linkState(stack(), token)).toBe('used');
});

test('422 C4: a code of an invite for one address needs that address', async () => {
  const { email } = somebody();
  const { code, url } = await invited({ emails: [email], send: false });
  const before = await footprint(stack());
  expect((await attempt(stack(), { code })).json.code).toBe('email_mismatch');
  expect(Object.values(await growth(stack(), before))).toEqual([0, 0, 0, 0, 0, 0]);
  expect(await linkState(stack(), tokenOf(url))).toBe('active');
  expect((await attempt(stack(), { code, email: email.toUpperCase() })).status).toBe(201);
});

test('404 C5 R0.7: a re-issue ends the code together with the link, and gives another', async () => {
  const { code, id } = await invited();
  const next = (await changeInvite(stack(), admin, id, 'reissue')).json.code!;
  expect(next).not.toBe(code);
  expect(refusedFields(await wrongly({ code }))).toEqual([404, 'invite_invalid']);
  expect((await attempt(stack(), { code: next })).status).toBe(201);
});

test('422 C8 R0.5: the code of an invite that is over says so', async () => {
  const [expired, revoked] = [await invited({ expiresInDays: 1 }), await invited()];
  await changeInvite(stack(), admin, revoked.id, 'revoke');
  expect(refusedFields(await attempt(stack(), { code: revoked.code }))).toEqual([422, 'invite_revoked']);
  stack().clock.offsetSeconds = 86_400 + 1;
  expect(refusedFields(await attempt(stack(), { code: expired.code }))).toEqual([422, 'invite_expired']);
});

test('201 C54: no table holds a code, or anything that decodes to it', async () => {
  const { code } = await invited();
  const own = 'kaze-0880';
  await invite(stack(), admin, { code: own });
  const secrets = { code, bare: code.replace('-', ''), own, ownBare: 'KAZE0880' };
  expect(leaks(`it is ${code}`, secrets)).toEqual(['code']);
  for (const [table, rows] of Object.entries(await stack().dumpTables())) {
    expect(leaks(JSON.stringify(rows), secrets), table).toEqual([]);
  }
  expect((await attempt(stack(), { code })).status).toBe(201);
  expect(leaks(JSON.stringify(await stack().dumpTables()), secrets)).toEqual([]);
  expect(leaks(JSON.stringify(stack().logs()), secrets)).toEqual([]);
});

test.each([
  ['both', { code: 'AAAA', token: 'x' }],
  ['neither', {}],
])('422: a registration with token and code, %s, names what is wrong', async (_, json) => {
  expect(refusedFields(await attempt(stack(), json))).toEqual([422, 'invalid', 'token']);
});

describe("a code of the admin's own choice", () => {
  test.each([
    ['4 characters', 'HAR7', 'har-7'],
    ['10 characters', 'HARV2026XY', 'harv2 026xy'],
    ['letters that look like digits', 'OIL5', '0115'],
    ['a letter that no random code has', 'BUNNY', 'bunny'],
  ])('201 R2.1: of %s lets in as often as it may', async (_, code, typed) => {
    const [row] = await invite(stack(), admin, { code, maxUses: 2 });
    expect(row!.result).toBe('invited');
    const answers = [];
    for (let n = 0; n < 3; n += 1) answers.push(await byOwnCode(typed));
    expect(answers.map(({ status, json }) => json.code ?? status)).toEqual([201, 201, 'invite_used']);
  });

  test.each([
    ['code', 'of 3 characters', { code: 'ABC' }],
    ['code', 'of 11 characters', { code: 'ABCDEFGH123' }],
    ['code', 'with a letter that codes have not', { code: 'BÜNNY' }],
    ['code', 'for 11 uses', { code: 'ABCD', maxUses: 11 }],
    ['code', 'for two invites', { code: 'ABCD', count: 2 }],
    ['code', 'for an address', { code: 'ABCD', emails: ['a@example.com'] }],
  ])('422 R2.1: names %s %s', async (path, _, wish) => {
    expect(refusedFields(await createInvites(stack(), admin, wish))).toEqual([422, 'invalid', path]);
  });

  test('422 R2.1: that another invite has is refused, and the other stays', async () => {
    const [row] = await invite(stack(), admin, { code: 'NEK0' });
    expect(refusedFields(await createInvites(stack(), admin, { code: 'neko' }))).toEqual([
      422,
      'invalid',
      'code',
    ]);
    expect((await byOwnCode('neko')).status).toBe(201);
    expect(await linkState(stack(), tokenOf(row!.url))).toBe('used');
  });
});

describe('the form without a link', () => {
  test('303 R2.1 R2.4: a code is typed, and the guest is in', async () => {
    const { code } = await invited();
    const visitor = new Visitor(stack());
    const answer = await visitor.submit(await visitor.get('/register'), '/register', { code, ...somebody() });
    expect(answer).toMatchObject({ status: 303, headers: { location: '/' } });
    expectPage(await visitor.get('/'), 200, 'not confirmed');
  });

  test('404 422 R2.2 R2.10 C9: a bad code is marked, and what was typed stays', async () => {
    const { code } = await invited();
    await register(stack(), tokenOf((await invite(stack(), admin, { code: 'GVEST' }))[0]!.url));
    const visitor = new Visitor(stack());
    const form = await visitor.get('/register');
    const who = somebody();
    for (const [typed, status, says] of [
      ['none', 404, 'The invite code is not valid or has expired'],
      // As much of a pasted link as fits into the field.
      ['https://auth.example.com/invite/AAECAwQF', 404, 'This is a link and not a code'],
      ['gvest', 422, 'This invite code has already been used'],
    ] as const) {
      const captcha = await solvedCaptcha(stack());
      const again = await visitor.submit(form, '/register', { code: typed, captcha, ...who });
      expectPage(again, status, says, 'role="alert"');
      expect(again.text).not.toContain('link has');
      expect(again.text).toMatch(/<input[^>]*name="code"[^>]*aria-invalid/);
      const { email, username } = who;
      expect(fieldsOf(again.text)).toMatchObject({ code: typed, email, username, password: '' });
    }
    expect((await visitor.submit(form, '/register', { code, ...who })).status).toBe(303);
  });

  test('303 R3.3 R3.4: a code of a device invite makes the form ask for what that needs', async () => {
    const device = JSON.stringify((await newDevice()).deviceKey);
    const only = await invited({ kind: 'device-only', passphrase: 'open sesame' });
    const bound = await invited({ kind: 'device' });
    const visitor = new Visitor(stack());
    const first = await visitor.submit(await visitor.get('/register'), '/register', {
      code: only.code,
      ...somebody(),
    });
    expectPage(first, 422, 'Pass phrase', 'one device only');
    const typed = { passphrase: 'open sesame', deviceKey: device };
    expect((await visitor.submit(first, '/register', typed)).status).toBe(303);

    const other = new Visitor(stack());
    const form = await other.get('/register');
    const second = await other.submit(form, '/register', { code: bound.code, ...somebody() });
    expectPage(second, 422, 'one device only');
    expect(Object.keys(fieldsOf(second.text))).toContain('deviceKey');
    expect((await other.submit(second, '/register', { password, deviceKey: device })).status).toBe(303);
  });
});
