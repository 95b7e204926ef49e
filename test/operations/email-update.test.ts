import { beforeAll, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { claimOf, deedsOf, readMe, signIn, subjectsTo, unprovenUser } from '../harness/people/accounts.ts';
import type { ShownUser } from '../harness/people/accounts.ts';
import { mailedCode, otherCode } from '../harness/people/codes.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { readInvite, verifiedUser } from '../harness/invites/inviting.ts';
import { changeUser } from '../harness/people/managing.ts';
import { overtake } from '../harness/stack/meanwhile.ts';
import { invite, register, somebody, tokenOf, type SignedIn } from '../harness/people/people.ts';

const { stack, admin } = useAdmin();
let jiro: SignedIn;
let saburo: SignedIn;
beforeAll(async () => {
  jiro = await verifiedUser(stack(), admin);
  saburo = await unprovenUser(stack(), admin);
});

const update = ({ session: { token } }: SignedIn, json: object) =>
  send<ShownUser>(stack(), 'PUT', '/v1/me/email', { json, token });
const mailTo = async ({ session: { token } }: SignedIn, email = somebody('new').email) => ({
  email,
  ...(await mailedCode(stack(), 'email-update', email, { token })),
});
const subject = 'Your email address at Latchkey was changed';
const holder = async (email: string) => (await claimOf(stack(), email))?.userId;

test('200 R1.7: moves the account to the address that was proven, and tells both', async () => {
  const old = 'hanako@example.com';
  const hanako = await verifiedUser(stack(), admin, { ...somebody(), email: old });
  const body = await mailTo(hanako, 'hanako.yamada@example.com');
  const { status, json } = await sendEvent<ShownUser>(stack(), 'email-update', {
    token: hanako.session.token,
    body,
  });
  expect({ status, json }).toEqual({ status: 200, json: { ...hanako.user, email: body.email } });
  expect(await readMe(stack(), hanako)).toEqual(json);
  expect((await signIn(stack(), body.email)).status).toBe(201);
  expect((await signIn(stack(), old)).status).toBe(401);
  expect(await claimOf(stack(), old)).toBeUndefined();
  expect(await claimOf(stack(), body.email)).toEqual({ userId: hanako.user.id, verified: true });
  for (const email of [old, body.email])
    expect((await subjectsTo(stack(), email)).filter((one) => one === subject)).toHaveLength(1);
  expect(await deedsOf(stack(), hanako)).toContain('email.update done');
  // Another user can take the old address.
  expect((await unprovenUser(stack(), admin, { email: old })).user.email).toBe(old);
});

test('200: an old address that was never proven is told nothing', async () => {
  const who = await unprovenUser(stack(), admin);
  const body = await mailTo(who);
  expect((await update(who, body)).json).toMatchObject({ email: body.email, emailVerified: true });
  expect(await subjectsTo(stack(), who.email)).toEqual([]);
});

test('200 C68 R2.1: the owner of an address that was left unproven comes in by the same link', async () => {
  const [row] = await invite(stack(), admin, { maxUses: 3 });
  const token = tokenOf(row!.url);
  const who = somebody();
  const guest = await register(stack(), token, who);
  expect((await update(guest, await mailTo(guest))).status).toBe(200);
  const owner = await register(stack(), token, { ...somebody(), email: who.email });
  const { usedBy } = (await readInvite(stack(), admin, row!.id)).json;
  const emails = Object.fromEntries(usedBy.map(({ userId, email }) => [userId, email]));
  expect(emails).toEqual({ [guest.user.id]: null, [owner.user.id]: who.email });
});

test('200: the own address can be proven this way too', async () => {
  const who = await unprovenUser(stack(), admin);
  expect((await update(who, await mailTo(who, who.email))).json).toMatchObject({
    email: who.email,
    emailVerified: true,
  });
  expect(await claimOf(stack(), who.email)).toEqual({ userId: who.user.id, verified: true });
  expect((await update(who, await mailTo(who, who.email))).status).toBe(200);
});

test('200 C68: who has claimed the address without proof loses it', async () => {
  const squatter = await unprovenUser(stack(), admin);
  const owner = await unprovenUser(stack(), admin);
  expect((await update(owner, await mailTo(owner, squatter.email))).status).toBe(200);
  expect(await claimOf(stack(), squatter.email)).toEqual({ userId: owner.user.id, verified: true });
  expect(await readMe(stack(), squatter)).toMatchObject({ email: null, emailVerified: false });
  // A user without an address can prove a new one.
  expect((await update(squatter, await mailTo(squatter))).status).toBe(200);
});

test(
  '200 C43: of two changes at once to two addresses, one is made and nothing is left of the other',
  { tags: 'engine' },
  async () => {
    const who = await unprovenUser(stack(), admin);
    const [first, second] = [await mailTo(who), await mailTo(who)];
    const answers = await Promise.all([update(who, first), update(who, second)]);
    expect(answers.map(({ status }) => status)).toContain(200);
    const { email } = await readMe(stack(), who);
    const addresses = [who.email, first.email, second.email];
    const held = await Promise.all(addresses.map(holder));
    expect(addresses.filter((_, turn) => held[turn] === who.user.id)).toEqual([email]);
  },
);

test('200 C43: of two people who prove one address at once, one has it', { tags: 'engine' }, async () => {
  const { email } = somebody('shared');
  const [a, b] = [await unprovenUser(stack(), admin), await unprovenUser(stack(), admin)];
  const bodies = [await mailTo(a, email), await mailTo(b, email)];
  expect(bodies[0]!.code).not.toBe(bodies[1]!.code);
  const answers = await Promise.all([update(a, bodies[0]!), update(b, bodies[1]!)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422]);
  expect(answers.find(({ status }) => status === 422)!.json.code).toBe('email_taken');
  const winner = answers[0]!.status === 200 ? a : b;
  expect(await holder(email)).toBe(winner.user.id);
  const loser = winner === a ? b : a;
  expect((await readMe(stack(), loser)).email).toBe(loser.email);
});

test(
  '409 C34: a thief whose session is ended in that moment moves the account to no mailbox of theirs',
  { tags: 'engine' },
  async () => {
    const who = await verifiedUser(stack(), admin);
    const body = await mailTo(who);
    const [answer, ended] = await overtake(
      stack(),
      'email-update',
      () => update(who, body),
      () => changeUser(stack(), admin, who.user.id, { endSessions: true }),
    );
    expect(ended.status).toBe(200);
    expect(answer).toMatchObject({ status: 409, json: { code: 'conflict' } });
    expect(await claimOf(stack(), who.user.email!)).toEqual({ userId: who.user.id, verified: true });
    expect(await claimOf(stack(), body.email)).toBeUndefined();
    const owner = (await signIn(stack(), who.user.email!)).json;
    expect(await readMe(stack(), owner)).toEqual(who.user);
    expect(await subjectsTo(stack(), who.user.email!)).not.toContain(subject);
  },
);

test('422 C43 C42: a code is good for the address that it was mailed to, and for who asked', async () => {
  const victim = await verifiedUser(stack(), admin);
  const own = await mailTo(jiro);
  for (const [who, body] of [
    [jiro, { ...own, email: somebody().email }],
    [jiro, { ...own, email: victim.user.email }],
    [saburo, own],
    [jiro, { ...own, code: otherCode(own.code) }],
    [jiro, { ...own, code: '' }],
  ] as const) {
    expect((await update(who, body)).json.code).toBe('code_invalid');
  }
  expect(await readMe(stack(), jiro)).toEqual(jiro.user);
  expect(await holder(victim.user.email!)).toBe(victim.user.id);
});

test('422 C31: a code to verify or to reset changes no address', async () => {
  const { token } = saburo.session;
  const email = saburo.user.email!;
  for (const purpose of ['email-verify', 'password-reset'] as const) {
    const body = await mailedCode(stack(), purpose, email, { token });
    expect((await update(saburo, { email, ...body })).json.code).toBe('code_invalid');
  }
});

test('422: an address that somebody else has proven meanwhile is taken', async () => {
  const body = await mailTo(jiro);
  await verifiedUser(stack(), admin, { ...somebody(), email: body.email });
  const json = { code: 'email_taken', detail: 'Another account has it. Use another address.' };
  expect(await update(jiro, body)).toMatchObject({ status: 422, json });
  expect(await readMe(stack(), jiro)).toEqual(jiro.user);
});

test('200: an answer that the store lost is one change', { tags: 'engine' }, async () => {
  const who = await unprovenUser(stack(), admin);
  const body = await mailTo(who);
  stack().faults([{ kind: 'lost', function: 'email-update', action: 'TransactWriteItems' }]);
  expect((await update(who, body)).status).toBe(200);
  expect((await subjectsTo(stack(), body.email)).filter((one) => one === subject)).toHaveLength(1);
  expect((await update(who, body)).json.code).toBe('code_invalid');
});

test('503 R2.9: while the store is down, the code stays good', async () => {
  const who = await unprovenUser(stack(), admin);
  const body = await mailTo(who);
  stack().faults([{ kind: 'error', service: 'dynamodb', times: 99 }]);
  expect((await update(who, body)).status).toBe(503);
  stack().faults([]);
  expect((await update(who, body)).status).toBe(200);
});

test('401: asks for a session', async () => {
  const json = { flow: 'x', code: 'x', email: somebody().email };
  expect((await send(stack(), 'PUT', '/v1/me/email', { json })).status).toBe(401);
});
