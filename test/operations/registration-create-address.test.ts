import { beforeAll, expect, test } from 'vitest';
import { fieldTexts } from '#shared/errors/field-texts.ts';
import { fill, locales } from '#shared/locale.ts';
import { send } from '../harness/http/http.ts';
import { Visitor } from '../harness/http/visitor.ts';
import { attempt } from '../harness/people/guests.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { invite, mailedToken, openInvite, password, somebody } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();

/** Addresses as people type them, with the mailbox that each one means. */
const mailboxes: Record<string, string> = {
  'r&d@example.com': 'r&d@example.com',
  "o'neil=x/y@example.com": "o'neil=x/y@example.com",
  '!#$%*+-?^_`{|}~.a@example.com': '!#$%*+-?^_`{|}~.a@example.com',
  [`${'a'.repeat(64)}@example.com`]: `${'a'.repeat(64)}@example.com`,
  [`mia@${'b'.repeat(63)}.example`]: `mia@${'b'.repeat(63)}.example`,
  'mia@example.xn--p1ai': 'mia@example.xn--p1ai',
  'UPPER@CASE.EXAMPLE': 'upper@case.example',
  'mia@пример.рф': 'mia@xn--e1afmkfd.xn--p1ai',
  'mia@例子.中国': 'mia@xn--fsqu00a.xn--fiqs8s',
  'Mia@MÜLLER.example': 'mia@xn--mller-kva.example',
  'mia＠example.com': 'mia@example.com',
  'ｙｕｋｉ＠ｅｘａｍｐｌｅ．ｊｐ': 'yuki@example.jp',
  'yuki@日本語。jp': 'yuki@xn--wgv71a119e.jp',
  '\u202a\ufeff ken@example.com\u200b\r\n': 'ken@example.com',
  'mi\u00adra@exam\u200bple.com': 'mira@example.com',
  'lea@exam\u202eple.com': 'lea@example.com',
  'sara@نامه\u200cای.example': 'sara@xn--mgba3gch31f060k.example',
};
let invited: { email?: string; result: string }[];
beforeAll(async () => {
  invited = await invite(stack(), admin, { emails: Object.keys(mailboxes) });
  await stack().settle();
});

test.each(Object.entries(mailboxes))(
  '201 C73: %j is invited, mailed, registered and signed in as %s',
  async (typed, email) => {
    expect(invited.find((row) => row.email === email)?.result).toBe('invited');
    const { username } = somebody();
    const token = await mailedToken(stack(), email);
    const { status, json } = await attempt(stack(), { token, email: typed, username });
    expect({ status, user: json.user }).toMatchObject({ status: 201, user: { email, emailVerified: true } });
    for (const login of [typed, email, ` ${email}\n`]) {
      const answer = await send<SignedIn>(stack(), 'POST', '/v1/sessions', {
        json: { login, password, transport: 'token' },
      });
      expect(answer.json.user.username, login).toBe(username);
    }
  },
);

const refused: [typed: string, text: keyof typeof fieldTexts][] = [
  [`${'a'.repeat(65)}@example.com`, 'emailLocal'],
  [`mia@${'b'.repeat(64)}.example`, 'emailLabel'],
  [`mia@${'ü'.repeat(60)}.example`, 'emailLabel'],
  ['mia@ex-.com', 'emailHyphen'],
  ['mia@-ex.com', 'emailHyphen'],
  ['müller@example.com', 'emailLetters'],
  ['鈴木@example.jp', 'emailLetters'],
  ['\u212aen@example.com', 'emailLetters'],
  ['.mia@example.com', 'email'],
  ['mia..x@example.com', 'email'],
  ['mia@xn--a.com', 'email'],
  ['mia@127.1', 'email'],
  ['mia@localhost', 'email'],
  ['mia@[127.0.0.1]', 'email'],
  ['mia@exa%6dple.com', 'email'],
  ['mia@example.com/x', 'email'],
  ['mia@example.com:25', 'email'],
  ['mia@example.com.', 'email'],
  ['"mia x"@example.com', 'email'],
  ['mia@ken@example.com', 'email'],
  ['mia@exa mple.com', 'email'],
  ['mia@ex_ample.com', 'email'],
  ['*@example.com', 'email'],
];
test.each(refused)('422 C73: %s is refused, with the reason', async (email, text) => {
  for (const locale of locales) {
    const answer = await send(stack(), 'POST', '/v1/codes', {
      json: { purpose: 'password-reset', email },
      headers: { 'accept-language': locale },
    });
    expect(answer.json.errors).toEqual([
      { path: 'email', message: fill(fieldTexts[text][locale], { local: 64, label: 63 }) },
    ]);
  }
  const [row] = await invite(stack(), admin, { emails: [email] });
  const reason = fill(fieldTexts[text].en, { local: 64, label: 63 });
  expect(row).toMatchObject({ result: 'bad_address', email, reason });
});

test('201 422 C73: an address in letters that is too long in the letters of mail is told so', async () => {
  const label = 'ü'.repeat(42);
  const email = `mia@${Array.from({ length: 5 }, () => label).join('.')}.example`;
  const { json } = await attempt(stack(), { token: await openInvite(stack(), admin), email });
  expect(json.errors).toEqual([{ path: 'email', message: fill(fieldTexts.long.en, { max: 254 }) }]);
});

test('201 C73: a domain in letters is invited as the same domain in the letters of mail', async () => {
  const [row] = await invite(stack(), admin, { kind: 'domain', emails: ['＊＠学校。中国'] });
  expect(row).toMatchObject({ email: '*@xn--48s290a.xn--fiqs8s', result: 'invited' });
});

test('C73: the form of a page says the reason at its field, and keeps what was typed', async () => {
  const { status, text } = await new Visitor(stack()).post('/forgot', { email: 'müller@example.com' });
  expect(status).toBe(422);
  expect(text).toContain(fieldTexts.emailLetters.en);
  expect(text).toContain('value="müller@example.com"');
});
