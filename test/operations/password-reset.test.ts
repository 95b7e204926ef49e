import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { claimOf, deedsOf, readMe, signIn, subjectsTo, unprovenUser } from '../harness/people/accounts.ts';
import { isSignedIn } from '../harness/people/guests.ts';
import { callNames } from '../harness/stack/calls.ts';
import { askCode, codeOf, mailedCode, otherCode } from '../harness/people/codes.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { boundUser } from '../harness/invites/inviting.ts';
import { password, somebody } from '../harness/people/people.ts';
import { gather, meanwhile } from '../harness/stack/meanwhile.ts';
import { daySeconds, enterWindow } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();

const next = 'a new horse battery';
const reset = (json: object, sent: object = {}) =>
  send(stack(), 'POST', '/v1/password/reset', { json: { password: next, ...json }, ...sent });
const mailTo = async (email: string) => ({ email, ...(await mailedCode(stack(), 'password-reset', email)) });
const refused = { status: 422, json: { code: 'code_invalid' } };

test('204 R2.6 C34: sets a new password, ends every session, tells the owner', async () => {
  const who = { email: 'hanako@example.com', locale: 'ja' };
  const hanako = await unprovenUser(stack(), admin, who);
  const second = (await signIn(stack(), hanako.email)).json;
  const body = await mailTo(hanako.email);
  const answer = await sendEvent(stack(), 'password-reset', { body });
  expect({ status: answer.status, text: answer.text }).toEqual({ status: 204, text: '' });
  expect(answer.cookies).toEqual({});
  for (const { session } of [hanako, second]) expect(await isSignedIn(stack(), session.token)).toBe(false);
  expect((await signIn(stack(), hanako.email)).status).toBe(401);
  expect((await signIn(stack(), hanako.email, next)).status).toBe(201);
  expect(await subjectsTo(stack(), hanako.email)).toContain('Latchkey のパスワードが変更されました');
  const notice = stack()
    .mails(hanako.email)
    .find(({ subject }) => subject.includes('パスワードが変更'))!.text;
  expect(notice).toContain(`${stack().app}/forgot`);
  expect(notice).toContain('127.0.0.0/24');
  expect(await deedsOf(stack(), hanako)).toContain('password.reset done');
  expect(await reset(body)).toMatchObject(refused);
});

test('204 C68: the code came by the mailbox, so it is proven, and its owner has the account', async () => {
  const squatter = await unprovenUser(stack(), admin);
  expect((await reset(await mailTo(squatter.email))).status).toBe(204);
  expect(await isSignedIn(stack(), squatter.session.token)).toBe(false);
  expect(await claimOf(stack(), squatter.email)).toEqual({ userId: squatter.user.id, verified: true });
  const owner = (await signIn(stack(), squatter.email, next)).json;
  expect((await readMe(stack(), owner)).emailVerified).toBe(true);
});

test('204 C40: of the same code twice in parallel, one sets its password', { tags: 'engine' }, async () => {
  const { email } = await unprovenUser(stack(), admin);
  const body = await mailTo(email);
  const wishes = ['first horse battery', 'second horse battery'];
  // Both requests have checked the code before the first one uses it up.
  gather(stack(), { function: 'password-reset', action: 'TransactWriteItems', table: 'codes' }, 2);
  const answers = await Promise.all(wishes.map((wish) => reset({ ...body, password: wish })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 422]);
  const winner = wishes[answers.findIndex(({ status }) => status === 204)];
  for (const wish of wishes) {
    expect((await signIn(stack(), email, wish)).status).toBe(wish === winner ? 201 : 401);
  }
});

test(
  '422 C40: a code that is used while it is asked for once more does not come back',
  { tags: 'engine' },
  async () => {
    const { email } = await unprovenUser(stack(), admin);
    const body = await mailTo(email);
    stack().clock.offsetSeconds = 61;
    const asking = { function: 'code-create', action: 'TransactWriteItems' };
    const { json } = await meanwhile(
      stack(),
      asking,
      () => askCode(stack(), 'password-reset', email),
      async () => expect((await reset(body)).status).toBe(204),
    );
    const again = { ...body, flow: json.flow, password: 'another horse battery' };
    expect(await reset(again)).toMatchObject(refused);
    expect((await signIn(stack(), email, next)).status).toBe(201);
    // The request for another code got a new one.
    const code = await codeOf(stack(), email);
    expect(code).not.toBe(body.code);
    expect((await reset({ ...again, code })).status).toBe(204);
  },
);

test('422: a weak password costs neither a try nor the code', async () => {
  const { email } = await unprovenUser(stack(), admin);
  const body = await mailTo(email);
  for (let turn = 0; turn < 6; turn += 1) {
    expect((await reset({ ...body, password: 'short' })).json.code).toBe('weak_password');
  }
  expect((await reset(body)).status).toBe(204);
});

test('422 C22: nor does one’s own name as the password, which only the code shows to be one’s own', async () => {
  const username = 'morningglory';
  const { email } = await unprovenUser(stack(), admin, { username });
  const body = await mailTo(email);
  expect(await reset({ ...body, password: username })).toMatchObject({
    status: 422,
    json: { code: 'weak_password', errors: [{ path: 'password' }] },
  });
  expect((await reset(body)).status).toBe(204);
});

test('422 C26 C42: a wrong code looks the same whether there is an account or not', async () => {
  const { email } = await unprovenUser(stack(), admin);
  const known = await mailTo(email);
  const unknown = { email: somebody().email, flow: '', code: known.code };
  unknown.flow = (await askCode(stack(), 'password-reset', unknown.email)).json.flow;
  await stack().settle();
  const attempt = async (body: object) => {
    stack().clearCalls();
    const { status, json, headers } = await reset(body);
    const { requestId: _, ...problem } = json;
    return {
      status,
      problem,
      names: Object.keys(headers).toSorted(),
      calls: callNames(stack(), 'password-reset'),
    };
  };
  const wrong = await attempt({ ...known, code: otherCode(known.code) });
  expect(wrong).toMatchObject({ status: 422, problem: { code: 'code_invalid' } });
  expect(await attempt(unknown)).toEqual(wrong);
});

test('422 C42: the code of one account resets no other, whatever stands in its place', async () => {
  const [a, b] = [await unprovenUser(stack(), admin), await unprovenUser(stack(), admin)];
  const body = await mailTo(a.email);
  const other = await mailTo(b.email);
  expect(await reset({ ...body, email: b.email })).toMatchObject(refused);
  expect(await reset({ ...body, flow: other.flow })).toMatchObject(refused);
  expect(await reset({ ...other, code: body.code })).toMatchObject(refused);
  for (const email of [null, '', {}, [a.email], 'nobody']) {
    expect((await reset({ ...body, email })).status).toBe(422);
  }
  for (const { email } of [a, b]) expect((await signIn(stack(), email)).status).toBe(201);
  expect((await reset(body)).status).toBe(204);
});

test('422 C31: a code to move a device resets no password', async () => {
  const { email } = (await boundUser(stack(), admin)).who;
  const other = await mailedCode(stack(), 'session-create', email);
  expect(await reset({ email, ...other })).toMatchObject(refused);
});

test('429 C41: an account sees a hundred wrong codes a day, from however many addresses', async () => {
  const { email } = await unprovenUser(stack(), admin);
  enterWindow(stack(), daySeconds);
  const { code } = await mailTo(email);
  const wrong = otherCode(code);
  for (let flows = 0; flows < 20; flows += 1) {
    const { flow } = (await askCode(stack(), 'password-reset', email)).json;
    const from = `127.0.1.${flows + 1}`;
    await Promise.all(Array.from({ length: 5 }, () => reset({ email, flow, code: wrong }, { from })));
  }
  const { flow } = (await askCode(stack(), 'password-reset', email)).json;
  const answer = await reset({ email, flow, code });
  expect(answer).toMatchObject({ status: 429, json: { code: 'rate_limited' } });
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect((await signIn(stack(), email)).status).toBe(201);

  stack().clock.offsetSeconds += daySeconds;
  expect((await reset(await mailTo(email))).status).toBe(204);
});

test('204: answers that the store lost are one reset', { tags: 'engine' }, async () => {
  const { email } = await unprovenUser(stack(), admin);
  const body = await mailTo(email);
  stack().faults([
    { kind: 'lost', function: 'password-reset', action: 'TransactWriteItems' },
    { kind: 'lost', function: 'password-reset', action: 'UpdateItem' },
    { kind: 'lost', function: 'password-reset', service: 'kms' },
  ]);
  expect((await reset(body)).status).toBe(204);
  expect((await signIn(stack(), email, next)).status).toBe(201);
  const subjects = await subjectsTo(stack(), email);
  expect(subjects.filter((subject) => subject.includes('password'))).toHaveLength(1);
});

test.each(['dynamodb', 'kms'] as const)('503 R2.9: while %s is down, nothing changes', async (service) => {
  const { email } = await unprovenUser(stack(), admin);
  const body = await mailTo(email);
  stack().faults([{ kind: 'error', service, times: 99 }]);
  expect((await reset(body)).status).toBe(503);
  stack().faults([]);
  expect((await signIn(stack(), email)).status).toBe(201);
  expect((await reset(body)).status).toBe(204);
});

test('204 C34: sessions end even where the same password is set again', async () => {
  const who = await unprovenUser(stack(), admin);
  expect((await reset({ ...(await mailTo(who.email)), password })).status).toBe(204);
  expect(await isSignedIn(stack(), who.session.token)).toBe(false);
});
