import { DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms';
import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiKey } from '#shared/vault/api-key.ts';
import { readConfig } from '#shared/deployment/config.ts';
import { useKeys } from '#shared/vault/use-key.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { callNames } from '../harness/stack/calls.ts';
import { send } from '../harness/http/http.ts';
import { insiderEnvironment, insiderOf } from '../harness/stack/insider.ts';
import { changeKey, chatgptKey, claudeKey, deleteKey, keysOf, putKey } from '../harness/relay/keys.ts';
import { mailedGuest, type SignedIn } from '../harness/people/people.ts';
import { daySeconds } from '../harness/stack/time.ts';

/** The relay's use of a key before it calls a provider, through the port that the relay uses. */
const { stack, admin } = useAdmin('plain', { fresh: true });
let environment: Record<string, string> = {};
let vault: ReturnType<typeof useKeys.make>;
beforeAll(async () => {
  environment = insiderEnvironment(stack());
  Object.assign(process.env, environment);
  vault = useKeys.make(readConfig(environment));
});
afterAll(() => {
  for (const name of Object.keys(environment)) delete process.env[name];
});

const call = 'POST /v1/messages';
const address = '203.0.113.7';
const use = ({ user }: SignedIn, service = 'claude', now = stack().clock.now()) =>
  vault.use({ action: 'relay.call', userId: user.id, service, call, address }, now);
const ledger = async ({ session: { token } }: SignedIn, service = 'claude') =>
  (
    await send<{ items: { at: string; call: string; address: string }[] }>(
      stack(),
      'GET',
      `/v1/keys/${service}/uses`,
      { token },
    )
  ).json.items;
async function withKey(key = claudeKey()): Promise<SignedIn> {
  const who = await mailedGuest(stack(), admin);
  await putKey(stack(), who, { key });
  return who;
}

/** A key's row, and a row written without any operation, as an attacker with access to the table would. */
async function rowOf({ user }: SignedIn, service = 'claude'): Promise<ApiKey> {
  const { documents, config } = insiderOf(stack());
  const { Items } = await documents.send(
    new QueryCommand({
      TableName: config.table('keys'),
      KeyConditionExpression: 'userId = :user',
      ExpressionAttributeValues: { ':user': user.id },
    }),
  );
  return (Items as ApiKey[]).find((row) => row.service === service)!;
}
async function write(Item: ApiKey): Promise<void> {
  const { documents, config } = insiderOf(stack());
  await documents.send(new PutCommand({ TableName: config.table('keys'), Item }));
}

test('R1.4 R5.6: an active, unexpired key is decrypted, and its owner sees the use', async () => {
  const key = claudeKey();
  const who = await withKey(key);
  stack().clearCalls();
  expect(await use(who)).toMatchObject({ key });
  // The ledger is written before the key is decrypted.
  expect(callNames(stack(), 'insider')).toEqual([
    'dynamodb UpdateItem table/keys',
    'dynamodb PutItem table/audit',
    expect.stringMatching(/^kms Decrypt key\//),
  ]);
  const at = expect.stringMatching(/^\d{4}-.*Z$/) as string;
  expect(await ledger(who)).toEqual([{ at, call, address, model: null, status: null }]);
  expect((await keysOf(stack(), who))[0]).toMatchObject({ lastUsedAt: at, state: 'active' });
  await use(who);
  expect(await ledger(who)).toHaveLength(2);
});

describe('R1.4: otherwise the reason is told, and nothing is decrypted', () => {
  const refused = async (who: SignedIn, refusal: string, service?: string) => {
    const uses = await ledger(who);
    const [shown] = await keysOf(stack(), who);
    stack().clearCalls();
    expect(await use(who, service)).toEqual({ refusal });
    expect(callNames(stack(), 'insider')).toEqual(['dynamodb UpdateItem table/keys']);
    expect(await ledger(who)).toEqual(uses);
    expect((await keysOf(stack(), who))[0]).toEqual(shown);
  };

  test('no key, none of this service, none any more', async () => {
    const who = await mailedGuest(stack(), admin);
    await refused(who, 'key_missing');
    await putKey(stack(), who);
    await refused(who, 'key_missing', 'chatgpt');
    await deleteKey(stack(), who);
    await refused(who, 'key_missing');
  });

  test('a key that is off, until it is on again', async () => {
    const who = await withKey();
    await changeKey(stack(), who, { active: false });
    await refused(who, 'key_inactive');
    stack().clock.offsetSeconds = 40 * daySeconds;
    await refused(who, 'key_inactive');
    await changeKey(stack(), who, { active: true, renew: true });
    expect(await use(who)).toHaveProperty('key');
  });

  test('a key that has expired, until it is renewed or forgotten', async () => {
    const who = await withKey();
    stack().clock.offsetSeconds = 30 * daySeconds - 60;
    expect(await use(who)).toHaveProperty('key');
    stack().clock.offsetSeconds = 30 * daySeconds + 60;
    await refused(who, 'key_expired');
    await changeKey(stack(), who, { renew: true });
    expect(await use(who)).toHaveProperty('key');
    stack().clock.offsetSeconds = (60 + 91) * daySeconds;
    await refused(who, 'key_missing');
  });

  test('a key from the very millisecond on in which it expires', async () => {
    const who = await withKey();
    const { expiresAt } = await rowOf(who);
    expect(await use(who, 'claude', expiresAt - 1)).toHaveProperty('key');
    expect(await use(who, 'claude', expiresAt)).toEqual({ refusal: 'key_expired' });
  });
});

test('R1.2: a key that was replaced is the one that is used from then on', async () => {
  const [who, next] = [await withKey(), claudeKey()];
  await use(who);
  await putKey(stack(), who, { key: next });
  expect(await use(who)).toMatchObject({ key: next });
});

describe('C52: a ciphertext in a row that it was not made for is not decrypted', () => {
  test('of another user', async () => {
    const [owner, thief] = [await withKey(), await withKey()];
    const { ciphertext } = await rowOf(owner);
    await write({ ...(await rowOf(thief)), ciphertext });
    expect(await use(thief)).toEqual({ refusal: 'key_unreadable' });
    expect(await use(owner)).toHaveProperty('key');
  });

  test('of another user, who has no key of the own', async () => {
    const [owner, thief] = [await withKey(), await mailedGuest(stack(), admin)];
    await write({ ...(await rowOf(owner)), userId: thief.user.id });
    expect(await use(thief)).toEqual({ refusal: 'key_unreadable' });
  });

  test('of another service of the same user', async () => {
    const who = await withKey();
    await putKey(stack(), who, { key: chatgptKey() }, 'chatgpt');
    const { ciphertext } = await rowOf(who, 'chatgpt');
    await write({ ...(await rowOf(who)), ciphertext });
    expect(await use(who)).toEqual({ refusal: 'key_unreadable' });
    expect(await use(who, 'chatgpt')).toHaveProperty('key');
  });

  test('with one bit turned, or none at all', async () => {
    const who = await withKey();
    const row = await rowOf(who);
    const ciphertext = Buffer.from(row.ciphertext);
    ciphertext[ciphertext.length - 1]! ^= 1;
    await write({ ...row, ciphertext });
    expect(await use(who)).toEqual({ refusal: 'key_unreadable' });
    await write({ ...row, ciphertext: Buffer.from('no ciphertext') });
    expect(await use(who)).toEqual({ refusal: 'key_unreadable' });
    // The owner can mend this by storing the key again.
    await putKey(stack(), who);
    expect(await use(who)).toHaveProperty('key');
  });
});

describe('C53: while KMS does not decrypt there is no key, and no fallback', () => {
  test.each(['error', 'throttle'] as const)('it answers with %s', async (kind) => {
    const who = await withKey();
    stack().faults([{ kind, service: 'kms', action: 'Decrypt', times: 99 }]);
    await expect(use(who)).rejects.toMatchObject({ code: 'keys_unavailable' });
    stack().faults([]);
    expect(await use(who)).toHaveProperty('key');
  });

  test('the key is disabled', async () => {
    const who = await withKey();
    const { kms, config } = insiderOf(stack());
    const KeyId = config.key('secrets');
    await kms.send(new DisableKeyCommand({ KeyId }));
    const outcome = await use(who).catch((error: unknown) => error);
    await kms.send(new EnableKeyCommand({ KeyId }));
    expect(outcome).toMatchObject({ code: 'keys_unavailable' });
  });
});

test('C53: without its line in the ledger no key is decrypted', async () => {
  const who = await withKey();
  stack().faults([{ kind: 'error', function: 'insider', table: 'audit', times: 99 }]);
  stack().clearCalls();
  await expect(use(who)).rejects.toMatchObject({ code: 'store_unavailable' });
  expect(callNames(stack(), 'insider').join()).not.toContain('Decrypt');
});

test('C63 R5.6: a line of the ledger that is written once more, late, keeps what the provider answered', async () => {
  const who = await withKey();
  stack().faults([{ kind: 'late', ms: 1_500, table: 'audit', action: 'PutItem', times: 1 }]);
  const used = await use(who);
  if ('refusal' in used) throw new Error(used.refusal);
  await used.noteAnswer(200);
  await stack().settle();
  expect(await ledger(who)).toMatchObject([{ call, status: 200 }]);
});

test.each(['conflict', 'lost'] as const)('C63: %s: the key comes all the same, used once', async (kind) => {
  const who = await withKey();
  stack().faults([
    { kind, function: 'insider', table: 'keys', times: kind === 'lost' ? 1 : 3 },
    { kind: 'lost', function: 'insider', table: 'audit' },
  ]);
  expect(await use(who)).toHaveProperty('key');
  expect(await ledger(who)).toHaveLength(1);
});

test(
  'C55: a key that is switched off while it is being asked for is used before or not at all',
  { tags: 'engine' },
  async () => {
    const who = await withKey();
    const { documents, config } = insiderOf(stack());
    const off = new UpdateCommand({
      TableName: config.table('keys'),
      Key: { userId: who.user.id, service: 'claude' },
      UpdateExpression: 'SET active = :false',
      ExpressionAttributeValues: { ':false': false },
    });
    const [outcome] = await Promise.all([use(who), documents.send(off)]);
    expect('key' in outcome || outcome.refusal === 'key_inactive').toBe(true);
    expect(await use(who)).toEqual({ refusal: 'key_inactive' });
  },
);
