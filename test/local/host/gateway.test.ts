import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Stack } from '#local/stack/running-stack.ts';
import { callAws, startFixture } from './fixture.ts';

let stack: Stack;
beforeAll(async () => void (stack = await startFixture()));
afterAll(() => stack.stop());
beforeEach(() => {
  stack.clearCalls();
});

const item = (pk: string, more: object = {}) => ({ pk: { S: pk }, ...more });
const put = (pk: string) => callAws(stack, 'dynamodb', 'putItem', { TableName: 'things', Item: item(pk) });
const get = async (pk: string) => {
  const result = await callAws(stack, 'dynamodb', 'getItem', { TableName: 'things', Key: item(pk) });
  return result.output?.['Item'];
};
const transact = (...items: object[]) =>
  callAws(stack, 'dynamodb', 'transactWriteItems', { TransactItems: items });
const records = () => stack.calls().map(({ at: _, invocationId: __, ...record }) => record);

describe('what the policy allows', () => {
  test('is done and recorded, without what it carried', async () => {
    expect(await put('a')).not.toHaveProperty('error');
    expect(await get('a')).toEqual(item('a'));
    const base = { function: 'store-run', service: 'dynamodb', resources: ['table/things'], status: 200 };
    expect(records()).toEqual([
      { ...base, action: 'PutItem' },
      { ...base, action: 'GetItem' },
    ]);
  });

  test('is answered without a date, by which the SDK would take a shifted clock for a wrong one', async () => {
    const scope = '20261120/eu-central-1/dynamodb/aws4_request';
    const answer = await fetch(stack.aws, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${stack.insider()['AWS_ACCESS_KEY_ID']}/${scope}, SignedHeaders=host, Signature=0`,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-date': '20261120T000000Z',
        'x-amz-target': 'DynamoDB_20120810.GetItem',
      },
      body: JSON.stringify({ TableName: 'things', Key: item('a') }),
    });
    expect(answer.status, await answer.text()).toBe(200);
    expect(answer.headers.has('date')).toBe(false);
  });

  test('on an index, by Query', async () => {
    const result = await callAws(stack, 'dynamodb', 'query', {
      TableName: 'things',
      IndexName: 'byKind',
      KeyConditionExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': { S: 'x' } },
    });
    expect(result.output).toMatchObject({ Count: 0 });
    expect(records()).toMatchObject([{ resources: ['table/things/index/byKind'] }]);
  });

  test('in KMS and SES', async () => {
    const mac = await callAws(stack, 'kms', 'generateMac', {
      KeyId: 'arn:aws:kms:eu-central-1:000000000000:key/tokens',
      MacAlgorithm: 'HMAC_SHA_256',
      Message: 'message',
    });
    expect(mac).not.toHaveProperty('error');
    const sent = await callAws(stack, 'ses', 'sendEmail', {
      Source: 'Latchkey <hello@latchkey.example>',
      Destination: { ToAddresses: ['you@example.com'] },
      Message: { Subject: { Data: 'Hello' }, Body: { Text: { Data: 'Text' } } },
      ConfigurationSetName: 'mails',
    });
    expect(sent).not.toHaveProperty('error');
    expect(stack.mails('you@example.com')).toMatchObject([{ subject: 'Hello', text: 'Text' }]);
    expect(records()).toMatchObject([
      { action: 'GenerateMac', resources: ['key/tokens'] },
      { action: 'SendEmail', resources: ['identity/hello@latchkey.example', 'configuration-set/mails'] },
    ]);
  });
});

describe('what the policy does not allow is refused', () => {
  test.each([
    [
      'an action',
      'dynamodb',
      'query',
      { TableName: 'things', KeyConditionExpression: 'x = :y' },
      'Query table/things',
    ],
    ['a table', 'dynamodb', 'getItem', { TableName: 'events', Key: item('a') }, 'GetItem table/events'],
    [
      'a scan',
      'dynamodb',
      'scan',
      { TableName: 'things', IndexName: 'byKind' },
      'Scan table/things/index/byKind',
    ],
    ['listing', 'dynamodb', 'listTables', {}, 'ListTables *'],
    ['a denied action', 'kms', 'describeKey', { KeyId: 'secrets' }, 'DescribeKey key/secrets'],
    ['another key', 'kms', 'encrypt', { KeyId: 'tokens', Plaintext: 'text' }, 'Encrypt key/tokens'],
    ['a quota', 'ses', 'getSendQuota', {}, 'GetSendQuota *'],
  ])('%s', async (_, service, action, input, denied) => {
    const result = await callAws(stack, service, action, input);
    expect(result.error).toMatch(/^AccessDenied(Exception)?$/);
    expect(result.message).toContain('StoreFunction is not authorized to perform');
    expect(stack.calls()).toMatchObject([
      { denied: `${service}:${denied}`, status: service === 'ses' ? 403 : 400 },
    ]);
  });

  test('per table of a batch', async () => {
    const requests = [{ PutRequest: { Item: item('batch') } }];
    const write = (...names: string[]) =>
      callAws(stack, 'dynamodb', 'batchWriteItem', {
        RequestItems: Object.fromEntries(names.map((name) => [name, requests])),
      });
    expect(await write('things')).not.toHaveProperty('error');
    expect(await write('things', 'events')).toMatchObject({ error: 'AccessDeniedException' });
  });

  test('per item of a transaction', async () => {
    const things = { TableName: 'things' };
    const write = { Put: { ...things, Item: item('t1') } };
    expect(await transact(write, { Delete: { ...things, Key: item('t2') } })).not.toHaveProperty('error');
    const check = {
      ConditionCheck: { ...things, Key: item('t1'), ConditionExpression: 'attribute_exists(pk)' },
    };
    expect(await transact({ Put: { ...things, Item: item('t3') } }, check)).toMatchObject({
      error: 'AccessDeniedException',
      message: expect.stringContaining('dynamodb:ConditionCheckItem'),
    });
    expect(await transact({ Delete: { TableName: 'events', Key: item('x') } })).toMatchObject({
      error: 'AccessDeniedException',
    });
    expect(await get('t3')).toBeUndefined();
    expect(stack.calls().filter(({ denied }) => denied)).toMatchObject([
      { action: 'TransactWriteItems', denied: 'dynamodb:ConditionCheckItem table/things' },
      { action: 'TransactWriteItems', denied: 'dynamodb:DeleteItem table/events' },
    ]);
  });

  test('after a grant was taken away, until it is given back', async () => {
    const giveBack = stack.removeGrant('store-run', 'dynamodb:PutItem');
    expect(await put('b')).toMatchObject({ error: 'AccessDeniedException' });
    expect(await get('a')).toBeDefined();
    giveBack();
    expect(await put('b')).not.toHaveProperty('error');
    expect(() => stack.removeGrant('nobody', 'x')).toThrow('there is no function nobody');
  });
});

test('all tables can be dumped', async () => {
  const { things } = await stack.dumpTables();
  expect(things).toContainEqual(item('a'));
});
