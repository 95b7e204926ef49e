import { describe, expect, test } from 'vitest';
import { showTime } from '#shared/show-time.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { readEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { deviceUser, asUser } from '../harness/invites/inviting.ts';
import { changeKey, chatgptKey, claudeKey, deleteKey, keyRows, putKey } from '../harness/relay/keys.ts';
import { firstAdmin, mailedGuest, openInvite, password, register } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { meanwhile } from '../harness/stack/meanwhile.ts';
import { servicesWith } from '../harness/relay/provider-server.ts';
import { useStack } from '../harness/stack/stack.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();

const guest = () => mailedGuest(stack(), admin);
async function withKey(): Promise<SignedIn> {
  const who = await guest();
  await putKey(stack(), who);
  return who;
}
const remind = async () => {
  await stack().invoke('key-remind', readEvent('key-remind'));
  await stack().settle();
};
/** The reminders that a user got. Scheduled runs also start when the clock jumps, and their reminders are included. */
const reminders = ({ user }: SignedIn) =>
  stack()
    .mails(user.email!)
    .filter(({ text }) => text.includes('/keys'));
const at = async (days: number) => {
  stack().clock.offsetSeconds = days * daySeconds;
  await remind();
};
/** How many owners were reminded according to the log, from line `line` on. */
const toldSince = (line: number) =>
  stack()
    .logs()
    .slice(line)
    .filter(({ text }) => text.includes('key.reminded'))
    .reduce((sum, { text }) => sum + (JSON.parse(text) as { count: number }).count, 0);
const isDue = async (who: SignedIn) => (await keyRows(stack(), who))['claude']?.['reminder'] !== undefined;

test('R1.2: three days before a key expires its owner is told, once', async () => {
  const who = await withKey();
  const lines = stack().logs().length;
  const { json } = await putKey(stack(), who);
  await at(26.9);
  expect(reminders(who)).toEqual([]);
  await at(27.01);
  const [mail, ...others] = reminders(who);
  expect(others).toEqual([]);
  const expiry = showTime(Date.parse(json.expiresAt), 'en', 'UTC');
  expect(mail).toMatchObject({ subject: 'Your Claude API key at Latchkey expires soon' });
  expect(mail!.text).toContain(`expires on ${expiry}`);
  expect(mail!.text).toContain(`${stack().app}/keys`);
  expect(mail!.html).toContain('>Open my API keys<');
  expect(mail!.text).not.toContain(json.last4);
  for (const day of [27.1, 28, 29.9, 31, 200]) await at(day);
  expect(reminders(who)).toHaveLength(1);
  expect(await isDue(who)).toBe(false);
  expect(toldSince(lines)).toBe(1);
});

test('R1.2: by itself, every hour of the clock', async () => {
  const who = await withKey();
  stack().clock.offsetSeconds = 27.1 * daySeconds;
  await stack().settle();
  expect(reminders(who)).toHaveLength(1);
});

test('R1.2: after a renewal, or with a new key, again', async () => {
  const who = await withKey();
  await at(28);
  await changeKey(stack(), who, { renew: true });
  await at(28 + 26.9);
  expect(reminders(who)).toHaveLength(1);
  await at(28 + 27.1);
  expect(reminders(who)).toHaveLength(2);
  await putKey(stack(), who);
  await at(28 + 27.1 + 27.1);
  expect(reminders(who)).toHaveLength(3);
});

test('R1.2: of a key that was renewed in time nobody is told', async () => {
  const who = await withKey();
  await at(20);
  await changeKey(stack(), who, { renew: true });
  await at(28);
  expect(reminders(who)).toEqual([]);
  expect(await isDue(who)).toBe(true);
});

/** Runs `act` after a reminder run has read the keys and before it writes the mails that it owes. */
async function whileReminding(act: () => Promise<unknown>): Promise<void> {
  const { promise: acted, resolve: goOn } = Promise.withResolvers<undefined>();
  let isHeld = false;
  stack().hold((call) => {
    if (call.function !== 'key-remind' || call.action !== 'TransactWriteItems')
      return Promise.resolve(undefined);
    isHeld = true;
    return acted;
  });
  const running = at(28);
  await expect.poll(() => isHeld).toBe(true);
  await act();
  goOn(undefined);
  await running;
}

test('R1.2: of a key that is renewed while reminders are written nobody is told, and its new term has its own', async () => {
  const who = await withKey();
  await whileReminding(() => changeKey(stack(), who, { renew: true }));
  expect(reminders(who)).toEqual([]);
  expect(await isDue(who)).toBe(true);
});

test('R1.2: of a key that is switched off or deleted while reminders are written nobody is told', async () => {
  const [off, deleted] = [await withKey(), await withKey()];
  const lines = stack().logs().length;
  await whileReminding(() =>
    Promise.all([changeKey(stack(), off, { active: false }), deleteKey(stack(), deleted)]),
  );
  expect([off, deleted].flatMap(reminders)).toEqual([]);
  expect(toldSince(lines)).toBe(0);
  expect(await keyRows(stack(), deleted)).toEqual({});
});

test('R1.2: whoever is told while they change their key is not told again', async () => {
  const who = await withKey();
  const changing = { function: 'key-update', action: 'TransactWriteItems' };
  const switchOn = () => changeKey(stack(), who, { active: true });
  expect((await meanwhile(stack(), changing, switchOn, () => at(28))).status).toBe(200);
  await remind();
  expect(reminders(who)).toHaveLength(1);
});

test('R1.2: nobody is told of a key that is off or deleted', async () => {
  const [off, deleted] = [await withKey(), await withKey()];
  await changeKey(stack(), off, { active: false });
  await deleteKey(stack(), deleted);
  await at(28);
  expect([off, deleted].flatMap(reminders)).toEqual([]);
  // Once switched on again, the key will expire, and its owner was not yet told.
  await changeKey(stack(), off, { active: true });
  await remind();
  expect(reminders(off)).toHaveLength(1);
  await changeKey(stack(), off, { active: false });
  await changeKey(stack(), off, { active: true });
  await remind();
  expect(reminders(off)).toHaveLength(1);
});

test('R1.2: each key for itself, in its owner’s language', async () => {
  const who = await withKey();
  await putKey(stack(), who, { key: chatgptKey() }, 'chatgpt');
  const { token } = who.session;
  await send(stack(), 'PATCH', '/v1/me', { token, json: { locale: 'ja' } });
  await at(28);
  const subjects = reminders(who).map(({ subject }) => subject);
  expect(subjects.toSorted()).toEqual(
    ['ChatGPT', 'Claude'].map((title) => `Latchkey に登録した${title}のAPIキーの有効期限が近づいています`),
  );
});

test('no mailbox, nobody who may sign in, no such service: no mail, and it is off the list', async () => {
  const [device, disabled, served] = [await deviceUser(stack(), admin), await withKey(), await guest()];
  const path = '/v1/keys/claude';
  const sent = { json: { key: claudeKey() }, ...(await asUser(stack(), device, 'PUT', path)) };
  expect((await send(stack(), 'PUT', path, sent)).status).toBe(200);
  const json = { disabled: true };
  await send(stack(), 'PATCH', `/v1/admin/users/${disabled.user.id}`, { json, token: admin.session.token });
  stack().deploy(servicesWith({ own: { baseUrl: 'https://own.example.com' } }));
  await putKey(stack(), served, undefined, 'own');
  stack().deploy({});
  const due = async () => {
    const rows = await Promise.all([device, disabled, served].map((who) => keyRows(stack(), who)));
    return rows.flatMap((row) => Object.values(row)).map((row) => row['reminder'] !== undefined);
  };
  expect(await due()).toEqual([true, true, true]);
  const lines = stack().logs().length;
  await at(28);
  expect([disabled, served].flatMap(reminders)).toEqual([]);
  expect(await due()).toEqual([false, false, false]);
  expect(toldSince(lines)).toBe(0);
});

test('a key that has expired meanwhile says so itself', async () => {
  const who = await withKey();
  stack().faults([{ kind: 'error', function: 'key-remind', times: 999 }]);
  stack().clock.offsetSeconds = 31 * daySeconds;
  await stack()
    .settle()
    .catch(() => undefined);
  stack().faults([]);
  await remind();
  expect(reminders(who)).toEqual([]);
  expect(await isDue(who)).toBe(false);
});

describe('C63: when a run is repeated, nobody is told twice', () => {
  const faulty = { function: 'key-remind', action: 'TransactWriteItems' };

  test.each(['lost', 'conflict', 'throttle'] as const)('after %s', async (kind) => {
    const who = await withKey();
    stack().faults([{ ...faulty, kind }]);
    await at(28);
    await remind();
    expect(reminders(who)).toHaveLength(1);
  });

  test('after it has died, and of several keys with each other', async () => {
    const people = [await withKey(), await withKey(), await withKey()];
    // The scheduled run meets the same fault.
    stack().faults([{ ...faulty, kind: 'error', times: 3 }]);
    stack().clock.offsetSeconds = 28 * daySeconds;
    await stack()
      .settle()
      .catch(() => undefined);
    stack().faults([]);
    await Promise.all([remind(), remind(), remind()]);
    for (const who of people) expect(reminders(who)).toHaveLength(1);
  });

  test('one that cannot be decided does not hold up the others', async () => {
    const people = [await withKey(), await withKey()];
    const faulty = { kind: 'error', function: 'key-remind', action: 'GetItem' } as const;
    // Fails for the owner who is read first, in each of the three runs that Lambda tries. The fourth read is of the other owner.
    stack().faults([
      { ...faulty, times: 3 },
      { ...faulty, nth: 5, times: 6 },
    ]);
    stack().clock.offsetSeconds = 28 * daySeconds;
    await stack().settle();
    expect(people.flatMap(reminders)).toHaveLength(1);
    await remind();
    for (const who of people) expect(reminders(who)).toHaveLength(1);
  });
});

test('whoever is gone is not told', async () => {
  const who = await withKey();
  const { token } = who.session;
  await send(stack(), 'DELETE', '/v1/me', { token, json: { password } });
  await at(28);
  expect(reminders(who)).toEqual([]);
});

describe('in copy-link mode', () => {
  const copyLink = useStack('copyLink');

  test('no mail is owed, and the reminder is off the list', async () => {
    const boss = await firstAdmin(copyLink());
    const who = await register(copyLink(), await openInvite(copyLink(), boss));
    const path = `/v1/admin/users/${who.user.id}`;
    await send(copyLink(), 'PATCH', path, { token: boss.session.token, json: { emailVerified: true } });
    expect((await putKey(copyLink(), who)).status).toBe(200);
    copyLink().clock.offsetSeconds = 28 * daySeconds;
    await copyLink().invoke('key-remind', readEvent('key-remind'));
    await copyLink().settle();
    const { keys, mails } = await copyLink().dumpTables();
    expect(JSON.stringify(keys)).not.toContain('"due"');
    expect(mails).toEqual([]);
  });
});
