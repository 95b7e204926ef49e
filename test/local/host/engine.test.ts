import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { callEngine, EngineError } from '#local/engine/client.ts';
import { startEngine } from '#local/engine/engine.ts';
import { callAws, probe, startFixture } from './fixture.ts';

const answers = (url: string) =>
  callEngine(url, 'DynamoDB_20120810.ListTables', {}).then(
    () => true,
    () => false,
  );

test('the engine ends with us, even when we are killed', async () => {
  const engine = fileURLToPath(new URL('../../../local/engine/engine.ts', import.meta.url));
  const script = `import { startEngine } from ${JSON.stringify(engine)}; console.log((await startEngine({})).url);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve) => {
    parent.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  expect(await answers(url)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => answers(url)).toBe(false);
});

test('a read that fails inside the engine is repeated, and a write is not', async () => {
  const calls: (string | undefined)[] = [];
  const server = createServer(({ headers }, response) => {
    calls.push(headers['x-amz-target']?.toString());
    response.writeHead(calls.length % 3 === 0 ? 200 : 500).end('{"__type":"x#InternalFailure"}');
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await callEngine(url, 'DynamoDB_20120810.DescribeTable', {});
  expect(calls).toHaveLength(3);
  await expect(callEngine(url, 'DynamoDB_20120810.PutItem', {})).rejects.toThrow(EngineError);
  expect(calls).toHaveLength(4);
});

test('an unknown engine is refused with one line', async () => {
  const refusal = /^unknown store other: [^\n]+$/;
  await expect(startEngine({ store: 'other' })).rejects.toThrow(refusal);
  await expect(startFixture({ store: 'other' })).rejects.toThrow(refusal);
});

test('with a directory, everything survives a restart and no row is handed over twice', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-data-'));
  const input = { KeyId: 'tokens', MacAlgorithm: 'HMAC_SHA_256', Message: 'message' };
  const row = { TableName: 'events', Item: { pk: { S: 'kept' }, kind: { S: 'job' } } };
  try {
    const first = await startFixture({ dataDir });
    await expect(startFixture({ dataDir })).rejects.toThrow(/is in use by process \d+: stop it/);
    const mac = await callAws(first, 'kms', 'generateMac', input);
    expect(await callAws(first, 'dynamodb', 'putItem', row)).not.toHaveProperty('error');
    await first.settle();
    await first.stop();
    const second = await startFixture({ dataDir });
    await second.settle();
    expect(await callAws(second, 'kms', 'generateMac', input)).toEqual(mac);
    const { events } = await second.dumpTables();
    await second.stop();
    expect(events).toContainEqual({ pk: { S: 'taken kept' }, tries: { N: '1' } });
  } finally {
    rmSync(dataDir, { recursive: true });
  }
});

test('stacks with prefixes share an engine without meeting', async () => {
  const engine = await startEngine({});
  const stacks = await Promise.all(
    ['one-', 'two-'].map((prefix) => startFixture({ store: engine.url, prefix })),
  );
  try {
    for (const [index, stack] of stacks.entries()) {
      const TableName = ['one-things', 'two-things'][index];
      const put = { TableName, Item: { pk: { S: `row of ${index}` } } };
      expect(await callAws(stack, 'dynamodb', 'putItem', put)).not.toHaveProperty('error');
      expect(stack.calls()).toMatchObject([{ resources: ['table/things'] }]);
      expect((await stack.dumpTables())['things']).toEqual([put.Item]);
      expect(await probe(stack, 'answer', { answer: 1 })).toBe(1);
    }
  } finally {
    await Promise.all(stacks.map((stack) => stack.stop()));
    await engine.stop();
  }
});
