/** @module-tag engine */
import { beforeEach, expect, test } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import { mailedCode } from '../harness/people/codes.ts';
import { send, type Answered } from '../harness/http/http.ts';
import { adminCount, changeUser, readUser } from '../harness/people/managing.ts';
import {
  bootstrap,
  firstAdmin,
  invite,
  mailedToken,
  openInvite,
  password,
  register,
  secondAdmin,
  somebody,
  type SignedIn,
} from '../harness/people/people.ts';
import { gather, overtake } from '../harness/stack/meanwhile.ts';
import { useStack } from '../harness/stack/stack.ts';

/** Each test has a deployment with the first administrator and a second one who has not proven the mailbox. */
const stack = useStack();
let admin: SignedIn;
let unproven: SignedIn;
beforeEach(async () => {
  await stack().reset();
  admin = await firstAdmin(stack());
  unproven = await newcomer({ role: 'admin' });
});

const newcomer = async (wish: object) => register(stack(), await openInvite(stack(), admin, wish));
const leave = ({ session: { token } }: SignedIn) =>
  send<Problem>(stack(), 'DELETE', '/v1/me', { token, json: { password } });
const change = (by: SignedIn, { user }: SignedIn, json: object) => changeUser(stack(), by, user.id, json);
const administers = async (who: SignedIn) => (await readUser(stack(), who, who.user.id)).status === 200;
const codesOf = (answers: Answered<Problem>[]) =>
  answers.map(({ status, json }) => (status < 300 ? 'done' : json.code)).toSorted();

const verify = async ({ user, session: { token } }: SignedIn) => {
  const json = await mailedCode(stack(), 'email-verify', user.email!, { token });
  return () => send<Problem>(stack(), 'POST', '/v1/email/verify', { token, json });
};
const reset = async ({ user: { email } }: SignedIn) => {
  const json = { email, password, ...(await mailedCode(stack(), 'password-reset', email!)) };
  return () => send<Problem>(stack(), 'POST', '/v1/password/reset', { json });
};
const move = async ({ session: { token } }: SignedIn) => {
  const { email } = somebody('moved');
  const json = { email, ...(await mailedCode(stack(), 'email-update', email, { token })) };
  return () => send<Problem>(stack(), 'PUT', '/v1/me/email', { token, json });
};
const vouch = async (who: SignedIn) => () => change(admin, who, { emailVerified: true });

test.each([
  [{ role: 'general' }, { role: 'general' }],
  [{ disabled: true }, { role: 'general' }],
])(
  'C67 C94: two shut each other out by %j and %j: one stays, whoever else has the role',
  async (...wishes) => {
    const second = await secondAdmin(stack(), admin);
    await newcomer({ role: 'admin' });
    gather(stack(), { function: 'admin-user-update', action: 'TransactWriteItems', table: 'users' }, 2);
    const answers = await Promise.all([change(admin, second, wishes[0]), change(second, admin, wishes[1])]);
    expect(codesOf(answers)).toEqual(['done', 'last_admin']);
    expect(await administers(answers[0].status === 200 ? admin : second)).toBe(true);
    expect(await adminCount(stack())).toBe(1);
    await expect(bootstrap(stack())).resolves.toBeUndefined();
  },
);

test('409 C67 C94: the last one who may administer stays while others only have the role', async () => {
  for (const json of [{ role: 'general' }, { disabled: true }])
    expect(await change(admin, admin, json)).toMatchObject({ status: 409, json: { code: 'last_admin' } });
  expect(await leave(admin)).toMatchObject({ status: 409, json: { code: 'last_admin' } });
  expect(await administers(admin)).toBe(true);
});

test('204 200 C94: who only has the role leaves, is demoted and disabled, and counts for nothing', async () => {
  for (const json of [{ role: 'general' }, { role: 'admin' }, { disabled: true }, { disabled: false }]) {
    expect((await change(admin, unproven, json)).status).toBe(200);
    expect(await adminCount(stack())).toBe(1);
  }
  expect((await leave(await newcomer({ role: 'admin' }))).status).toBe(204);
  expect(await adminCount(stack())).toBe(1);
});

test.each([verify, reset, move, vouch])(
  '204 C67 C94: who proves the mailbox counts from then on, and the other may leave: %o',
  async (way) => {
    const prove = await way(unproven);
    expect((await prove()).status).toBeLessThan(300);
    expect(await adminCount(stack())).toBe(2);
    expect((await leave(admin)).status).toBe(204);
    const json = { login: unproven.user.username, password, transport: 'token' };
    const { json: signedIn } = await send<SignedIn>(stack(), 'POST', '/v1/sessions', { json });
    expect(await administers(signedIn)).toBe(true);
    expect(await leave(signedIn)).toMatchObject({ status: 409, json: { code: 'last_admin' } });
  },
);

test('200 C94: the mailbox is proven in all ways at once, and counts once', async () => {
  const [verifies, resets] = [await verify(unproven), await reset(unproven)];
  const others = () => Promise.all([resets(), change(admin, unproven, { emailVerified: true })]);
  const [, [answer]] = await overtake(stack(), 'email-verify', verifies, others);
  // The reset ended the session of the verification, so only the answer to the reset is checked.
  expect(answer.status).toBe(204);
  expect(await adminCount(stack())).toBe(2);
  expect((await reset(unproven).then((again) => again())).status).toBe(204);
  expect(await adminCount(stack())).toBe(2);
});

test.each([
  [verify, 'email-verify'],
  [reset, 'password-reset'],
] as const)('200 C94: promoted while the proof is under way, one counts: %o', async (way, name) => {
  const member = await newcomer({});
  const prove = await way(member);
  const promote = () => change(admin, member, { role: 'admin' });
  expect(codesOf(await overtake(stack(), name, prove, promote))).toEqual(['done', 'done']);
  expect(await adminCount(stack())).toBe(2);
});

test('C94: demoted or gone while the proof is under way, one does not count', async () => {
  const prove = await verify(unproven);
  const demote = () => change(admin, unproven, { role: 'general' });
  await overtake(stack(), 'admin-user-update', demote, prove);
  expect((await readUser(stack(), admin, unproven.user.id)).json.role).toBe('general');
  expect(await adminCount(stack())).toBe(1);

  const other = await newcomer({ role: 'admin' });
  const proves = await verify(other);
  const [left] = await overtake(stack(), 'me-delete', () => leave(other), proves);
  // The count is right in either order. A deletion that meets the proof answers 409 and is repeated.
  expect(['done', 'conflict']).toContain(codesOf([left])[0]);
  expect(await adminCount(stack())).toBe(left.status === 204 ? 1 : 2);
  if (left.status !== 204) expect((await leave(other)).status).toBe(204);
  expect(await adminCount(stack())).toBe(1);
});

test('201 C68 C94: whoever loses an address that they never proved was not counted', async () => {
  const { email } = unproven.user;
  await invite(stack(), admin, { emails: [email], role: 'admin' });
  const owner = await register(stack(), await mailedToken(stack(), email!), { ...somebody(), email });
  expect(owner.user.emailVerified).toBe(true);
  expect(await adminCount(stack())).toBe(2);
  expect((await leave(unproven)).status).toBe(204);
  expect(await adminCount(stack())).toBe(2);
  // The first administrator may administer without a proof, and counts even without an address.
  await invite(stack(), owner, { emails: [admin.user.email] });
  const token = await mailedToken(stack(), admin.user.email!);
  await register(stack(), token, { ...somebody(), email: admin.user.email });
  expect(await administers(admin)).toBe(true);
  expect(await adminCount(stack())).toBe(2);
});
