import { beforeAll, expect, test } from 'vitest';
import { fieldTexts } from '#shared/errors/field-texts.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { attempt, refusedFields } from '../harness/people/guests.ts';
import { linkState } from '../harness/invites/invites.ts';
import { createInvites, readInvite } from '../harness/invites/inviting.ts';
import { send } from '../harness/http/http.ts';
import { invite, somebody, tokenOf } from '../harness/people/people.ts';
import { footprint, growth } from '../harness/stack/rows.ts';

const { stack, admin } = useAdmin();
let id: string;
let token: string;
beforeAll(async () => {
  const wish = { kind: 'domain', emails: ['*@Example.com'], maxUses: 50 };
  const [row] = await invite(stack(), admin, wish);
  ({ id } = row!);
  token = tokenOf(row!.url);
});

test('201: a domain is invited by a link that is handed out, never by mail', async () => {
  const [row] = await invite(stack(), admin, { kind: 'domain', emails: [' *@Mail.Example.COM '] });
  expect(row).toMatchObject({ email: '*@mail.example.com', result: 'invited', mailed: false });
  await stack().settle();
  expect(stack().mails()).toEqual([]);
});

test('201: addresses of the domain come in, in any spelling, but prove no mailbox', async () => {
  for (const email of [somebody().email, `${somebody().username}@EXAMPLE.COM`]) {
    const { status, json } = await attempt(stack(), { token, email });
    expect({ status, user: json.user }).toMatchObject({
      status: 201,
      user: { email: email.toLowerCase(), emailVerified: false },
    });
    const { token: session } = json.session!;
    const invited = await send(stack(), 'POST', '/v1/invites', {
      json: { email: somebody().email },
      token: session,
    });
    expect(invited).toMatchObject({ status: 403, json: { code: 'not_verified' } });
  }
});

test('201: the code of the invite lets in the same addresses and no others', async () => {
  const [row] = await invite(stack(), admin, { kind: 'domain', emails: ['*@kaisha.example.jp'] });
  const { code } = row!;
  expect((await attempt(stack(), { code })).json.code).toBe('email_mismatch');
  const { status, json } = await attempt(stack(), { code, email: 'taro@kaisha.example.jp' });
  expect({ status, verified: json.user?.emailVerified }).toEqual({ status: 201, verified: false });
});

test.each([
  'guest@example.org',
  'guest@mail.example.com',
  'guest@evilexample.com',
  'guest@example.com.evil.org',
  'guest@example.co',
  'guest@xample.com',
  'example.com@evil.org',
  // With a Cyrillic е. Encoded for mail, it is a different domain.
  'guest@еxample.com',
])('422: %s is of another domain', async (email) => {
  const before = await footprint(stack());
  expect(refusedFields(await attempt(stack(), { token, email }))).toEqual([422, 'email_mismatch']);
  expect(Object.values(await growth(stack(), before))).toEqual([0, 0, 0, 0, 0, 0]);
});

test.each([
  'a@b@example.com',
  'a@evil.org,b@example.com',
  '"a@evil.org"@example.com',
  'a@evil.org\n@example.com',
  'a@evil.org\u0000@example.com',
  'a@evil.org%@example.com',
  '<a@evil.org>@example.com',
  '@example.com',
  '*@example.com',
  'guest@example.com.',
  'guest@[example.com]',
])('422: %j is no address at all', async (email) => {
  expect(refusedFields(await attempt(stack(), { token, email }))).toEqual([422, 'invalid', 'email']);
});

test('422 C9: refusals use nothing up', async () => {
  const uses = async () => (await readInvite(stack(), admin, id)).json.uses;
  const before = await uses();
  for (const email of ['guest@example.org', 'guest@example.com.'])
    expect((await attempt(stack(), { token, email })).status).toBe(422);
  expect(await uses()).toBe(before);
  expect(await linkState(stack(), token)).toBe('active');
});

test.each([['nothing', { kind: 'domain' }, 'emails']])(
  '422: a domain invite for %s names what is wrong',
  async (_, wish, path) => {
    expect(refusedFields(await createInvites(stack(), admin, wish))).toEqual([422, 'invalid', path]);
  },
);

test.each(['example.com', 'guest@example.com', '*@', '*@com', '*@*.com', '*@exam ple.com', '**@example.com'])(
  '201: %s is no domain, and its row says so',
  async (typed) => {
    const { json } = await createInvites(stack(), admin, { kind: 'domain', emails: [typed] });
    expect(json.invites).toEqual([{ email: typed, result: 'bad_address', reason: fieldTexts.domain.en }]);
  },
);
