import { mkdtempSync, renameSync, rmSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callEngine } from '#local/engine/client.ts';
import { startEngine, type Engine } from '#local/engine/engine.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { enginesHere, startFixture } from './fixture.ts';
import { http } from './http.ts';

const evil = 'http://evil.example';

/** Headers that a browser adds to a page's requests, which no page can leave out. */
const pages = {
  'fetch() of another site': { origin: evil, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
  'fetch() of another local port': { origin: 'http://127.0.0.1:9', 'sec-fetch-site': 'same-site' },
  'an image or a script': { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  'a frame': {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'iframe',
  },
  'a sandboxed page': { origin: 'null', 'sec-fetch-site': 'cross-site' },
  'an old browser': { origin: evil },
};

/** A request of a page whose host name resolves to this machine (DNS rebinding), so that the browser calls it same-origin. */
const rebound = { host: 'evil.example', 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' };

describe('C92: a page of the web, shown on this machine,', () => {
  let stack: Stack;
  beforeAll(async () => void (stack = await startFixture()));
  afterAll(() => stack.stop());

  const closed = () => [
    `${stack.control}/calls`,
    `${stack.lambda}/2015-03-31/functions/probe-run/invocations`,
    `${stack.aws}/`,
    `${stack.provider.url}/claude/v1/models`,
    `${stack.inbox}/mails`,
  ];

  test.each(Object.entries(pages))('is refused by every closed address: %s', async (_, headers) => {
    for (const url of closed()) {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const { status, headers: answered } = await http(url, { method, headers });
        expect(status, `${method} ${url}`).toBe(403);
        expect(Object.keys(answered).filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
    }
  });

  test('is refused by every address, the app’s and the relay’s too, where it gave its own name to this machine', async () => {
    const all = [...closed(), stack.app, ...(stack.relay === null ? [] : [stack.relay])];
    for (const url of all) {
      for (const host of ['evil.example', `evil.example:${new URL(url).port}`, '127.0.0.1.evil.example']) {
        expect((await http(url, { headers: { ...rebound, host } })).status, `${host} at ${url}`).toBe(403);
      }
    }
  });

  test('people open the inbox, and its own page reads it', async () => {
    const opened = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    const own = { origin: stack.inbox, 'sec-fetch-site': 'same-origin' };
    for (const headers of [
      {},
      own,
      { ...opened, 'sec-fetch-site': 'none' },
      { ...opened, 'sec-fetch-site': 'cross-site' },
    ]) {
      const answer = await http(`${stack.inbox}/`, { headers });
      expect(answer.status).toBe(200);
      expect(answer.headers['cross-origin-opener-policy']).toBe('same-origin');
    }
    const { status } = await http(`${stack.inbox}/`, {
      method: 'POST',
      headers: { ...opened, 'sec-fetch-site': 'cross-site' },
    });
    expect(status).toBe(403);
  });
});

const table = {
  TableName: 'kept',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
};
const tablesAt = (url: string): Promise<unknown> => callEngine(url, 'DynamoDB_20120810.ListTables', {});

describe.each(await enginesHere())('C92: a page that has found the port of %s', (store) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine({ store });
    await callEngine(engine.url, 'DynamoDB_20120810.CreateTable', table);
  });
  afterAll(() => engine.stop());

  test('reads no table', async () => {
    expect(await tablesAt(engine.url)).toEqual({ TableNames: ['kept'] });
    const { port } = new URL(engine.url);
    for (const host of ['127.0.0.1', 'localhost', '0.0.0.0', 'someone@127.0.0.1', 'host@127.0.0.1']) {
      const found = await tablesAt(`http://${host}:${port}`).catch(() => 'not reached');
      expect(['not reached', JSON.stringify({ TableNames: [] })]).toContain(
        typeof found === 'string' ? found : JSON.stringify(found),
      );
    }
  });

  test('is told by no header that it may send, unless it knows where the secret address is', async () => {
    const { port } = new URL(engine.url);
    const headers = {
      origin: evil,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-amz-target,authorization',
    };
    const answer = await http(`http://127.0.0.1:${port}/`, { method: 'OPTIONS', headers }).catch(
      () => undefined,
    );
    expect(answer?.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('cannot foretell the secret: two engines have two', async () => {
    const other = await startEngine({ store });
    await other.stop();
    const secretOf = ({ url }: Engine) => new URL(url).username || new URL(url).hostname;
    expect(secretOf(other)).not.toBe(secretOf(engine));
    expect(secretOf(engine)).toMatch(/^([0-9a-f]{32}|127\.(?!0\.0\.)\d+\.\d+\.\d+)$/);
  });
});

describe.runIf((await enginesHere()).includes('dynamodb-local'))('data that DynamoDB Local kept', () => {
  test('C92: is found again by its secret, also what an earlier version kept under a known name', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-data-'));
    const open = () => startEngine({ store: 'dynamodb-local', dataDir });
    try {
      const first = await open();
      await callEngine(first.url, 'DynamoDB_20120810.CreateTable', table);
      await first.stop();
      const folder = join(dataDir, 'dynamodb-local');
      const second = await open();
      expect(await tablesAt(second.url)).toEqual({ TableNames: ['kept'] });
      await second.stop();
      const file = readdirSync(folder).find((name) => name.endsWith('.db'))!;
      renameSync(join(folder, file), join(folder, 'shared-local-instance.db'));
      const third = await open();
      expect(await tablesAt(third.url)).toEqual({ TableNames: ['kept'] });
      await third.stop();
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });
});
