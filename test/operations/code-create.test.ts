import { beforeAll, expect, test } from 'vitest';
import { purposes } from '#shared/codes/mail-code.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { callNames } from '../harness/stack/calls.ts';
import { askCode, codeOf, codesOf } from '../harness/people/codes.ts';
import { prove } from '../harness/people/devices.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { outbox, waitSeconds } from '../harness/stack/outbox.ts';
import { asUser, boundUser, deviceUser, verifiedUser } from '../harness/invites/inviting.ts';
import { bootstrap, openInvite, register, somebody, tokenOf } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { numberOf, rowsOf, textOf } from '../harness/stack/rows.ts';
import { useStack } from '../harness/stack/stack.ts';
import { daySeconds, enterWindow } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();
const limited = useStack('limited');
const copyLink = useStack('copyLink');
let hanako: SignedIn;
beforeAll(async () => {
  const who = { ...somebody(), email: 'hanako@example.com', locale: 'ja' };
  hanako = await register(stack(), await openInvite(stack(), admin), who);
});

const guest = async () => {
  const who = somebody();
  return { ...(await register(stack(), await openInvite(stack(), admin), who)), email: who.email };
};
const mailsTo = async (email: string) => (await codesOf(stack(), email)).length;

test('202 R2.5: mails a code of six characters, which no table and no address holds', async () => {
  const { status, json } = await sendEvent<{ flow: string }>(stack(), 'code-create');
  expect({ status, json }).toEqual({
    status: 202,
    json: { flow: expect.stringMatching(/^[\w-]{22}$/) as string },
  });
  const code = await codeOf(stack(), 'hanako@example.com');
  const mail = stack().mails('hanako@example.com').at(-1)!;
  expect(mail.subject).toBe('Latchkey の確認コード');
  expect(mail.text).toMatch(/\d{4}年\d{1,2}月\d{1,2}日 \d{2}:\d{2}/);
  expect(mail.text).toContain(`${stack().app}/forgot`);
  expect(mail.html).toContain(`>${code}</p>`);
  expect(mail.text.match(/https?:\S+/g)!.join()).not.toContain(code);
  expect(JSON.stringify(await stack().dumpTables())).not.toContain(code);
  expect(JSON.stringify(stack().logs())).not.toContain(code);
});

test('202 C26 C44: an account that does not exist looks the same from outside, and gets no mail', async () => {
  const known = await guest();
  const ask = async (email: string) => {
    stack().clearCalls();
    const { status, headers, json } = await askCode(stack(), 'password-reset', email);
    const calls = callNames(stack(), 'code-create');
    return { status, names: Object.keys(headers).toSorted(), fields: Object.keys(json), calls };
  };
  const { email } = somebody('nobody');
  const answer = await ask(known.email);
  expect(answer.status).toBe(202);
  expect(await ask(email)).toEqual(answer);
  expect(await codesOf(stack(), email)).toEqual([]);
  expect(await outbox(stack(), email)).toMatchObject([{ state: 'obsolete', owed: false }]);
  const kinds = (rows: readonly object[]) =>
    rows.map((row) => textOf(row as never, 'pk').replace(/#.*/, '')).toSorted();
  const { codes = [] } = await stack().dumpTables();
  const about = (address: string) => codes.filter((row) => JSON.stringify(row).includes(address));
  expect(kinds(about(email))).toEqual(kinds(about(known.email)));
});

test('202 C44 R2.5: asked again, the same code comes again, at most three times and a minute apart', async () => {
  const { email } = await guest();
  for (const seconds of [0, 30, 31, 60, 60, 60]) {
    stack().clock.offsetSeconds += seconds;
    expect((await askCode(stack(), 'password-reset', email)).status).toBe(202);
    // Settles before the clock jumps past the time for which a mailer reserves a mail.
    await stack().settle();
  }
  const codes = await codesOf(stack(), email);
  expect(codes).toHaveLength(3);
  expect(new Set(codes).size).toBe(1);
});

test('202 R2.5: when its 30 minutes are over, a new code is mailed', async () => {
  const { email } = await guest();
  await askCode(stack(), 'password-reset', email);
  await codeOf(stack(), email);
  stack().clock.offsetSeconds += 30 * 60 + 1;
  await askCode(stack(), 'password-reset', email);
  const codes = await codesOf(stack(), email);
  expect(new Set(codes).size).toBe(2);
});

test('202 C44: many at once are one mail', { tags: 'engine' }, async () => {
  const { email } = await guest();
  const answers = await Promise.all([1, 2, 3, 4].map(() => askCode(stack(), 'password-reset', email)));
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
  expect(new Set(answers.map(({ json }) => json.flow)).size).toBe(4);
  expect(await mailsTo(email)).toBe(1);
});

test.each<['password-reset' | 'session-create', () => Promise<string>]>([
  ['password-reset', async () => (await guest()).email],
  ['session-create', async () => (await boundUser(stack(), admin)).who.email],
])(
  '202 C44: after ten mails a day a code for %s is not repeated, but a new one still reaches its owner',
  async (purpose, owner) => {
    const email = await owner();
    enterWindow(stack(), daySeconds);
    for (let asked = 0; asked < 12; asked += 1) {
      await askCode(stack(), purpose, email);
      await stack().settle();
      stack().clock.offsetSeconds += asked % 3 === 2 ? 31 * 60 : 61;
    }
    expect(await mailsTo(email)).toBe(10);
    for (let asked = 0; asked < 2; asked += 1) {
      await askCode(stack(), purpose, email);
      expect(await mailsTo(email)).toBe(11);
      stack().clock.offsetSeconds += 61;
    }
  },
);

test('202: who is signed in has ten mails a day, to whatever addresses', async () => {
  const { session } = await guest();
  enterWindow(stack(), daySeconds);
  const emails = Array.from({ length: 11 }, () => somebody('target').email);
  for (const email of emails) {
    expect((await askCode(stack(), 'email-update', email, { token: session.token })).status).toBe(202);
  }
  const mails = await Promise.all(emails.map(mailsTo));
  expect(mails.filter((count) => count === 1)).toHaveLength(10);
});

test('202 C31: each purpose has a code of its own', async () => {
  const { device, who, signedIn } = await boundUser(stack(), admin);
  const { token } = signedIn.session;
  const codes = [];
  for (const purpose of purposes) {
    const headers = {
      dpop: await prove(stack(), device, { method: 'POST', path: '/v1/codes', beside: token }),
    };
    expect((await askCode(stack(), purpose, who.email, { token, headers })).status).toBe(202);
    codes.push(await codeOf(stack(), who.email));
  }
  expect(new Set(codes).size).toBe(purposes.length);
});

test('202: no code moves an account that is bound to no device', async () => {
  const { email } = await guest();
  const before = await mailsTo(email);
  expect((await askCode(stack(), 'session-create', email)).status).toBe(202);
  expect(await mailsTo(email)).toBe(before);
});

test('202: a code for an address that is proven to be somebody else’s is not mailed', async () => {
  const { session } = await guest();
  const other = await verifiedUser(stack(), admin);
  const address = other.user.email!;
  expect((await askCode(stack(), 'email-update', address, { token: session.token })).status).toBe(202);
  expect(await mailsTo(address)).toBe(0);
});

test('202: a code that expired before its mail could go is not mailed', async () => {
  const { email } = await guest();
  stack().faults([{ kind: 'error', service: 'ses', action: 'SendEmail', times: 99 }]);
  await askCode(stack(), 'password-reset', email);
  await waitSeconds(stack(), 61);
  stack().faults([]);
  await waitSeconds(stack(), 30 * 60);
  expect(await codesOf(stack(), email)).toEqual([]);
  expect(await outbox(stack(), email)).toMatchObject([{ state: 'obsolete' }]);
  // Anyone may have typed the address, so the row is deleted a day later.
  const [row] = rowsOf(await stack().dumpTables(), 'mails', 'to', email);
  expect(numberOf(row!, 'ttl') - numberOf(row!, 'settledAt') / 1_000).toBeLessThanOrEqual(daySeconds + 1);
});

test('202 R2.9: a mail that SES refuses once comes a minute later', async () => {
  const { email } = await guest();
  stack().faults([{ kind: 'error', service: 'ses', action: 'SendEmail' }]);
  expect((await askCode(stack(), 'password-reset', email)).status).toBe(202);
  expect(await mailsTo(email)).toBe(0);
  await waitSeconds(stack(), 61);
  expect(await mailsTo(email)).toBe(1);
});

test('202: an answer that the store lost is one flow and one mail', async () => {
  const { email } = await guest();
  stack().faults([{ kind: 'lost', function: 'code-create', action: 'TransactWriteItems' }]);
  expect((await askCode(stack(), 'password-reset', email)).status).toBe(202);
  expect(await mailsTo(email)).toBe(1);
});

test.each(['email-verify', 'email-update'] as const)('401: %s asks for a session', async (purpose) => {
  const answer = await askCode(stack(), purpose, 'hanako@example.com');
  expect(answer).toMatchObject({ status: 401, json: { code: 'unauthenticated' } });
});

test('422: a code to verify goes to the own address only', async () => {
  const { token } = hanako.session;
  const { email } = somebody();
  const answer = await askCode(stack(), 'email-verify', email, { token });
  expect(answer).toMatchObject({ status: 422, json: { code: 'invalid', errors: [{ path: 'email' }] } });
  expect(await outbox(stack(), email)).toEqual([]);
});

test('422: an account that is known by its device alone has no address to prove', async () => {
  const sent = await asUser(stack(), await deviceUser(stack(), admin), 'POST', '/v1/codes');
  const answer = await askCode(stack(), 'email-update', somebody().email, sent);
  expect(answer).toMatchObject({ status: 422, json: { code: 'invalid' } });
});

test('422: an unknown purpose is named', async () => {
  const answer = await askCode(stack(), 'session-delete' as never, 'hanako@example.com');
  expect(answer.json.errors?.map(({ path }) => path)).toEqual(['purpose']);
});

test('403: where no mail goes out, an administrator helps', async () => {
  const answer = await askCode(copyLink(), 'password-reset', 'hanako@example.com');
  expect(answer).toMatchObject({ status: 403, json: { code: 'forbidden' } });
  expect(answer.json.title).toContain('sends no mail');
  expect(answer.json.detail).toContain('Ask an administrator');
  expect((await copyLink().dumpTables())['codes'] ?? []).toEqual([]);
});

test('503 R2.9: while the store is down, nothing is mailed', async () => {
  const { email } = await guest();
  stack().faults([{ kind: 'error', service: 'dynamodb', times: 99 }]);
  expect((await askCode(stack(), 'password-reset', email)).status).toBe(503);
  stack().faults([]);
  expect(await mailsTo(email)).toBe(0);
});

test('429: five a minute and address', async () => {
  await register(limited(), tokenOf(await bootstrap(limited())), somebody());
  enterWindow(limited());
  const statuses = [];
  for (let turn = 0; turn < 6; turn += 1)
    statuses.push(
      (await askCode(limited(), 'password-reset', somebody().email, { from: '127.0.0.7' })).status,
    );
  expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
});
