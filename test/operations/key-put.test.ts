import { DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms';
import { beforeAll, describe, expect, test } from 'vitest';
import { fieldTexts } from '#shared/errors/field-texts.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { auditOf, deviceUser, asUser } from '../harness/invites/inviting.ts';
import { chatgptKey, claudeKey, keyRows, keysOf, putKey, type ShownKey } from '../harness/relay/keys.ts';
import { firstAdmin, mailedGuest, openInvite, password, register } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { servicesWith } from '../harness/relay/provider-server.ts';
import { meanwhile, overtake } from '../harness/stack/meanwhile.ts';
import { numberOf, textOf } from '../harness/stack/rows.ts';
import { useStack } from '../harness/stack/stack.ts';
import { daySeconds, enterWindow } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();
let owner: SignedIn;
beforeAll(async () => {
  owner = await mailedGuest(stack(), admin);
});
const guest = () => mailedGuest(stack(), admin);
const dayMs = daySeconds * 1_000;

test('200 R1.2 R5.6: keeps a key encrypted for 30 days, and shows its last four characters', async () => {
  const { status, json } = await sendEvent<ShownKey>(stack(), 'key-put', { token: owner.session.token });
  expect(status).toBe(200);
  const time = expect.stringMatching(/^\d{4}-.*Z$/) as string;
  expect(json).toEqual({
    service: 'claude',
    title: 'Claude',
    last4: 'klmn',
    active: true,
    state: 'active',
    createdAt: time,
    expiresAt: time,
    lastUsedAt: null,
  });
  expect(Date.parse(json.expiresAt) - Date.parse(json.createdAt)).toBe(30 * dayMs);
  const { claude } = await keyRows(stack(), owner);
  expect(Object.keys(claude!).toSorted()).toEqual(
    [
      'active',
      'ciphertext',
      'createdAt',
      'expiresAt',
      'last4',
      'remindAt',
      'reminder',
      'service',
      'ttl',
      'userId',
    ].toSorted(),
  );
  expect(numberOf(claude!, 'ttl') * 1_000 - Date.parse(json.expiresAt)).toBeGreaterThanOrEqual(90 * dayMs);
  expect(JSON.stringify(await stack().dumpTables())).not.toContain('sk-ant-sample');
  expect(await auditOf(stack(), owner.user.id)).toContain(`key.put by ${owner.user.id}`);
});

test('200 R1.2 R1.3: a second key of the service takes the first one’s place; each service and user has its own', async () => {
  const [who, other] = [await guest(), await guest()];
  await putKey(stack(), who);
  const first = (await keyRows(stack(), who))['claude']!;
  stack().clock.offsetSeconds = 10 * daySeconds;
  const key = claudeKey();
  const { json } = await putKey(stack(), who, { key });
  expect(json).toMatchObject({ last4: key.slice(-4), lastUsedAt: null, state: 'active' });
  await putKey(stack(), who, { key: chatgptKey() }, 'chatgpt');
  await putKey(stack(), other);
  expect((await keysOf(stack(), who)).map(({ service }) => service)).toEqual(['chatgpt', 'claude']);
  const { claude } = await keyRows(stack(), who);
  expect(numberOf(claude!, 'expiresAt') - numberOf(first, 'expiresAt')).toBeGreaterThanOrEqual(10 * dayMs);
  expect(claude!['ciphertext']).not.toEqual(first['ciphertext']);
});

test('200: a key that was held up for long does not take the place of one that its owner has kept since', async () => {
  const who = await guest();
  await putKey(stack(), who);
  // The first write finds that there is a key. The second write replaces it.
  const moment = { function: 'key-put', action: 'TransactWriteItems', nth: 2 };
  const newer = claudeKey();
  const keep = async () => {
    stack().clock.offsetSeconds += 60;
    expect((await putKey(stack(), who, { key: newer })).status).toBe(200);
  };
  expect((await meanwhile(stack(), moment, () => putKey(stack(), who), keep)).status).toBe(200);
  expect(await keysOf(stack(), who)).toMatchObject([{ last4: newer.slice(-4) }]);
});

test('200: the same key of two people has two ciphertexts', async () => {
  const [one, other, key] = [await guest(), await guest(), claudeKey()];
  for (const who of [one, other]) await putKey(stack(), who, { key });
  const rows = [await keyRows(stack(), one), await keyRows(stack(), other)];
  expect(rows[0]!['claude']!['ciphertext']).not.toEqual(rows[1]!['claude']!['ciphertext']);
});

test('200: how long keys are good for is a setting; keys of three days and less are not announced', async () => {
  const who = await guest();
  for (const [keyDays, remindsAfter] of [
    [10, 7],
    [4, 1],
    [3, undefined],
    [1, undefined],
  ] as const) {
    stack().deploy({ keyDays });
    const { json } = await putKey(stack(), who);
    const since = Date.parse(json.createdAt);
    expect(Date.parse(json.expiresAt) - since).toBe(keyDays * dayMs);
    const { claude } = await keyRows(stack(), who);
    const at = claude!['remindAt'] && (numberOf(claude!, 'remindAt') - since) / dayMs;
    expect({ at, reminder: textOf(claude!, 'reminder') }).toEqual({
      at: remindsAfter,
      reminder: remindsAfter ? 'due' : '',
    });
  }
});

test('200: of a key that is short by the deployment’s own rule no more than a quarter is shown', async () => {
  stack().deploy({ keyMinLength: 1, ...servicesWith({ own: { baseUrl: 'https://own.example.com' } }) });
  const who = await guest();
  expect((await putKey(stack(), who, { key: 'abcdefgh' }, 'own')).json.last4).toBe('gh');
  expect((await putKey(stack(), who, { key: 'abc' }, 'own')).json.last4).toBe('');
});

test('200: whoever is known by the device alone keeps keys too', async () => {
  const who = await deviceUser(stack(), admin);
  const path = '/v1/keys/claude';
  const sent = { json: { key: claudeKey() }, ...(await asUser(stack(), who, 'PUT', path)) };
  expect((await send(stack(), 'PUT', path, sent)).status).toBe(200);
});

test.each([' KEY', 'KEY\n', '\r\n\tKEY \r\n', '\ufeff\u200bKEY\u200b', '\u3000KEY\u00a0'])(
  '200 C83: %j is the key without what is around it',
  async (typed) => {
    const key = claudeKey();
    const { status, json } = await putKey(stack(), owner, { key: typed.replace('KEY', key) });
    expect({ status, last4: json.last4 }).toEqual({ status: 200, last4: key.slice(-4) });
  },
);

const refusalOf = async (key: unknown, language: string, service = 'claude') => {
  const headers = { 'accept-language': language };
  const { status, json } = await putKey(stack(), owner, { key }, service, { headers });
  expect({ status, code: json.code, path: json.errors?.[0]?.path }).toEqual({
    status: 422,
    code: 'invalid',
    path: 'key',
  });
  expect(json.errors).toHaveLength(1);
  return { message: json.errors![0]!.message, detail: json.detail };
};
const messageOf = async (...typed: Parameters<typeof refusalOf>) => (await refusalOf(...typed)).message;

describe('422 R1.3: a key that cannot be one is refused with the reason', () => {
  test('empty', async () => {
    for (const key of ['', ' ', '\n']) expect(await messageOf(key, 'ja')).toBe('APIキーを入力してください');
  });

  test('R4.14: too short: the text of the document alone, and the least length beside it', async () => {
    for (const key of ['short', claudeKey().slice(0, 31)]) {
      expect(await messageOf(key, 'ja')).toBe('APIキーが短すぎます');
      expect((await refusalOf(key, 'en')).detail).toContain('32');
    }
    expect((await putKey(stack(), owner, { key: `sk-ant-${'x'.repeat(25)}` })).status).toBe(200);
    stack().deploy({ keyMinLength: 40 });
    expect((await refusalOf(`sk-ant-${'x'.repeat(32)}`, 'zh')).detail).toContain('40');
  });

  test.each([
    ['a space within', (key: string) => `${key.slice(0, 9)} ${key.slice(9)}`],
    ['a zero byte', (key: string) => `${key}\0`],
    ['a wide letter', (key: string) => `${key}Ａ`],
    ['an accent', (key: string) => `${key}é`],
    ['half a character', (key: string) => `${key}\ud800`],
    ['a direction mark', (key: string) => `${key.slice(0, 9)}\u202e${key.slice(9)}`],
    ['a line break', (key: string) => `${key.slice(0, 9)}\r\n${key.slice(9)}`],
  ])('%s, in which nothing is mended', async (_, spoil) => {
    for (const language of ['ja', 'zh', 'en'] as const)
      expect(await messageOf(spoil(claudeKey()), language)).toBe(fieldTexts.keyCharacters[language]);
  });

  test('R4.13: what a key may have is said with the capital letters that keys do have', async () => {
    expect(await messageOf(`${claudeKey()}é`, 'en')).toContain('A–Z');
  });

  test('of no service’s shape: names the service', async () => {
    expect(await messageOf('x'.repeat(40), 'en')).toContain('Claude');
    expect(await messageOf('x'.repeat(40), 'ja', 'chatgpt')).toContain('ChatGPT');
    expect(await messageOf('x'.repeat(40), 'en')).not.toContain('ChatGPT');
    expect(await messageOf(`${claudeKey()}/../`, 'en')).toBe(
      fieldTexts.keyShape.en.replaceAll('{service}', 'Claude'),
    );
  });

  test('of another service’s shape: names that service', async () => {
    expect(await messageOf(chatgptKey(), 'en')).toContain('of ChatGPT, not of Claude');
    expect(await messageOf(claudeKey(), 'ja', 'chatgpt')).toContain('Claude');
    const mistral = { title: 'Mistral', baseUrl: 'https://m.example.com', keyPattern: '[a-z]{40}' };
    const any = { baseUrl: 'https://any.example.com' };
    stack().deploy(servicesWith({ any, mistral }));
    expect(await messageOf('x'.repeat(40), 'en')).toContain('Mistral');
    // A service that accepts any text is never named as the service that a key looks like.
    expect(await messageOf('x'.repeat(41), 'en')).not.toContain('any');
    expect((await putKey(stack(), owner, { key: claudeKey() }, 'any')).status).toBe(200);
  });

  test('longer than any key', async () => {
    expect(await messageOf(`sk-ant-${'x'.repeat(506)}`, 'en')).toContain('512');
    expect((await putKey(stack(), owner, { key: `sk-ant-${'x'.repeat(505)}` })).status).toBe(200);
  });

  test('nothing of it is stored', async () => {
    const who = await guest();
    await putKey(stack(), who, { key: 'short' });
    expect(await keyRows(stack(), who)).toEqual({});
  });
});

test.each(['mistral', 'constructor', '__proto__', 'Claude', 'claude%20', 'x'.repeat(300)])(
  '404: there is no service %s',
  async (service) => {
    const { status, json } = await putKey(stack(), owner, { key: claudeKey() }, service);
    expect({ status, code: json.code }).toEqual({ status: 404, code: 'not_found' });
  },
);

test('401, 403: nobody, and nobody whose mailbox is not proven', async () => {
  const unproven = await register(stack(), await openInvite(stack(), admin));
  expect((await putKey(stack(), unproven)).json.code).toBe('not_verified');
  const nobody = { session: { ...owner.session, token: 'x' } };
  expect((await putKey(stack(), nobody)).status).toBe(401);
});

describe('no key is left behind by who deletes the account in the same moment', () => {
  const leave = ({ session: { token } }: SignedIn) =>
    send(stack(), 'DELETE', '/v1/me', { token, json: { password } });

  test.each(['key-put', 'me-delete'])('%s is the slower one', async (slow) => {
    const who = await guest();
    await putKey(stack(), who, { key: chatgptKey() }, 'chatgpt');
    const put = async () => expect([200, 401]).toContain((await putKey(stack(), who)).status);
    const go = async () => expect((await leave(who)).status).toBe(204);
    await (slow === 'key-put' ? overtake(stack(), slow, put, go) : overtake(stack(), slow, go, put));
    expect(await keyRows(stack(), who)).toEqual({});
  });

  test('401: sessions that were ended meanwhile keep no key', async () => {
    const who = await guest();
    const path = `/v1/admin/users/${who.user.id}`;
    const [put, ended] = await overtake(
      stack(),
      'key-put',
      () => putKey(stack(), who),
      () => send(stack(), 'PATCH', path, { token: admin.session.token, json: { endSessions: true } }),
    );
    expect([ended.status, put.status]).toEqual([200, 401]);
    expect(await keyRows(stack(), who)).toEqual({});
  });
});

describe('503 C53: while KMS does not encrypt, nothing is stored', () => {
  const unchanged = async (who: SignedIn) => {
    const before = await keyRows(stack(), who);
    const audit = await auditOf(stack(), who.user.id);
    const { status, json, headers } = await putKey(stack(), who);
    expect({ status, code: json.code }).toEqual({ status: 503, code: 'keys_unavailable' });
    expect(headers['retry-after']).toBe('1');
    expect(await keyRows(stack(), who)).toEqual(before);
    expect(await auditOf(stack(), who.user.id)).toEqual(audit);
  };

  test.each(['error', 'throttle'] as const)('it answers with %s', async (kind) => {
    const who = await guest();
    stack().faults([{ kind, service: 'kms', function: 'key-put', times: 99 }]);
    await unchanged(who);
    stack().faults([]);
    await putKey(stack(), who);
    stack().faults([{ kind, service: 'kms', function: 'key-put', times: 99 }]);
    await unchanged(who);
    stack().faults([]);
    expect((await putKey(stack(), who)).status).toBe(200);
  });

  test('the key is disabled', async () => {
    const who = await guest();
    const { kms, config } = insiderOf(stack());
    await kms.send(new DisableKeyCommand({ KeyId: config.key('secrets') }));
    await unchanged(who).finally(() => kms.send(new EnableKeyCommand({ KeyId: config.key('secrets') })));
    expect((await putKey(stack(), who)).status).toBe(200);
  });
});

describe('C63: the store', () => {
  const faulty = { function: 'key-put', action: 'TransactWriteItems' };

  test('fails: nothing is stored, and a repeat does it', async () => {
    const who = await guest();
    stack().faults([{ ...faulty, kind: 'error', times: 3 }]);
    expect((await putKey(stack(), who)).json.code).toBe('store_unavailable');
    expect(await keyRows(stack(), who)).toEqual({});
    stack().faults([]);
    expect((await putKey(stack(), who)).status).toBe(200);
  });

  test.each(['lost', 'conflict'] as const)('%s: the key is stored and written down once', async (kind) => {
    const who = await guest();
    stack().faults([{ ...faulty, kind, times: kind === 'lost' ? 1 : 4 }]);
    const { status, json } = await putKey(stack(), who);
    expect(status).toBe(200);
    expect(await keysOf(stack(), who)).toEqual([json]);
    expect(await auditOf(stack(), who.user.id)).toEqual([`key.put by ${who.user.id}`]);
  });

  test('many at once: each is kept or replaced, one remains', { tags: 'engine' }, async () => {
    const who = await guest();
    const answers = await Promise.all(Array.from({ length: 5 }, () => putKey(stack(), who)));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
    const [key] = await keysOf(stack(), who);
    expect(answers.map(({ json }) => json.last4)).toContain(key!.last4);
  });
});

describe('with the rates of a deployment', () => {
  const limited = useStack('limited');

  test('429: ten a minute, for each user', async () => {
    const boss = await firstAdmin(limited());
    const who = await mailedGuest(limited(), boss);
    enterWindow(limited());
    const statuses = [];
    for (let turn = 0; turn < 11; turn += 1)
      statuses.push((await putKey(limited(), who, { key: 'short' })).status);
    expect(statuses).toEqual([...Array<number>(10).fill(422), 429]);
  });
});
