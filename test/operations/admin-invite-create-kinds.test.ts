import { expect, test } from 'vitest';
import { fieldTexts } from '#shared/errors/field-texts.ts';
import { fill, locales } from '#shared/locale.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { newDevice } from '../harness/people/devices.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { linkState, shownInvite } from '../harness/invites/invites.ts';
import { codeState, createInvites, type Created } from '../harness/invites/inviting.ts';
import { invite, register, somebody, tokenOf, type SignedIn } from '../harness/people/people.ts';
import { rowsOf, textOf } from '../harness/stack/rows.ts';

const { stack, admin } = useAdmin();

const passphrase = 'open sesame';
const one = ['one@example.com'];
const tryOut = (token: string, json: object) =>
  send<SignedIn & { code?: string; errors?: { path: string }[] }>(stack(), 'POST', '/v1/register', {
    json: { token, transport: 'token', ...json },
  });

test.each<[string, object, object]>([
  ['account', {}, { kind: 'account' }],
  ['account', { kind: 'account', emails: ['team@example.com'], maxUses: 3 }, { email: 'team@example.com' }],
  ['email', { kind: 'email', emails: ['Bound@Example.com'] }, { email: 'bound@example.com', maxUses: 1 }],
  ['domain', { kind: 'domain', emails: ['*@Example.org'], maxUses: 5 }, { email: '*@example.org' }],
  ['device', { kind: 'device' }, { maxUses: 1 }],
  ['device', { kind: 'device', emails: ['phone@example.com'] }, { email: 'phone@example.com' }],
  ['device-only', { kind: 'device-only', passphrase, maxUses: 9 }, { maxUses: 9 }],
])('201 R0.1 R3.3 R3.4: makes an invite of the kind %s from %j', async (kind, wish, shown) => {
  const [row] = await invite(stack(), admin, wish);
  expect(row).toMatchObject({ result: 'invited', status: 'active' });
  expect(row!.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  expect(await shownInvite(stack(), admin, row!.id)).toMatchObject({ kind, status: 'active', ...shown });
  expect(await linkState(stack(), tokenOf(row!.url))).toBe('active');
  expect(await codeState(stack(), row!.code!)).toBe('active');
  const kept = rowsOf(await stack().dumpTables(), 'invites', 'pk', `invite#${row!.id}`);
  expect(kept.map((one) => textOf(one, 'sk'))).toEqual([
    ...('passphrase' in wish ? ['passphrase'] : []),
    'record',
  ]);
});

test('201 C68: an invite for a domain lets in its addresses only, and proves none of them', async () => {
  const [row] = await invite(stack(), admin, { kind: 'domain', emails: ['*@example.com'], maxUses: 2 });
  expect(row).toMatchObject({ email: '*@example.com', mailed: false });
  await stack().settle();
  expect(stack().mails('*@example.com')).toEqual([]);
  const { email: _, ...who } = somebody();
  for (const email of ['x@sub.example.com', 'x@evilexample.com', 'x@example.com.evil.org', 'x@example.co']) {
    expect(await tryOut(tokenOf(row!.url), { ...who, email })).toMatchObject({
      status: 422,
      json: { code: 'email_mismatch' },
    });
  }
  const { user } = await register(stack(), tokenOf(row!.url), { ...who, email: 'Kim@EXAMPLE.com' });
  expect(user).toMatchObject({ email: 'kim@example.com', emailVerified: false });
});

test('201: domains are named one by one, each with a result of its own', async () => {
  const emails = [
    '*@one.example',
    ' *@ONE.example ',
    '*@two.example',
    'a@three.example',
    '*@*',
    '@x.example',
  ];
  const rows = await invite(stack(), admin, { kind: 'domain', emails });
  expect(rows.map(({ email, result }) => `${email} ${result}`)).toEqual([
    '*@one.example invited',
    '*@one.example invited',
    '*@two.example invited',
    'a@three.example bad_address',
    '*@* bad_address',
    '@x.example bad_address',
  ]);
});

test('201 R3.3: a device invite takes a browser with a key, once', async () => {
  const [row] = await invite(stack(), admin, { kind: 'device' });
  expect(await tryOut(tokenOf(row!.url), somebody())).toMatchObject({
    status: 422,
    json: { code: 'invalid', errors: [{ path: 'deviceKey' }] },
  });
  const { deviceKey } = await newDevice();
  await register(stack(), tokenOf(row!.url), { ...somebody(), deviceKey });
  expect(await linkState(stack(), tokenOf(row!.url))).toBe('used');
});

test('201 R3.4: a pass phrase of 6 to 200 characters opens a device-only invite, and is not stored', async () => {
  for (const phrase of ['sesame', 's'.repeat(200)]) {
    const [row] = await invite(stack(), admin, { kind: 'device-only', passphrase: phrase });
    const { deviceKey } = await newDevice();
    const answer = await tryOut(tokenOf(row!.url), { passphrase: phrase, deviceKey });
    expect({ status: answer.status, role: answer.json.user.role }).toEqual({ status: 201, role: 'general' });
    const seen = JSON.stringify([await stack().dumpTables(), stack().logs()]);
    expect(seen).not.toContain(phrase);
  }
});

test('201 R2.1: a code of the admin’s own, however it is typed, works beside the link', async () => {
  const [row] = await invite(stack(), admin, { code: 'go-lo 7i', maxUses: 10 });
  expect(row).toMatchObject({ result: 'invited', code: 'G01071' });
  for (const typed of ['G01071', 'golo7i', 'GOLO 71']) expect(await codeState(stack(), typed)).toBe('active');
  expect(await linkState(stack(), tokenOf(row!.url))).toBe('active');
  for (const code of ['4444', 'ABCDEFGHJK']) {
    expect(await invite(stack(), admin, { code })).toMatchObject([{ result: 'invited' }]);
  }
});

const numbered = (count: number) => Array.from({ length: count }, (_, at) => `p${at}@example.com`);

test.each<[keyof typeof fieldTexts, string, object, object]>([
  ['emails', 'emails', { kind: 'email' }, {}],
  ['domain', 'emails', { kind: 'domain' }, {}],
  ['single', 'maxUses', { kind: 'email', emails: one, maxUses: 2 }, {}],
  ['single', 'maxUses', { emails: one, maxUses: 2 }, {}],
  ['passphrase', 'passphrase', { kind: 'device-only' }, {}],
  ['passphrase', 'passphrase', { kind: 'device', passphrase }, {}],
  ['passphrase', 'passphrase', { passphrase }, {}],
  ['short', 'passphrase', { kind: 'device-only', passphrase: '12345' }, { min: 6 }],
  ['short', 'passphrase', { kind: 'device-only', passphrase: `12345${' '.repeat(9)}` }, { min: 6 }],
  ['long', 'passphrase', { kind: 'device-only', passphrase: 'p'.repeat(201) }, { max: 200 }],
  ['code', 'code', { code: 'abc' }, { min: 4, max: 10 }],
  ['code', 'code', { code: 'ABCDEFGHJKM' }, { min: 4, max: 10 }],
  ['code', 'code', { code: 'CODÉ' }, { min: 4, max: 10 }],
  ['code', 'code', { code: '' }, { min: 4, max: 10 }],
  ['ownCode', 'code', { code: 'CODE', count: 2 }, { max: 10 }],
  ['ownCode', 'code', { code: 'CODE', emails: one }, { max: 10 }],
  ['ownCode', 'code', { code: 'CODE', maxUses: 11 }, { max: 10 }],
  ['ownCode', 'code', { code: 'CODE', role: 'admin' }, { max: 10 }],
  ['ownCode', 'code', { code: 'CODE', expiresInDays: null }, { max: 10 }],
  ['big', 'count', { count: 1_001 }, { max: 1_000 }],
  ['big', 'emails', { emails: numbered(1_001) }, { max: 1_000 }],
  ['big', 'maxUses', { maxUses: 100_001 }, { max: 100_000 }],
])('422 R2.1 R3.4 R4.13: says `%s` at %s in three languages', async (text, path, wish, values) => {
  for (const language of locales) {
    const { status, json } = await createInvites(stack(), admin, wish, { language });
    const message = fill(fieldTexts[text][language], { ...values });
    expect({ status, errors: json.errors }).toEqual({ status: 422, errors: [{ path, message }] });
  }
});

test('422 R2.1: a code that another invite has is refused, and nothing is made', async () => {
  await invite(stack(), admin, { code: 'TAKEN' });
  const before = (await stack().dumpTables())['invites']!.length;
  const { status, json } = await sendEvent<Created>(stack(), 'admin-invite-create', {
    body: { emails: undefined, code: 'taken' },
    token: admin.session.token,
  });
  expect({ status, errors: json.errors }).toEqual({
    status: 422,
    errors: [{ path: 'code', message: fieldTexts.codeTaken.ja }],
  });
  expect((await stack().dumpTables())['invites']).toHaveLength(before);
});

test('201 422 R2.1: of several who want one code at once, one has it', { tags: 'engine' }, async () => {
  const wishes = Array.from({ length: 6 }, () => createInvites(stack(), admin, { code: 'RACE' }));
  const statuses = (await Promise.all(wishes)).map(({ status }) => status);
  expect(statuses.sort()).toEqual([201, 422, 422, 422, 422, 422]);
});

test('201: the most that may be asked for', async () => {
  const [row] = await invite(stack(), admin, { maxUses: 100_000 });
  expect(await shownInvite(stack(), admin, row!.id)).toMatchObject({ usesLeft: 100_000 });
});
