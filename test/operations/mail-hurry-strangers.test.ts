/** @module-tag engine */
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { inBatches } from '#shared/batches.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { askCode, codesOf } from '../harness/people/codes.ts';
import { unprovenUser } from '../harness/people/accounts.ts';
import { send } from '../harness/http/http.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { outbox, waitSeconds } from '../harness/stack/outbox.ts';
import { mailedGuest, password, somebody } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { daySeconds, enterWindow } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin('plain', { fresh: true });

/** The share of strangers' mails in a window of twenty seconds, at one mail a second. */
const share = 5;

const asksFor = ({ session: { token } }: SignedIn, email: string) =>
  askCode(stack(), 'email-update', email, { token });
/** Codes for `users` users without a proven mailbox. Each user asks for codes to ten addresses of others. */
async function flood(users: number): Promise<string[]> {
  const asked: string[] = [];
  for (let turn = 0; turn < users; turn += 1) {
    const one = await unprovenUser(stack(), admin);
    const emails = Array.from({ length: 10 }, () => somebody('victim').email);
    for (const email of emails) expect((await asksFor(one, email)).status).toBe(202);
    asked.push(...emails);
  }
  return asked;
}
/** Advances the clock by a second now and with each sent mail, because all mails wait for their turn, until all are done. */
async function settleInTime(): Promise<void> {
  const pass = () => stack().clock.standAt(stack().clock.now() + 1_000);
  pass();
  stack().hold(async ({ service }) => void (service === 'ses' && pass()));
  await stack().settle();
  stack().hold(undefined);
}
const arrived = (emails: readonly string[]) => emails.filter((email) => stack().mails(email).length > 0);

test('C98: four users without a proven mailbox ask for forty mails; a proven user’s mail waits for five at most', async () => {
  const proven = await mailedGuest(stack(), admin);
  const { email } = proven.user as { email: string };
  stack().deploy({ mailsPerSecond: 1 });
  enterWindow(stack(), 20);
  const asked = await flood(4);
  const json = { currentPassword: password, password: 'an entirely new secret' };
  await send(stack(), 'PUT', '/v1/me/password', { json, token: proven.session.token });
  await settleInTime();
  expect(stack().mails(email).at(-1)!.subject).toContain('password');
  const before = stack()
    .mails()
    .slice(
      0,
      stack()
        .mails()
        .findLastIndex(({ to }) => to === email),
    );
  expect(before.filter(({ to }) => asked.includes(to)).length).toBeLessThanOrEqual(share);
  expect(arrived(asked).length).toBeLessThan(asked.length / 2);
  const [waiting] = await outbox(
    stack(),
    asked.find((one) => !arrived(asked).includes(one))!,
  );
  expect(waiting, 'not tried, and not lost').toMatchObject({ owed: true, attempts: 0 });
});

test('C98: notices that somebody makes by the dozen hold nobody’s mail up, and none is lost', async () => {
  const [busy, other] = [await mailedGuest(stack(), admin), await mailedGuest(stack(), admin)];
  const changePassword = async ({ session: { token } }: SignedIn, from: string, to: string) => {
    const json = { currentPassword: from, password: to };
    expect((await send(stack(), 'PUT', '/v1/me/password', { json, token })).status).toBe(204);
  };
  const noticesTo = ({ user }: SignedIn) =>
    stack()
      .mails(user.email!)
      .filter(({ subject }) => subject.includes('password'));
  enterWindow(stack(), 3_600);
  stack().deploy({ mailsPerSecond: 1 });
  const secrets = [password, ...Array.from({ length: 20 }, (_, turn) => `an entirely new secret ${turn}`)];
  for (const [turn, next] of secrets.slice(1).entries()) await changePassword(busy, secrets[turn]!, next);
  await changePassword(other, password, 'an entirely new secret');
  await settleInTime();
  expect(noticesTo(other)).toHaveLength(1);
  expect(noticesTo(busy).length).toBeLessThanOrEqual(10 + share);
  stack().deploy({});
  await waitSeconds(stack(), 61);
  await waitSeconds(stack(), 61);
  expect(noticesTo(busy), 'sent by and by').toHaveLength(20);
});

test('C98: what had to wait is sent by and by', async () => {
  stack().deploy({ mailsPerSecond: 1 });
  enterWindow(stack(), 20);
  const asked = await flood(1);
  await settleInTime();
  expect(arrived(asked).length).toBeLessThan(10);
  stack().deploy({});
  await waitSeconds(stack(), 61);
  await waitSeconds(stack(), 61);
  expect(arrived(asked)).toHaveLength(10);
});

test('C98: the second try of a proven user’s mail does not wait behind what strangers have piled up', async () => {
  const proven = await mailedGuest(stack(), admin);
  const { email } = somebody('moved');
  stack().deploy({ mailsPerSecond: 1 });
  enterWindow(stack(), 20);
  await flood(1);
  await settleInTime();
  // Adds as many waiting mails as one sweep takes.
  const { config, documents } = insiderOf(stack());
  const TableName = config.table('mails');
  const { Items = [] } = await documents.send(new ScanCommand({ TableName, ConsistentRead: true }));
  const waiting = Items.find(({ queue }) => queue !== undefined)!;
  await inBatches(
    Array.from({ length: 100 }, (_, n) => ({ ...waiting, id: `pile${n}` })),
    20,
    (Item) => documents.send(new PutCommand({ TableName, Item })),
  );
  await stack().settle();
  stack().deploy({});
  stack().faults([{ kind: 'error', service: 'ses', action: 'SendEmail', times: 1 }]);
  expect((await asksFor(proven, email)).status).toBe(202);
  await stack().settle();
  stack().faults([]);
  expect(stack().mails(email)).toEqual([]);
  await waitSeconds(stack(), 61);
  expect(stack().mails(email)).toHaveLength(1);
});

test('C98: ten mails by strangers to an address leave their own to its account, and to proven users', async () => {
  const { email } = somebody('wanted');
  for (let turn = 0; turn < 12; turn += 1) await asksFor(await unprovenUser(stack(), admin), email);
  expect(await codesOf(stack(), email)).toHaveLength(10);
  await asksFor(await mailedGuest(stack(), admin), email);
  expect(await codesOf(stack(), email), 'a proven user’s').toHaveLength(11);
  const owner = await unprovenUser(stack(), admin, { email });
  expect((await askCode(stack(), 'email-verify', email, { token: owner.session.token })).status).toBe(202);
  expect(await codesOf(stack(), email), 'the account’s own').toHaveLength(12);
});

test('C98: codes that strangers ask for at an address that is spelled like a budget use up nobody’s mails', async () => {
  const { email } = somebody('wanted');
  enterWindow(stack(), daySeconds);
  stack().clock.go();
  for (let turn = 0; turn < 10; turn += 1) {
    expect((await askCode(stack(), 'password-reset', `to#proven#${email}`)).status).toBe(202);
    await stack().settle();
    stack().clock.offsetSeconds += 31 * 60;
  }
  expect((await asksFor(await mailedGuest(stack(), admin), email)).status).toBe(202);
  expect(await codesOf(stack(), email)).toHaveLength(1);
});

test('C98: who deletes the account and registers again with a stranger’s address causes it no more mails', async () => {
  const { email } = somebody('wanted');
  for (let turn = 0; turn < 12; turn += 1) {
    const who = await unprovenUser(stack(), admin, { email });
    const { token } = who.session;
    expect((await askCode(stack(), 'email-verify', email, { token })).status).toBe(202);
    await stack().settle();
    expect((await send(stack(), 'DELETE', '/v1/me', { token, json: { password } })).status).toBe(204);
  }
  expect(await codesOf(stack(), email)).toHaveLength(10);
});
