import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { callNames } from '../harness/stack/calls.ts';
import { send } from '../harness/http/http.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { type SignedIn } from '../harness/people/people.ts';
import * as relay from '../harness/relay/relay.ts';
import { daySeconds, enterWindow } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin('plain', { fresh: true });
let who: SignedIn;
let token: string;
beforeAll(async () => {
  who = await relay.keyHolder(stack(), admin);
  token = await relay.relayToken(stack(), who);
});
const otherKey = 'sk-ant-api03-another-key-of-the-same-person-0001';
const usedKeys = () =>
  stack()
    .provider.requests()
    .map(({ headers }) => headers['x-api-key']);
const used = async () =>
  (await send<{ questions: { used: number } }>(stack(), 'GET', '/v1/quota', { token: who.session.token }))
    .json.questions.used;
const uses = async () =>
  (await send<{ items: unknown[] }>(stack(), 'GET', '/v1/keys/claude/uses', { token: who.session.token }))
    .json.items.length;

test('R5.6 C53: while KMS is down no key is used and nothing is counted; afterwards all is as before', async () => {
  const before = await used();
  stack().provider.clear();
  stack().faults([{ kind: 'throttle', service: 'kms', function: 'relay', times: 99 }]);
  const answer = await relay.ask(stack(), token);
  expect(answer).toMatchObject({
    status: 503,
    json: { type: 'error', error: { type: 'api_error', code: 'keys_unavailable' } },
  });
  expect(answer.headers['x-should-retry']).toBe('true');
  expect(usedKeys()).toEqual([]);
  expect(await used()).toBe(before);
  stack().faults([]);
  expect((await relay.ask(stack(), token)).status).toBe(200);
});

test('C55: a key that is replaced while it is answered ends its answer, and is never used again', async () => {
  stack().provider.clear();
  stack().provider.behave([{ kind: 'hang-after', times: 1 }]);
  const asked = relay.ask(stack(), token, { json: { ...relay.question, stream: true } });
  await expect.poll(() => usedKeys()).toHaveLength(1);
  await relay.storeKey(stack(), who, 'claude', otherKey);
  const next = await relay.ask(stack(), token);
  stack().provider.release();
  expect((await asked).text).toContain('message_stop');
  expect(next.status).toBe(200);
  expect(usedKeys()).toEqual([relay.sampleKeys.claude, otherKey]);
});

test('C55: a key that is deleted while it is answered is gone for the next call', async () => {
  stack().provider.clear();
  stack().provider.behave([{ kind: 'hang-after', times: 1 }]);
  const asked = relay.ask(stack(), token, { json: { ...relay.question, stream: true } });
  await expect.poll(() => usedKeys()).toHaveLength(1);
  await send(stack(), 'DELETE', '/v1/keys/claude', { token: who.session.token });
  expect((await relay.ask(stack(), token)).json.error.code).toBe('key_missing');
  stack().provider.release();
  expect((await asked).text).toContain('message_stop');
  await relay.storeKey(stack(), who, 'claude');
});

test('R1.2: a key is decrypted only after its owner can see it, and not where that cannot be written', async () => {
  const before = await uses();
  stack().clearCalls();
  expect((await relay.ask(stack(), token)).status).toBe(200);
  const names = callNames(stack(), 'relay');
  const ledger = names.indexOf('dynamodb PutItem table/audit');
  expect(ledger).toBeGreaterThan(-1);
  expect(names.indexOf('kms Decrypt key/secrets')).toBeGreaterThan(ledger);
  expect(names.filter((name) => name === 'kms Decrypt key/secrets')).toHaveLength(1);
  expect(await uses()).toBe(before + 1);

  stack().faults([{ kind: 'error', table: 'audit', function: 'relay', times: 99 }]);
  stack().clearCalls();
  expect((await relay.ask(stack(), token)).json.error.code).toBe('store_unavailable');
  expect(callNames(stack(), 'relay')).not.toContain('kms Decrypt key/secrets');
});

test('R1.8: a call costs seven calls of AWS in five turns, two of them after the answer', async () => {
  enterWindow(stack(), daySeconds);
  const today = await relay.relayToken(stack(), who);
  await relay.ask(stack(), today);
  stack().clearCalls();
  await relay.ask(stack(), today);
  const calls = callNames(stack(), 'relay');
  const turns = [
    calls.slice(0, 1),
    calls.slice(1, 3).toSorted(),
    calls.slice(3, 5),
    calls.slice(5).toSorted(),
  ];
  expect(turns).toEqual([
    ['dynamodb BatchGetItem table/users table/sessions'],
    ['dynamodb UpdateItem table/keys', 'dynamodb UpdateItem table/quotas'],
    ['dynamodb PutItem table/audit', 'kms Decrypt key/secrets'],
    ['dynamodb PutItem table/audit', 'dynamodb UpdateItem table/quotas'],
  ]);
});

test('409 C52: a ciphertext that was copied from the row of somebody else is told as such, and no key is used', async () => {
  const thief = await relay.keyHolder(stack(), admin);
  const { config, documents } = insiderOf(stack());
  const TableName = config.table('keys');
  const keyOf = (of: SignedIn) => ({ userId: of.user.id, service: 'claude' });
  const { Item } = await documents.send(new GetCommand({ TableName, Key: keyOf(who) }));
  await documents.send(new PutCommand({ TableName, Item: { ...Item, ...keyOf(thief) } }));
  stack().provider.clear();
  const answer = await relay.ask(stack(), await relay.relayToken(stack(), thief));
  expect(answer).toMatchObject({ status: 409, json: { error: { code: 'key_unreadable' } } });
  expect(answer.headers['x-should-retry']).toBe('false');
  expect(usedKeys()).toEqual([]);
  const line = stack()
    .logs()
    .find(({ text }) => text.includes('key.unreadable'));
  expect(line!.text).toContain(thief.user.id);
});

const faults = ['lost', 'throttle', 'conflict', 'error', 'delay'] as const;
/** Reads, KMS calls and rows of one writer meet no conflicts. A late write only matters for rows that count calls. */
const narrower: Partial<Record<(typeof faults)[number], object>> = {
  conflict: { action: 'UpdateItem' },
  delay: { table: 'quotas', ms: 2_100 },
};
test.each(faults)(
  'R5.7 C63: %s at each call in turn: answered or 503, and counted as often as answered',
  async (kind) => {
    stack().deploy({ userRequests: 1_000, userQuestions: 1_000 });
    for (let nth = 1; nth <= (kind === 'delay' ? 2 : 6); nth += 1) {
      const before = await used();
      stack().faults([{ kind, function: 'relay', nth, ...narrower[kind] }]);
      const { status } = await relay.ask(stack(), token);
      expect([200, 503], `${kind} at ${nth}`).toContain(status);
      expect(await used(), `${kind} at ${nth}`).toBe(before + Number(status === 200));
    }
  },
);
