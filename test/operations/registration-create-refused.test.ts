import { describe, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { callsOf } from '../harness/stack/calls.ts';
import { send, type Sent } from '../harness/http/http.ts';
import { invite, openInvite, register, somebody, tokenOf, type SignedIn } from '../harness/people/people.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();

const post = (json: object, sent: Sent = {}) =>
  send(stack(), 'POST', '/v1/register', { json: { transport: 'token', ...json }, ...sent });

/** The registration is refused, nothing is changed, and the invite still works for a correct one. */
async function refusedOnly(token: string, wrong: object, code: string): Promise<void> {
  const before = await stack().dumpTables();
  const { status, json } = await post({ token, ...somebody(), ...wrong });
  expect(json.code, JSON.stringify(json)).toBe(code);
  expect(status).toBe(422);
  expect(await stack().dumpTables()).toEqual(before);
}

describe('the invite stays usable', () => {
  test('422 R0.6 C9 R4.13: an address that is taken', async () => {
    const other = await register(stack(), await openInvite(stack(), admin));
    const token = await openInvite(stack(), admin);
    await refusedOnly(token, { email: other.user.email!.toUpperCase() }, 'email_taken');
    await register(stack(), token);
  });

  test('422 R0.6 C9: a username that is taken', async () => {
    const other = await register(stack(), await openInvite(stack(), admin));
    const token = await openInvite(stack(), admin);
    await refusedOnly(token, { username: other.user.username }, 'username_taken');
    await register(stack(), token);
  });

  test('422 R0.6 C9 R4.4: a password of 7 characters, however many bytes they take', async () => {
    const token = await openInvite(stack(), admin);
    await refusedOnly(token, { password: 'ab3-efg' }, 'weak_password');
    await refusedOnly(token, { password: '🔑'.repeat(7) }, 'weak_password');
    await register(stack(), token);
  });

  test.each([
    ['email', 'without a domain', 'nobody'],
    ['email', 'with two domains', 'a@b@example.com'],
    ['email', 'that goes on in a mail’s head', 'guest@example.com\nBcc: all@example.com'],
    ['username', 'of two letters', 'ab'],
    ['username', 'with a capital', 'Yuki'],
    ['username', 'with an underscore', 'yuki_1'],
    ['username', 'of foreign letters that look like ours', 'хуруху'],
    ['username', 'of 33 letters', 'y'.repeat(33)],
    ['password', 'that is empty', ''],
    ['password', 'of 1,025 characters', 'x'.repeat(1_025)],
    ['firstName', 'that goes on in a mail’s head', 'Yuki\r\nBcc: all@example.com'],
    ['lastName', 'of 101 letters', 'x'.repeat(101)],
    ['lastName', 'with half a surrogate pair', 'Yuki \ud800'],
    ['locale', 'that we do not speak', 'fr'],
    ['deviceId', 'with a space', 'a b'],
    ['transport', 'that there is not', 'header'],
  ])('422 R2.2 R4.8 C9: a %s %s, named in the answer', async (field, _, value) => {
    const token = await openInvite(stack(), admin);
    const before = await stack().dumpTables();
    const { status, json } = await post({ token, ...somebody(), [field]: value });
    expect(status).toBe(422);
    expect(json.code).toBe('invalid');
    expect(json.errors?.map(({ path }) => path)).toEqual([field]);
    expect(json.errors?.[0]?.message).toMatch(/^[^{}]*\w[^{}]*$/);
    expect(await stack().dumpTables()).toEqual(before);
    await register(stack(), token);
  });

  test('422 C4: an invite for one address, with another address', async () => {
    const [row] = await invite(stack(), admin, { emails: ['rin@example.com'], send: false });
    const token = tokenOf(row!.url);
    await refusedOnly(token, { email: 'ren@example.com' }, 'email_mismatch');
    const { user } = await register(stack(), token, { ...somebody(), email: 'Rin@example.com' });
    expect(user.email).toBe('rin@example.com');
  });

  test.each(['role', 'maxUses', 'emailVerified', 'userId', 'id', 'status', 'epoch'])(
    '422 C6: a body that adds %s',
    async (field) => {
      const token = await openInvite(stack(), admin);
      await refusedOnly(token, { [field]: field === 'role' ? 'admin' : true }, 'invalid');
      await register(stack(), token);
    },
  );
});

test('201 C6: what hides behind a prototype takes no effect', async () => {
  const token = await openInvite(stack(), admin);
  const guest = JSON.stringify({ token, transport: 'token', ...somebody() });
  const raw = guest.replace('{', '{"__proto__":{"role":"admin","emailVerified":true},');
  const { status, json } = await send<SignedIn>(stack(), 'POST', '/v1/register', {
    raw,
    headers: { 'content-type': 'application/json' },
  });
  if (status === 201) expect(json.user).toMatchObject({ role: 'general', emailVerified: false });
  else expect(status).toBe(422);
});

test('404 C5 R4.8: a token altered in any character, or longer, registers nobody', async () => {
  const token = await openInvite(stack(), admin);
  const before = await stack().dumpTables();
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const altered = [...token].map((character, position) => {
    const next = alphabet[(alphabet.indexOf(character) + 1) % 64]!;
    return token.slice(0, position) + (character === '.' ? '_' : next) + token.slice(position + 1);
  });
  for (const forged of [...altered, `${token}A`, `${token}=`, ` ${token}`, token.split('.')[0]!]) {
    const { status, json } = await post({ token: forged, ...somebody() });
    expect({ forged, status, code: json.code }).toEqual({ forged, status: 404, code: 'invite_invalid' });
  }
  expect(await stack().dumpTables()).toEqual(before);
  await register(stack(), token);
});

test('404 C5: the old link of a re-issued invite registers nobody', async () => {
  const [row] = await invite(stack(), admin);
  const { session } = admin;
  const again = await send<{ url: string }>(stack(), 'POST', `/v1/admin/invites/${row!.id}/reissue`, {
    json: {},
    token: session.token,
  });
  expect(await post({ token: tokenOf(row!.url), ...somebody() })).toMatchObject({ status: 404 });
  await register(stack(), tokenOf(again.json.url));
});

test('422 C8 R0.5: an invite past its end registers nobody while its row is still there', async () => {
  const token = await openInvite(stack(), admin, { expiresInDays: 1 });
  stack().clock.offsetSeconds = daySeconds - 30;
  await register(stack(), await openInvite(stack(), admin));
  stack().clock.offsetSeconds = daySeconds + 1;
  await refusedOnly(token, {}, 'invite_expired');
  expect(JSON.stringify(await stack().dumpTables())).toContain(token.split('.')[0]);
});

test('422 R0.5 R0.7: a withdrawn invite registers nobody', async () => {
  const [row] = await invite(stack(), admin);
  await send(stack(), 'POST', `/v1/admin/invites/${row!.id}/revoke`, { token: admin.session.token });
  await refusedOnly(tokenOf(row!.url), {}, 'invite_revoked');
});

test('422 C23: a password of 1 MiB is refused before any work is done for it', async () => {
  const token = await openInvite(stack(), admin);
  stack().clearCalls();
  const { status, json } = await post({ token, ...somebody(), password: 'x'.repeat(2 ** 20) });
  expect({ status, code: json.code, paths: json.errors?.map(({ path }) => path) }).toEqual({
    status: 422,
    code: 'invalid',
    paths: ['password'],
  });
  expect(callsOf(stack(), 'registration-create')).toEqual([]);
});

test('422 R4.4: a password that is longer than 1,024 characters once it is normalised is refused', async () => {
  // One character that NFKC spells out as eighteen.
  await refusedOnly(await openInvite(stack(), admin), { password: '\uFDFA'.repeat(1_000) }, 'invalid');
});

test.each([
  ['ja', 'email_taken', 'このメールアドレスは既に使用されています'],
  ['ja', 'invite_used', 'この招待リンクは既に使用されています'],
  ['ja', 'invite_expired', '招待リンクの有効期限が切れています'],
  ['ja', 'invite_invalid', '招待リンクが無効または期限切れです'],
  ['zh', 'email_taken', '此邮箱已被使用'],
  ['en', 'email_taken', 'This email address is already in use'],
])('4xx R4.13: in %s, %s reads "%s"', async (language, code, title) => {
  const token = await openInvite(stack(), admin, { expiresInDays: 2 });
  const guest = somebody();
  if (code === 'invite_used') await register(stack(), token);
  if (code === 'email_taken') await register(stack(), await openInvite(stack(), admin), guest);
  if (code === 'invite_expired') stack().clock.offsetSeconds = 2 * daySeconds;
  const answer = await post(
    { token: code === 'invite_invalid' ? `${token}x` : token, ...somebody(), email: guest.email },
    { headers: { 'accept-language': `${language},en;q=0.5` } },
  );
  expect(answer.json).toMatchObject({ code, title });
  expect(answer.headers['content-type']).toBe('application/problem+json');
});
