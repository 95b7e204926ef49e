import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { withoutKey } from '#local/provider/recorded-call.ts';
import { http } from '../host/http.ts';
import { anthropic, callClaude, chatgptKey, claudeKey, noon, openai } from './provider-clients.ts';
import { toChatgpt, toClaude, useProvider } from './provider-clients.ts';

const provider = useProvider();

test('calls are kept as they came, oldest first', async () => {
  await anthropic(provider()).messages.create(toClaude);
  await openai(provider()).chat.completions.create(toChatgpt);
  await callClaude(provider(), { headers: { 'x-api-key': 'nonsense' } }, '/v1/nowhere?a=b');
  expect(provider().requests()).toMatchObject([
    { at: noon, service: 'claude', method: 'POST', path: '/v1/messages', key: claudeKey },
    { service: 'chatgpt', path: '/v1/chat/completions', key: chatgptKey, state: 'answered' },
    { path: '/v1/nowhere?a=b', key: 'nonsense' },
  ]);
  const [first] = provider().requests();
  expect(JSON.parse(first!.body)).toEqual(toClaude);
  expect(first!.bytes).toBe(Buffer.byteLength(first!.body));
  expect(first!.headers['anthropic-version']).toBe('2026-10-21');
});

test('of a long body, the beginning is kept', async () => {
  await callClaude(provider(), { body: 'x'.repeat(100_000) });
  expect(provider().requests()).toMatchObject([{ body: 'x'.repeat(65_536), bytes: 100_000 }]);
});

test('people see a key’s hash instead of the key, wherever it was sent', async () => {
  const body = JSON.stringify({ ...toClaude, metadata: { user_id: claudeKey } });
  const headers = { 'x-copy': claudeKey, authorization: 'Bearer something else' };
  await callClaude(provider(), { body, headers }, `/v1/messages?key=${claudeKey}`);
  const [shown] = provider().requests().map(withoutKey);
  expect(JSON.stringify(shown)).not.toMatch(/sk-ant|something else/);
  expect(shown).toMatchObject({
    path: '/v1/messages?key=***',
    keySha256: createHash('sha256').update(claudeKey).digest('hex'),
  });
});

test.each([{ host: 'evil.example' }, { host: 'evil.example:80' }])(
  'another name than this machine’s, %j, is refused',
  async (headers) => {
    expect((await http(`${provider().url}/claude/v1/models`, { headers })).status).toBe(403);
    expect(provider().requests()).toEqual([]);
  },
);

test('there is no other service', async () => {
  expect((await http(`${provider().url}/gemini/v1/models`)).status).toBe(404);
  expect((await http(`${provider().url}/constructor`)).status).toBe(404);
});
