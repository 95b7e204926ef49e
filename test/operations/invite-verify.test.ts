import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { invite, mailedToken, openInvite, register, tokenOf } from '../harness/people/people.ts';
import { send } from '../harness/http/http.ts';
import { volume } from '../harness/volume.ts';

interface Verdict {
  valid: boolean;
  reason?: string;
  message: string;
  kind?: string;
  email?: string;
  inviter?: string;
  expiresAt?: string | null;
  usesLeft?: number;
}

const { stack, admin } = useAdmin();

const verify = async (token: string, language = 'en') =>
  (
    await sendEvent<Verdict>(stack(), 'invite-verify', {
      body: { token },
      headers: { 'accept-language': language },
    })
  ).json;

test('200 R0.4 R3.5: says that an invite is good, from whom and until when, without using it up', async () => {
  const token = await openInvite(stack(), admin, { maxUses: 2 });
  const before = await stack().dumpTables();
  const verdict = await verify(token);
  expect(verdict).toMatchObject({ valid: true, kind: 'account', inviter: admin.user.username, usesLeft: 2 });
  const life = Date.parse(verdict.expiresAt ?? '') - Date.now();
  expect(Math.round(life / 86_400_000)).toBe(7);
  expect((await stack().dumpTables())['invites']).toEqual(before['invites']);
});

test('200: masks the address of an invite that is bound to one', async () => {
  const [row] = await invite(stack(), admin, { emails: ['yuki@example.com'] });
  expect(await verify(tokenOf(row!.url))).toMatchObject({
    valid: true,
    kind: 'email',
    email: 'y•••@example.com',
  });
  expect(await verify(await mailedToken(stack(), 'yuki@example.com'))).toMatchObject({ valid: true });
});

test.each([
  ['ja', 'この招待リンクは既に使用されています'],
  ['zh', '此邀请链接已被使用'],
  ['en', 'This invite link has already been used'],
])('200 R0.5 R4.13: a used invite says so in %s', async (language, message) => {
  const token = await openInvite(stack(), admin);
  await register(stack(), token);
  expect(await verify(token, language)).toEqual({ valid: false, reason: 'used', message });
});

test('200 R0.5 C8: an invite past its end says so while its row is still there', async () => {
  const token = await openInvite(stack(), admin, { expiresInDays: 1 });
  stack().clock.offsetSeconds = 86_400 - 60;
  expect(await verify(token)).toMatchObject({ valid: true });
  stack().clock.offsetSeconds = 86_400 + 60;
  expect(await verify(token, 'ja')).toEqual({
    valid: false,
    reason: 'expired',
    message: '招待リンクの有効期限が切れています',
  });
});

test('200 R0.5: a withdrawn invite says so', async () => {
  const [row] = await invite(stack(), admin);
  await send(stack(), 'POST', `/v1/admin/invites/${row!.id}/revoke`, { token: admin.session.token });
  expect(await verify(tokenOf(row!.url))).toMatchObject({ valid: false, reason: 'revoked' });
});

test('200 C5: a token altered in any character, or longer, is invalid', async () => {
  const token = await openInvite(stack(), admin);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const neighbour = (character: string) => alphabet[(alphabet.indexOf(character) + 1) % alphabet.length]!;
  const altered = [...token].map((character, position) => {
    const other = character === '.' ? 'A' : neighbour(character);
    return token.slice(0, position) + other + token.slice(position + 1);
  });
  for (const forged of [
    ...altered,
    `${token}A`,
    `${token}=`,
    `A${token}`,
    `${token}.`,
    token.replace('.', ''),
  ]) {
    expect(await verify(forged, 'ja'), forged).toEqual({
      valid: false,
      reason: 'invalid',
      message: '招待リンクが無効または期限切れです',
    });
  }
});

test('200 C5: the mac of another invite, or of an old generation, is invalid', async () => {
  const [one, other] = await invite(stack(), admin, { count: 2 });
  const [id] = tokenOf(one!.url).split('.');
  const [, mac] = tokenOf(other!.url).split('.');
  expect(await verify(`${id}.${mac}`)).toMatchObject({ valid: false, reason: 'invalid' });
  await send(stack(), 'POST', `/v1/admin/invites/${one!.id}/reissue`, {
    json: {},
    token: admin.session.token,
  });
  expect(await verify(tokenOf(one!.url))).toMatchObject({ valid: false, reason: 'invalid' });
});

test('200 C5: an unknown id costs no KMS call', async () => {
  const token = await openInvite(stack(), admin);
  stack().clearCalls();
  await verify(`${Buffer.alloc(16, 7).toString('base64url')}.${token.split('.')[1]}`);
  expect(
    stack()
      .calls()
      .map(({ service }) => service),
  ).toEqual(['dynamodb']);
});

test('200 R4.12: with hundreds of invites stored a check is one read and one KMS call, as with one', async () => {
  const token = await openInvite(stack(), admin);
  for (let stored = 0; stored < volume(1_000, 250); stored += 250)
    await invite(stack(), admin, { count: 250 });
  stack().clearCalls();
  expect(await verify(token)).toMatchObject({ valid: true });
  const made = stack()
    .calls()
    .filter((call) => call.function === 'invite-verify');
  expect(made.map(({ action }) => action)).toEqual(['GetItem', 'VerifyMac']);
});
