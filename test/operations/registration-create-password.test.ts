import { beforeAll, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { callsOf } from '../harness/stack/calls.ts';
import { readEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { linkState } from '../harness/invites/invites.ts';
import { openInvite, register, somebody } from '../harness/people/people.ts';

const { stack, admin } = useAdmin();
let token: string;
beforeAll(async () => {
  token = await openInvite(stack(), admin, { maxUses: 100 });
});

const hanako = {
  email: 'hanako.yamada@acme.example',
  username: 'yama1984',
  firstName: 'Hanako',
  lastName: 'Yamada',
};

const attempt = (password: string, who: object = hanako, language = 'en') =>
  send(stack(), 'POST', '/v1/register', {
    json: { token, transport: 'token', ...who, password },
    headers: { 'accept-language': language },
  });

const reasons = {
  short: 'Use at least 8 characters.',
  common: 'This is one of the passwords that attackers try first. Use a few words together.',
  context: 'This is little more than a name, an address or the name of this app. Add words of your own.',
};

/** The password is refused with this message at its field, before any hashing, and nothing is changed. */
async function expectRefusal(password: string, message: string, who?: object): Promise<void> {
  stack().clearCalls();
  const { status, json } = await attempt(password, who);
  expect({ password, status, code: json.code, errors: json.errors }).toEqual({
    password,
    status: 422,
    code: 'weak_password',
    errors: [{ path: 'password', message }],
  });
  const calls = callsOf(stack(), 'registration-create');
  expect(calls.filter(({ action }) => /^(GenerateMac|TransactWriteItems|PutItem)$/.test(action))).toEqual([]);
}

test('422 C22 C9: common passwords are refused in any case and width, and the invite stays good', async () => {
  const own = token;
  token = await openInvite(stack(), admin);
  const before = await stack().dumpTables();
  const common = [
    'password',
    '12345678',
    'TrustNo1',
    'PASSWORD1',
    'ｐａｓｓｗｏｒｄ',
    'abnormal',
    'bhrh0h2oof6xbqjeh',
  ];
  for (const password of common) await expectRefusal(password, reasons.common);
  expect(await stack().dumpTables()).toEqual(before);
  expect(await linkState(stack(), token)).toBe('active');
  await register(stack(), token);
  token = own;
});

test('422 C22: so are patterns, which the list of them leaves out, and common ones one after another', async () => {
  for (const password of [
    '00000000',
    'aaaaaaaaa',
    ' '.repeat(8),
    '🔑'.repeat(32),
    'ＺＺＺＺzzzz',
    '12341234',
    '121212121',
    'abcabcab',
    '87654321',
    '0987654321',
    '7890123456',
    'ABCDEFGH',
    'zyxwvuts',
    '1234512345',
    'qwertyqwerty',
    'kiwikiwi',
  ]) {
    await expectRefusal(password, reasons.common);
  }
});

test('422 C22 C9: so are those that are little more than names and addresses of the person or the app', async () => {
  const before = await stack().dumpTables();
  for (const password of [
    'Latchkey',
    'latchkey-2026!',
    'hanako.yamada@acme.example',
    'HANAKO.YAMADA',
    'Yamada Hanako',
    'hanakohanako',
    '(yama1984)',
    'acme19840523',
    'ｈａｎａｋｏ1984',
  ]) {
    await expectRefusal(password, reasons.context);
  }
  const inJapanese = { ...hanako, firstName: '花子', lastName: '山田' };
  await expectRefusal('山田花子・1984', reasons.context, inJapanese);
  await expectRefusal('花子山田2026!', reasons.context, inJapanese);
  expect(await stack().dumpTables()).toEqual(before);
});

test.each([
  ['a word of one’s own beside the name', 'hanako-tram', hanako],
  ['many digits beside the name', 'hanako314159265', hanako],
  ['a longer word that begins with a name', 'annapurna-7', { firstName: 'Anna' }],
  ['a name of two letters', 'al-al-1234', { firstName: 'Al' }],
  ['letters of one kind, and nothing else (A6.2.5)', 'tram kiwi lamp', {}],
  ['digits alone, if nobody uses them', '8306172459', {}],
  ['a common password within a longer one', 'trustno1 kiwi', {}],
  ['a pattern within a longer one', '12345678 kiwi', {}],
  ['a word of one’s own twice', 'tramkiwi tramkiwi', {}],
  ['a repetition longer than anybody tries', '🔑'.repeat(33), {}],
  ['somebody else’s name', 'hanako.yamada', {}],
])('201 C22: %s makes a password: "%s"', async (_, password, who) => {
  const { status, json } = await attempt(password, { ...somebody(), ...names(who) });
  expect(status, JSON.stringify(json)).toBe(201);
});
const names = ({ firstName = '', lastName = '' }: { firstName?: string; lastName?: string }) => ({
  firstName,
  lastName,
});

test('422 C22 R3.9: the name of the app and the shortest length are the deployment’s', async () => {
  stack().deploy({ appName: 'Kazoku & Co', passwordMinLength: 12 });
  for (const password of ['Kazoku & Co 2026', 'kazokuco-2026', 'kazoku/kazoku']) {
    await expectRefusal(password, reasons.context);
  }
  await expectRefusal('tram kiwi 4', 'Use at least 12 characters.');
  expect((await attempt('latchkey-2026', somebody())).status).toBe(201);
});

test.each([
  ['ja', '攻撃者が最初に試す、よくあるパスワードです。いくつかの単語を組み合わせてください。'],
  ['zh', '这是攻击者最先尝试的常见密码。请把几个词组合起来。'],
])('422 C22 R4.13: in %s the reason reads "%s"', async (language, message) => {
  const { json } = await attempt('password', hanako, language);
  expect(json.errors).toEqual([{ path: 'password', message }]);
});

test('422 C22: the sample event with a common password in it', async () => {
  const { body } = readEvent('registration-create') as { body: string };
  await expectRefusal('Password123', reasons.common, { ...(JSON.parse(body) as object), token });
  await expectRefusal('kiwi 12', reasons.short, { ...(JSON.parse(body) as object), token });
});
