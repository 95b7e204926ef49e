import type { Stack } from '#local/stack/running-stack.ts';
import type { BareCall } from '../harness/bare-calls.ts';
import type { Holder } from './people.ts';

/**
 * The AWS calls that the relay makes before it asks the provider, for the same rows and changing as much: who calls, the
 * reservation, the key's row, the ledger, the key.
 */
export async function bareCalls(stack: Stack, { user, session }: Holder): Promise<readonly BareCall[]> {
  const { keys } = await stack.dumpTables();
  const row = keys!.find(({ userId }) => (userId as { S: string }).S === user.id)!;
  const { ciphertext } = row as { ciphertext: { B: string } };
  const KeyId = stack
    .calls()
    .find(({ action }) => action === 'Decrypt')!
    .resources[0]!.replace('key/', '');
  const [userId, service] = [{ S: user.id }, { S: 'claude' }];
  const now = Date.now();
  const number = (value: number) => ({ N: String(value) });
  return [
    {
      read: {
        RequestItems: {
          users: { Keys: [{ pk: { S: `user#${user.id}` } }], ConsistentRead: true },
          sessions: { Keys: [{ userId, id: { S: session.id } }], ConsistentRead: true },
        },
      },
    },
    {
      update: {
        TableName: 'quotas',
        Key: { userId },
        UpdateExpression:
          'SET flying.#id = :flight, lastCallAt = :at, calls = calls + :one, requestsUsed = requestsUsed + :one, questionsUsed = questionsUsed + :one',
        ConditionExpression:
          'size(flying) < :crowd AND attribute_not_exists(unanswered.#print) AND requestsFrom > :over AND requestsUsed < :most AND questionsDay <> :day AND questionsUsed < :most',
        ExpressionAttributeNames: { '#id': 'bare', '#print': '-'.repeat(22) },
        ExpressionAttributeValues: {
          ':flight': { M: { at: number(now), day: { S: '2026-01-01' } } },
          ':at': number(now),
          ':one': number(1),
          ':crowd': number(500),
          ':over': number(0),
          ':most': number(1e9),
          ':day': { S: '2026-01-01' },
        },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    {
      update: {
        TableName: 'keys',
        Key: { userId, service },
        UpdateExpression: 'SET lastUsedAt = :now',
        ConditionExpression: 'active = :true AND expiresAt > :now',
        ExpressionAttributeValues: { ':now': number(now), ':true': { BOOL: true } },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    {
      put: {
        TableName: 'audit',
        Item: {
          pk: { S: 'bare' },
          sk: { S: `${new Date(now).toISOString()}#bare` },
          action: { S: 'relay.call' },
          outcome: { S: 'done' },
          actorId: userId,
          subjectId: userId,
          service,
          call: { S: 'POST /v1/messages' },
          address: { S: '127.0.0.1' },
          at: number(now),
          ttl: number(Math.ceil(now / 500)),
        },
      },
    },
    {
      decrypt: { KeyId, EncryptionContext: { userId: user.id, service: 'claude' } },
      ciphertext: ciphertext.B,
    },
  ];
}
