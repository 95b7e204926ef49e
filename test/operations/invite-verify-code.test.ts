import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { newAddress, refusedFields } from '../harness/people/guests.ts';
import { send, type Sent } from '../harness/http/http.ts';
import { changeInvite } from '../harness/invites/invites.ts';
import { invite, register, tokenOf } from '../harness/people/people.ts';
import { meanwhile } from '../harness/stack/meanwhile.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();

const verify = (json: object, sent: Sent = {}) =>
  send<{ valid: boolean }>(stack(), 'POST', '/v1/invites/verify', { json, ...sent });
const verdict = async (code: string, language = 'en') =>
  (await verify({ code }, { headers: { 'accept-language': language } })).json;

test('200 R2.1 R0.4: a code says of its invite what the link says, and changes nothing of it', async () => {
  const [row] = await invite(stack(), admin, { maxUses: 3, kind: 'device' });
  const before = await stack().dumpTables();
  const byCode = await verdict(row!.code!);
  expect(byCode).toEqual((await verify({ token: tokenOf(row!.url) })).json);
  expect(byCode).toMatchObject({ valid: true, kind: 'device', usesLeft: 3, inviter: admin.user.username });
  const { counters: _, ...after } = await stack().dumpTables();
  expect({ ...after, counters: before['counters'] }).toEqual(before);
});

test('200 R2.1 C83: small letters, blanks, hyphens, what keyboards make of them, and look-alikes do not matter', async () => {
  const [row] = await invite(stack(), admin);
  const bare = row!.code!.replace('-', '');
  const looks = bare.replaceAll('0', 'o').replaceAll('1', 'I');
  const dashes = [...'-\u2010\u2011\u2012\u2013\u2014\u2212\u30fc\uff0d\uff70'].map((dash) =>
    row!.code!.replace('-', dash),
  );
  const spelled = [bare, bare.toLowerCase(), [...bare].join(' '), `\t${bare}\n`, looks, `--${bare}--`];
  for (const typed of [...spelled, ...dashes]) {
    expect(await verdict(typed), typed).toMatchObject({ valid: true });
  }
});

test('200: an address that the invite is for is masked', async () => {
  const [row] = await invite(stack(), admin, { emails: ['yuki@example.com'], send: false });
  expect(await verdict(row!.code!)).toMatchObject({ kind: 'email', email: 'y•••@example.com' });
});

test.each([
  [
    'ja',
    'この招待コードは既に使用されています',
    'この招待コードは取り消されました',
    '招待コードの有効期限が切れています',
  ],
  ['zh', '此注册码已被使用', '此注册码已被撤销', '注册码已过期'],
  [
    'en',
    'This invite code has already been used',
    'This invite code was withdrawn',
    'The invite code has expired',
  ],
])(
  '200 R0.5 R2.2 R2.10 R4.13: a code that is over says why, in %s',
  async (language, used, revoked, expired) => {
    const rows = await invite(stack(), admin, { count: 3, expiresInDays: 1 });
    const [one, two, three] = rows.map(({ code }) => code!) as [string, string, string];
    await register(stack(), tokenOf(rows[0]!.url));
    await changeInvite(stack(), admin, rows[1]!.id, 'revoke');
    const no = { valid: false };
    expect(await verdict(one, language)).toEqual({ ...no, reason: 'used', message: used });
    expect(await verdict(two, language)).toEqual({ ...no, reason: 'revoked', message: revoked });
    stack().clock.offsetSeconds = daySeconds + 1;
    expect(await verdict(three, language)).toEqual({ ...no, reason: 'expired', message: expired });
  },
);

test('200 C5: a code that ends while it is looked up is unknown', async () => {
  const [row] = await invite(stack(), admin);
  // Between the read of the code's row and the read of its invite.
  const moment = { function: 'invite-verify', action: 'GetItem', nth: 2 };
  const renew = () => changeInvite(stack(), admin, row!.id, 'reissue');
  expect(await meanwhile(stack(), moment, () => verdict(row!.code!), renew)).toMatchObject({ valid: false });
});

test('200 C5: the code of another generation, of another invite, or altered, is unknown', async () => {
  const [row] = await invite(stack(), admin);
  const bare = row!.code!.replace('-', '');
  await changeInvite(stack(), admin, row!.id, 'reissue');
  const altered = [...bare].map(
    (one, at) => bare.slice(0, at) + (one === 'Z' ? 'Y' : 'Z') + bare.slice(at + 1),
  );
  const no = { valid: false, reason: 'invalid', message: 'The invite code is not valid or has expired' };
  for (const code of [bare, ...altered]) {
    const { json } = await verify({ code }, { from: newAddress(), headers: { 'accept-language': 'en' } });
    expect(json).toEqual(no);
  }
});

test.each([
  ['is empty', ''],
  ['is too short', 'ABC'],
  ['is too long', 'ABCDEFGHJKM'],
  ['has a letter that codes have not', 'ABCDÉ'],
  ['has other signs', 'ABCD!'],
  ['is a token', 'AAAAAAAAAAAAAAAAAAAAAA.AAAA'],
  ['has letters of another script', 'АВСD1'],
  ['has half a surrogate pair', 'ABCD\ud800'],
])('200: what %s is no code', async (_, code) => {
  expect(await verdict(code)).toMatchObject({ valid: false, reason: 'invalid' });
});

test.each([
  ['both', { token: 'x', code: 'AAAA' }, ['token']],
  ['neither', {}, ['token']],
  ['a number', { code: 1234 }, ['code']],
  ['null', { code: null }, ['token']],
  ['a list', { code: ['AAAA'] }, ['code']],
  ['more than any code', { code: 'A'.repeat(41) }, ['code']],
])('422: of token and code, %s', async (_, json, paths) => {
  const answer = await verify(json);
  expect(refusedFields(answer as never)).toEqual([422, 'invalid', ...paths]);
});
