import { describe, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { auditOf } from '../harness/invites/inviting.ts';
import {
  changeKey,
  chatgptKey,
  deleteKey,
  keyRows,
  keysOf,
  putKey,
  type ShownKey,
} from '../harness/relay/keys.ts';
import { mailedGuest, type SignedIn } from '../harness/people/people.ts';
import { meanwhile, overtake } from '../harness/stack/meanwhile.ts';
import { numberOf, textOf } from '../harness/stack/rows.ts';
import { daySeconds } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();

/** A user with a key, and the key as the API answered it. */
async function withKey(): Promise<{ who: SignedIn; key: ShownKey }> {
  const who = await mailedGuest(stack(), admin);
  return { who, key: (await putKey(stack(), who)).json };
}
const later = (time: string, days: number): number => Date.parse(time) + days * daySeconds * 1_000;
/** The attributes of the row that concern its reminder. */
const reminder = async (who: SignedIn) => {
  const { claude } = await keyRows(stack(), who);
  return {
    due: textOf(claude!, 'reminder') === 'due',
    at: claude!['remindAt'] && numberOf(claude!, 'remindAt'),
  };
};

test('200 R1.2: renews a key for another 30 days from now on, without its being typed again', async () => {
  const { who, key } = await withKey();
  const before = (await keyRows(stack(), who))['claude']!;
  stack().clock.offsetSeconds = 12 * daySeconds;
  const { status, json } = await sendEvent<ShownKey>(stack(), 'key-update', { token: who.session.token });
  expect(status).toBe(200);
  expect(json).toEqual({ ...key, expiresAt: json.expiresAt });
  expect(Date.parse(json.expiresAt)).toBeGreaterThanOrEqual(later(key.expiresAt, 12));
  expect(await keysOf(stack(), who)).toEqual([json]);
  const after = (await keyRows(stack(), who))['claude']!;
  expect(after['ciphertext']).toEqual(before['ciphertext']);
  expect(numberOf(after, 'ttl')).toBeGreaterThanOrEqual(numberOf(before, 'ttl') + 12 * daySeconds);
  expect(await reminder(who)).toEqual({ due: true, at: Date.parse(json.expiresAt) - 3 * daySeconds * 1_000 });
  expect(await auditOf(stack(), who.user.id)).toEqual(
    ['key.put', 'key.update'].map((action) => `${action} by ${who.user.id}`),
  );
});

test('200 R1.2: also after it has expired; 422 when it is gone', async () => {
  const { who } = await withKey();
  stack().clock.offsetSeconds = 119 * daySeconds;
  const { json } = await changeKey(stack(), who, { renew: true });
  expect(json).toMatchObject({ state: 'active' });
  stack().clock.offsetSeconds = (149 + 91) * daySeconds;
  expect((await changeKey(stack(), who, { renew: true })).json.code).toBe('key_missing');
});

test('200 R1.2 R1.3: switches a key off and on again, and nothing else', async () => {
  const { who, key } = await withKey();
  const off = await changeKey(stack(), who, { active: false });
  expect(off).toMatchObject({ status: 200, json: { ...key, active: false, state: 'inactive' } });
  const { due, at } = await reminder(who);
  expect({ due, at: Number(at) > 0 }).toEqual({ due: false, at: true });
  expect((await changeKey(stack(), who, { active: false })).json).toEqual(off.json);
  expect((await changeKey(stack(), who, { active: true })).json).toEqual(key);
  expect(await reminder(who)).toEqual({ due: true, at });
});

test('200: a key that is off is renewed and stays off; both at once', { tags: 'engine' }, async () => {
  const { who } = await withKey();
  await changeKey(stack(), who, { active: false });
  stack().clock.offsetSeconds = 40 * daySeconds;
  expect((await changeKey(stack(), who, { renew: true })).json).toMatchObject({ state: 'inactive' });
  expect((await reminder(who)).due).toBe(false);
  const { json } = await changeKey(stack(), who, { active: true, renew: true });
  expect(json).toMatchObject({ active: true, state: 'active' });
  expect((await reminder(who)).due).toBe(true);
});

test('200: renewed under a shorter setting, a key is not announced any more', async () => {
  const { who } = await withKey();
  stack().deploy({ keyDays: 2 });
  await changeKey(stack(), who, { renew: true });
  expect(await reminder(who)).toEqual({ due: false, at: undefined });
});

test('422 R1.4: no key, with the words of the document', async () => {
  const { who } = await withKey();
  await deleteKey(stack(), who);
  for (const service of ['claude', 'chatgpt']) {
    const { status, json } = await changeKey(stack(), who, { active: true }, service);
    expect({ status, code: json.code }).toEqual({ status: 422, code: 'key_missing' });
  }
  const { json } = await sendEvent<ShownKey & { title: string; detail: string }>(stack(), 'key-update', {
    token: who.session.token,
  });
  expect(json).toMatchObject({
    title: 'APIキーが登録されていません',
    detail: expect.stringContaining('Claude') as string,
  });
  expect(await keyRows(stack(), who)).toEqual({});
});

test.each([{}, { renew: false }, { active: 'yes' }, { active: null }, { key: 'x' }])(
  '422: %j changes nothing',
  async (json) => {
    const { who, key } = await withKey();
    expect((await changeKey(stack(), who, json)).json.code).toBe('invalid');
    expect(await keysOf(stack(), who)).toEqual([key]);
  },
);

test('404, 401: no such service; nobody', async () => {
  const { who } = await withKey();
  for (const service of ['mistral', 'constructor'])
    expect((await changeKey(stack(), who, { renew: true }, service)).json.code).toBe('not_found');
  const nobody = { session: { ...who.session, token: 'x' } };
  expect((await changeKey(stack(), nobody, { renew: true })).status).toBe(401);
});

describe('C63: the store', () => {
  const faulty = { function: 'key-update', action: 'TransactWriteItems' };

  test('fails: nothing is changed', async () => {
    const { who, key } = await withKey();
    stack().faults([{ ...faulty, kind: 'error', times: 3 }]);
    expect((await changeKey(stack(), who, { active: false })).status).toBe(503);
    expect(await keysOf(stack(), who)).toEqual([key]);
  });

  test.each(['lost', 'conflict'] as const)('%s: it is changed and written down once', async (kind) => {
    const { who } = await withKey();
    stack().faults([{ ...faulty, kind }]);
    expect((await changeKey(stack(), who, { active: false })).json).toMatchObject({ state: 'inactive' });
    expect(await auditOf(stack(), who.user.id)).toHaveLength(2);
  });

  test(
    'many changes at once: each is done or told to come again, and the row is whole',
    { tags: 'engine' },
    async () => {
      const { who } = await withKey();
      const wishes = [{ active: false }, { renew: true }, { active: true }, { active: false, renew: true }];
      const answers = await Promise.all(wishes.map((json) => changeKey(stack(), who, json)));
      for (const { status } of answers) expect([200, 503]).toContain(status);
      const [key] = await keysOf(stack(), who);
      expect((await reminder(who)).due).toBe(key!.active);
    },
  );

  test('R1.2: a renewal in the same moment is not undone by a change that has read the key before', async () => {
    const { who } = await withKey();
    stack().clock.offsetSeconds = 5 * daySeconds;
    const { promise: renewed, resolve: goOn } = Promise.withResolvers<undefined>();
    let isHeld = false;
    stack().hold((call) => {
      if (isHeld || call.function !== 'key-update' || call.action !== faulty.action)
        return Promise.resolve(undefined);
      isHeld = true;
      return renewed;
    });
    const slow = changeKey(stack(), who, { active: true });
    await expect.poll(() => isHeld).toBe(true);
    const { json } = await changeKey(stack(), who, { renew: true });
    goOn(undefined);
    expect((await slow).status).toBe(200);
    expect(await keysOf(stack(), who)).toMatchObject([{ expiresAt: json.expiresAt }]);
  });

  test('R1.3: a key without a reminder that is switched off in the moment of its renewal stays off', async () => {
    stack().deploy({ keyDays: 2 });
    const { who } = await withKey();
    const { json } = await meanwhile(
      stack(),
      faulty,
      () => changeKey(stack(), who, { renew: true }),
      () => changeKey(stack(), who, { active: false }),
    );
    expect(json).toMatchObject({ state: 'inactive' });
    expect(await keysOf(stack(), who)).toEqual([json]);
  });

  test('503: a change of a key that is changed each time meanwhile is not made, and is told to come again', async () => {
    const { who, key } = await withKey();
    stack().clock.offsetSeconds = 5 * daySeconds;
    let active = true;
    const answer = await meanwhile(
      stack(),
      { ...faulty, eachTime: true },
      () => changeKey(stack(), who, { renew: true }),
      () => changeKey(stack(), who, { active: (active = !active) }),
    );
    expect(answer).toMatchObject({ status: 503, json: { code: 'busy' } });
    // How often the key was switched meanwhile depends on the speed of the machine.
    expect(await keysOf(stack(), who)).toEqual([{ ...key, state: expect.any(String) as string }]);
  });

  test('a key that is replaced in the same moment is not changed into the old one', async () => {
    const { who } = await withKey();
    await putKey(stack(), who, { key: chatgptKey() }, 'chatgpt');
    stack().clock.offsetSeconds = 5;
    const change = () => changeKey(stack(), who, { active: false });
    const [changed, put] = await overtake(stack(), 'key-update', change, () => putKey(stack(), who));
    expect([changed.status, put.status]).toEqual([200, 200]);
    const claude = (await keysOf(stack(), who)).find(({ service }) => service === 'claude')!;
    expect(claude).toMatchObject({ last4: put.json.last4, createdAt: put.json.createdAt });
    expect(claude.expiresAt).toBe(put.json.expiresAt);
  });
});
