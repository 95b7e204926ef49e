import { beforeAll, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { claimOf, deedsOf, readMe, unprovenUser, type ShownUser } from '../harness/people/accounts.ts';
import { callsOf } from '../harness/stack/calls.ts';
import { askCode, codeOf, mailedCode, otherCode } from '../harness/people/codes.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { verifiedUser } from '../harness/invites/inviting.ts';
import { somebody, type SignedIn } from '../harness/people/people.ts';
import { gather } from '../harness/stack/meanwhile.ts';
import { numberOf, textOf } from '../harness/stack/rows.ts';

const { stack, admin } = useAdmin();
/** Two users without a proven mailbox, unless a test proves it. */
let jiro: SignedIn & { email: string };
let saburo: SignedIn & { email: string };
beforeAll(async () => {
  jiro = await unprovenUser(stack(), admin);
  saburo = await unprovenUser(stack(), admin);
});

const verify = ({ session: { token } }: SignedIn, json: object) =>
  send<ShownUser>(stack(), 'POST', '/v1/email/verify', { json, token });
const mailTo = ({ email, session: { token } }: SignedIn & { email: string }) =>
  mailedCode(stack(), 'email-verify', email, { token });
const isVerified = async (who: SignedIn) => (await readMe(stack(), who)).emailVerified;
/** Advances the clock by half an hour, after which a mail has a new code. */
const later = () => {
  stack().clock.offsetSeconds += 31 * 60;
};

test('200 R2.5: proves the mailbox, once', async () => {
  const hanako = await unprovenUser(stack(), admin, { email: 'hanako@example.com', username: 'hanako' });
  const body = await mailTo(hanako);
  const { token } = hanako.session;
  const answer = await sendEvent<ShownUser>(stack(), 'email-verify', { token, body });
  expect({ status: answer.status, user: answer.json }).toEqual({
    status: 200,
    user: { ...hanako.user, emailVerified: true },
  });
  expect(await isVerified(hanako)).toBe(true);
  expect(await claimOf(stack(), hanako.email)).toEqual({ userId: hanako.user.id, verified: true });
  expect((await deedsOf(stack(), hanako)).at(-1)).toBe('email.verify done');
  expect(await verify(hanako, body)).toMatchObject({ status: 422, json: { code: 'code_invalid' } });
});

test('200 C40: of the same code twice in parallel, one proves', { tags: 'engine' }, async () => {
  const who = await unprovenUser(stack(), admin);
  const { code, flow } = await mailTo(who);
  const other = await askCode(stack(), 'email-verify', who.email, { token: who.session.token });
  // All requests have checked the code before the first one uses it up.
  gather(stack(), { function: 'email-verify', action: 'TransactWriteItems', table: 'codes' }, 3);
  const answers = await Promise.all([
    verify(who, { flow, code }),
    verify(who, { flow: other.json.flow, code }),
    verify(who, { flow, code }),
  ]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422, 422]);
  expect(await deedsOf(stack(), who)).toEqual(['registration done', 'email.verify done']);
});

test('200: small letters, full-width digits, blanks and look-alikes do not matter', async () => {
  const who = await unprovenUser(stack(), admin);
  const { flow, code } = await mailTo(who);
  const wide = code.toLowerCase().replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
  const typed = ` ${wide.slice(0, 3)}-${wide.slice(3)} `;
  expect((await verify(who, { flow, code: typed })).status).toBe(200);
});

test(
  '200 C41 C63: a wrong code is one try, though the store lost the answer',
  { tags: 'engine' },
  async () => {
    const who = await unprovenUser(stack(), admin);
    const { flow, code } = await mailTo(who);
    for (let turn = 0; turn < 4; turn += 1) {
      stack().faults([{ kind: 'lost', function: 'email-verify', action: 'UpdateItem', table: 'codes' }]);
      expect((await verify(who, { flow, code: otherCode(code) })).json.code).toBe('code_invalid');
    }
    stack().faults([]);
    expect((await verify(who, { flow, code })).status).toBe(200);
  },
);

test('200 C41 C44: five wrong codes end the flow and nobody else’s', async () => {
  const who = await unprovenUser(stack(), admin);
  const { flow, code } = await mailTo(who);
  for (let turn = 0; turn < 5; turn += 1) {
    expect((await verify(who, { flow, code: otherCode(code) })).json.code).toBe('code_invalid');
  }
  expect((await verify(who, { flow, code })).json.code).toBe('code_invalid');
  const again = await askCode(stack(), 'email-verify', who.email, { token: who.session.token });
  expect((await verify(who, { flow: again.json.flow, code })).status).toBe(200);
});

test('422 C41: of many guesses at once, five are looked at', { tags: 'engine' }, async () => {
  later();
  const { flow, code } = await mailTo(jiro);
  stack().clearCalls();
  await Promise.all(Array.from({ length: 12 }, () => verify(jiro, { flow, code: otherCode(code) })));
  const looked = callsOf(stack(), 'email-verify').filter(({ service }) => service === 'kms');
  expect(looked).toHaveLength(5);
});

test.each([
  ['29:59', 1, 200],
  ['30:00', 0, 422],
])(
  'R2.5: %s after it was asked for, with %i s left, a code is answered %i',
  async (_, secondsLeft, status) => {
    const who = await unprovenUser(stack(), admin);
    const body = await mailTo(who);
    const { codes = [] } = await stack().dumpTables();
    const row = codes.find((one) => textOf(one, 'pk') === `flow#${body.flow}`)!;
    const { clock } = stack();
    clock.standAt(numberOf(row, 'expiresAt') - secondsLeft * 1_000);
    expect((await verify(who, body)).status).toBe(status);
  },
);

test('R2.5: how long a code is good is what the deployment is set to', async () => {
  stack().deploy({ codeMinutes: 10 });
  const who = await unprovenUser(stack(), admin);
  const { clock } = stack();
  clock.standAt(clock.now());
  const body = await mailTo(who);
  const asked = clock.now();
  clock.standAt(asked + 10 * 60_000);
  expect(await verify(who, body)).toMatchObject({
    status: 422,
    json: { title: 'The code has expired', detail: 'It was good for 10 minutes. Ask for a new one.' },
  });
  clock.standAt(asked + 10 * 60_000 - 1);
  expect((await verify(who, body)).status).toBe(200);
});

test('422 R2.5: who types the right code too late is told that it has expired; who types a wrong one, nothing', async () => {
  later();
  const who = await unprovenUser(stack(), admin);
  const body = await mailTo(who);
  const said = async (code: string, sent: object = {}) => {
    const { token } = who.session;
    const json = { ...body, code };
    const answer = await send(stack(), 'POST', '/v1/email/verify', { json, token, ...sent });
    const { title, detail } = answer.json;
    return { status: answer.status, code: answer.json.code, title, detail };
  };
  const expired = {
    status: 422,
    code: 'code_invalid',
    title: 'The code has expired',
    detail: 'It was good for 30 minutes. Ask for a new one.',
  };
  const wrong = { status: 422, code: 'code_invalid', title: 'The code is not valid' };
  later();
  expect(await said(body.code)).toEqual(expired);
  // An expired code is not counted as a guess, however often it is typed.
  for (let turn = 0; turn < 5; turn += 1) expect(await said(body.code)).toEqual(expired);
  expect((await said(body.code, { headers: { 'accept-language': 'ja' } })).title).toBe(
    'コードの有効期限が切れています',
  );
  for (let turn = 0; turn < 5; turn += 1) expect(await said(otherCode(body.code))).toMatchObject(wrong);
  expect(await said(body.code)).toMatchObject(wrong);
  expect(await isVerified(who)).toBe(false);
});

test('422 R2.5: so is who asked again meanwhile, and the new code is good', async () => {
  later();
  const who = await unprovenUser(stack(), admin);
  const old = await mailTo(who);
  later();
  const fresh = await mailTo(who);
  expect(fresh.code).not.toBe(old.code);
  expect((await verify(who, old)).json.title).toBe('The code has expired');
  expect((await verify(who, { ...fresh, code: old.code })).json.title).toBe('The code is not valid');
  expect((await verify(who, fresh)).status).toBe(200);
  // A used code is not reported as expired.
  expect((await verify(who, fresh)).json.title).toBe('The code is not valid');
});

test('422 C31 R2.5: a code of one purpose proves nothing for another', async () => {
  later();
  const { token } = jiro.session;
  for (const purpose of ['password-reset', 'email-update'] as const) {
    const other = await mailedCode(stack(), purpose, jiro.email, { token });
    expect((await verify(jiro, other)).json.code).toBe('code_invalid');
    const own = await askCode(stack(), 'email-verify', jiro.email, { token });
    expect((await verify(jiro, { flow: own.json.flow, code: other.code })).json.code).toBe('code_invalid');
  }
  expect(await isVerified(jiro)).toBe(false);
});

test('422 C42: neither another’s flow nor another’s code is good', async () => {
  later();
  const [his, hers] = [await mailTo(jiro), await mailTo(saburo)];
  for (const body of [
    his,
    { flow: hers.flow, code: his.code },
    { flow: his.flow, code: hers.code },
    { flow: hers.flow, code: '' },
    { flow: hers.flow, code: 'ABC' },
    { flow: '', code: hers.code },
    { flow: 'AAECAwQFBgcICQoLDA0ODw', code: hers.code },
    { flow: `letter#email-verify#${saburo.user.id}#${saburo.email}`, code: hers.code },
  ]) {
    expect(await verify(saburo, body)).toMatchObject({ status: 422, json: { code: 'code_invalid' } });
  }
  for (const code of [null, {}, [hers.code], 123456, undefined]) {
    expect(await verify(saburo, { flow: hers.flow, code })).toMatchObject({
      status: 422,
      json: { code: 'invalid' },
    });
  }
  expect(await isVerified(saburo)).toBe(false);
});

test('422 C68: who has lost the address to its owner can prove it no more', async () => {
  const squatter = await unprovenUser(stack(), admin);
  const { token } = squatter.session;
  const body = await mailTo(squatter);
  const owner = await verifiedUser(stack(), admin, { ...somebody(), email: squatter.email });
  const json = { code: 'email_taken', detail: 'Another account has it. Use another address.' };
  expect(await verify(squatter, body)).toMatchObject({ status: 422, json });
  expect(await claimOf(stack(), squatter.email)).toEqual({ userId: owner.user.id, verified: true });
  expect((await askCode(stack(), 'email-verify', squatter.email, { token })).status).toBe(422);
});

test(
  '200: answers that the store lost are neither a second try nor a wrong code',
  { tags: 'engine' },
  async () => {
    const who = await unprovenUser(stack(), admin);
    const { flow, code } = await mailTo(who);
    for (let turn = 0; turn < 4; turn += 1) await verify(who, { flow, code: otherCode(code) });
    stack().faults([
      { kind: 'lost', function: 'email-verify', action: 'TransactWriteItems' },
      { kind: 'lost', function: 'email-verify', action: 'UpdateItem' },
    ]);
    expect((await verify(who, { flow, code })).status).toBe(200);
    expect(await isVerified(who)).toBe(true);
  },
);

test.each(['dynamodb', 'kms'] as const)(
  '503 R2.9: while %s is down, the code stays good',
  async (service) => {
    const who = await unprovenUser(stack(), admin);
    const body = await mailTo(who);
    stack().faults([{ kind: 'error', service, times: 99 }]);
    expect((await verify(who, body)).status).toBe(503);
    stack().faults([]);
    expect((await verify(who, body)).status).toBe(200);
  },
);

test('401: asks for a session', async () => {
  const { status } = await send(stack(), 'POST', '/v1/email/verify', { json: { flow: 'x', code: 'x' } });
  expect(status).toBe(401);
});

test('R2.5: the code of a letter that was used is not the next one’s', async () => {
  const who = await unprovenUser(stack(), admin);
  const first = await mailTo(who);
  await verify(who, first);
  await askCode(stack(), 'email-verify', who.email, { token: who.session.token });
  expect(await codeOf(stack(), who.email)).not.toBe(first.code);
});

test('200 R2.5: a code that was mailed once more is good in the page of the first mail too, for as long as it lives', async () => {
  const who = await unprovenUser(stack(), admin);
  const first = await mailTo(who);
  stack().clock.offsetSeconds += 20 * 60;
  const again = await mailTo(who);
  expect(again.code).toBe(first.code);
  stack().clock.offsetSeconds += 15 * 60;
  expect((await verify(who, first)).status).toBe(200);
});
