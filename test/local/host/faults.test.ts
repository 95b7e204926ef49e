import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Stack } from '#local/stack/running-stack.ts';
import { callAws, startFixture } from './fixture.ts';

let stack: Stack;
beforeAll(async () => void (stack = await startFixture()));
afterAll(() => stack.stop());
beforeEach(() => {
  stack.clearCalls();
  stack.faults([]);
});

const item = (pk: string, more: object = {}) => ({ pk: { S: pk }, ...more });
const put = (pk: string) => callAws(stack, 'dynamodb', 'putItem', { TableName: 'things', Item: item(pk) });
const get = async (pk: string) => {
  const result = await callAws(stack, 'dynamodb', 'getItem', { TableName: 'things', Key: item(pk) });
  return result.output?.['Item'];
};
const transact = (...items: object[]) =>
  callAws(stack, 'dynamodb', 'transactWriteItems', { TransactItems: items });
const increment = (pk: string) =>
  callAws(stack, 'dynamodb', 'updateItem', {
    TableName: 'things',
    Key: item(pk),
    UpdateExpression: 'ADD n :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  });
const records = () => stack.calls();

describe('faults', () => {
  test('error: refused before anything is done', async () => {
    stack.faults([{ kind: 'error', action: 'PutItem' }]);
    expect(await put('e')).toMatchObject({ error: 'InternalServerError', status: 500 });
    expect(await get('e')).toBeUndefined();
    expect(await put('e')).not.toHaveProperty('error');
    expect(records().map(({ fault, status }) => [fault, status])).toEqual([
      ['error', 500],
      [undefined, 200],
      [undefined, 200],
    ]);
  });

  test('lost: done, but the answer never comes', async () => {
    stack.faults([{ kind: 'lost', table: 'things', action: 'UpdateItem' }]);
    const result = await increment('l');
    expect(result.error).toBeDefined();
    expect(result.status).toBeUndefined();
    expect(await get('l')).toEqual(item('l', { n: { N: '1' } }));
    expect(records()[0]).toMatchObject({ fault: 'lost', status: 0 });
  });

  test.each([
    ['dynamodb', 'ProvisionedThroughputExceededException', () => put('t')],
    ['kms', 'ThrottlingException', () => callAws(stack, 'kms', 'generateMac', { KeyId: 'tokens' })],
  ] as const)('throttle: %s answers %s', async (service, error, call) => {
    stack.faults([{ kind: 'throttle', service }]);
    expect(await call()).toMatchObject({ error, status: 400 });
  });

  test('conflict: a transaction is cancelled with reasons, a single write refused', async () => {
    stack.faults([{ kind: 'conflict', times: 2 }]);
    const write = { Put: { TableName: 'things', Item: item('c') } };
    expect(await transact(write, { Delete: { TableName: 'things', Key: item('d') } })).toMatchObject({
      error: 'TransactionCanceledException',
      reasons: ['TransactionConflict', 'None'],
    });
    expect(await put('c')).toMatchObject({ error: 'TransactionConflictException' });
    expect(await get('c')).toBeUndefined();
  });

  test('in-progress: a transaction is still under way; other calls are not hit', async () => {
    stack.faults([{ kind: 'in-progress', times: 2 }]);
    const write = { Put: { TableName: 'things', Item: item('p') } };
    expect(await put('q')).not.toHaveProperty('error');
    expect(await transact(write)).toMatchObject({ error: 'TransactionInProgressException' });
    expect(await get('p')).toBeUndefined();
  });

  test('delay: late, but right', async () => {
    stack.faults([{ kind: 'delay', ms: 80, function: 'store-run' }]);
    const start = performance.now();
    expect(await put('s')).not.toHaveProperty('error');
    expect(performance.now() - start).toBeGreaterThanOrEqual(79);
  });

  test('delay: a write is waited for, whether or not its asker still waits', async () => {
    stack.faults([{ kind: 'delay', action: 'UpdateItem', ms: 200 }]);
    const arrival = new Promise<void>((arrived) => stack.hold(async () => void arrived()));
    const asked = increment('w');
    await arrival;
    stack.hold(undefined);
    await nextTurn();
    await stack.settle();
    expect(records()).toMatchObject([{ fault: 'delay', status: 200 }]);
    await asked;
  });

  test('late: done after the connection has broken, and waited for', async () => {
    stack.faults([{ kind: 'late', action: 'UpdateItem', ms: 20 }]);
    expect((await increment('a')).status).toBeUndefined();
    expect(records()).toMatchObject([{ fault: 'late', status: 0 }]);
    await stack.settle();
    expect(await get('a')).toEqual(item('a', { n: { N: '1' } }));
  });

  test('crash: done, and who asked is gone; the next call starts anew', async () => {
    stack.faults([{ kind: 'crash', action: 'PutItem' }]);
    await expect(put('k')).rejects.toThrow('Runtime exited');
    expect(await get('k')).toEqual(item('k'));
    expect(records()[0]).toMatchObject({ fault: 'crash', status: 0 });
  });

  test('nth and times choose among the matching calls', async () => {
    stack.faults([{ kind: 'error', action: 'UpdateItem', nth: 2, times: 2 }]);
    const results = [];
    for (let i = 0; i < 5; i += 1) {
      results.push((await increment('n')).error);
      await get('n');
    }
    const error = 'InternalServerError';
    expect(results).toEqual([undefined, error, error, undefined, undefined]);
    expect(await get('n')).toEqual(item('n', { n: { N: '3' } }));
  });

  test('hit nothing that does not match', async () => {
    stack.faults([
      { kind: 'error', function: 'other' },
      { kind: 'error', service: 'kms' },
      { kind: 'error', table: 'events' },
    ]);
    expect(await put('x')).not.toHaveProperty('error');
  });
});
