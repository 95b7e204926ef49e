import * as Anthropic from '@anthropic-ai/sdk';
import { expect, test } from 'vitest';
import {
  anthropic,
  callClaude,
  claudeKey,
  replyOf,
  toClaude,
  useProvider,
  collect,
  failureOf,
} from './provider-clients.ts';

const provider = useProvider();
const reply = replyOf('Claude');

test('a message', async () => {
  const {
    data,
    response,
    request_id: id,
  } = await anthropic(provider()).messages.create(toClaude).withResponse();
  expect(data).toMatchObject({
    type: 'message',
    role: 'assistant',
    model: toClaude.model,
    content: [{ type: 'text', text: reply }],
    stop_reason: 'end_turn',
  });
  expect(id).toMatch(/^req_\w{32}$/);
  expect(response.headers.get('anthropic-ratelimit-requests-remaining')).toBe('999');
  expect(response.headers.get('anthropic-ratelimit-tokens-reset')).toBe('2026-11-20T12:01:00.000Z');
  expect(response.headers.get('content-encoding'), 'as from the provider').toBe('gzip');
});

test('a streamed message, event by event', async () => {
  const events: string[] = [];
  for await (const { type } of await anthropic(provider()).messages.create({ ...toClaude, stream: true }))
    if (events.at(-1) !== type) events.push(type);
  expect(events).toEqual([
    'message_start',
    'content_block_start',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'message_stop',
  ]);
  const { headers, body } = await callClaude(provider(), {
    body: JSON.stringify({ ...toClaude, stream: true }),
  });
  expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(await new Response(body).text()).toContain('event: ping\ndata: {"type":"ping"}\n\n');
});

test('a streamed message is the same as a whole one', async () => {
  const client = anthropic(provider());
  const streamed = await client.messages.stream(toClaude).finalMessage();
  const whole = await client.messages.create(toClaude);
  expect(streamed).toMatchObject({ ...whole, id: streamed.id });
});

test('the last question may be in parts', async () => {
  const content = [
    { type: 'text' as const, text: 'one' },
    { type: 'text' as const, text: 'two' },
  ];
  const body = { ...toClaude, messages: [{ role: 'user' as const, content }] };
  const message = await anthropic(provider()).messages.create(body);
  expect(message.content[0]).toMatchObject({ text: expect.stringMatching(/You said: one two$/) });
});

test('tokens are counted', async () => {
  const { model, messages } = toClaude;
  const { input_tokens: counted } = await anthropic(provider()).messages.countTokens({ model, messages });
  const { usage } = await anthropic(provider()).messages.create(toClaude);
  expect(counted).toBe(usage.input_tokens);
});

test('models come in pages, in both directions', async () => {
  const client = anthropic(provider());
  const all = (await collect(client.models.list({ limit: 2 }))).map(({ id }) => id);
  expect(all).toEqual(['claude-stand-in-large', 'claude-stand-in-medium', 'claude-stand-in-small']);
  expect(
    provider()
      .requests()
      .map(({ path }) => path),
  ).toEqual(['/v1/models?limit=2', '/v1/models?limit=2&after_id=claude-stand-in-medium']);
  const before = await client.models.list({ limit: 1, before_id: 'claude-stand-in-small' });
  expect(before).toMatchObject({ data: [{ id: 'claude-stand-in-medium' }], has_more: true });
  await expect(client.models.list({ after_id: 'nobody' })).rejects.toThrow(Anthropic.BadRequestError);
});

test.each([
  ['no key', { apiKey: null, defaultHeaders: { authorization: null } }, 'x-api-key header is required'],
  ['a key of another provider', { apiKey: 'sk-proj-0123' }, 'invalid x-api-key'],
  ['a revoked key', { apiKey: `${claudeKey}-revoked` }, 'invalid x-api-key'],
])('%s is an authentication error', async (_, options, message) => {
  const error = await failureOf(anthropic(provider(), options).models.list());
  expect(error).toBeInstanceOf(Anthropic.AuthenticationError);
  expect(error).toMatchObject({ status: 401, type: 'authentication_error', apiMessage: message });
});

test.each([
  ['model', { ...toClaude, model: '' }],
  ['max_tokens', { ...toClaude, max_tokens: undefined }],
  ['messages', { ...toClaude, messages: [] }],
])('a request without %s is refused', async (field, body) => {
  const error = await failureOf(anthropic(provider()).messages.create(body as typeof toClaude));
  expect(error).toBeInstanceOf(Anthropic.BadRequestError);
  expect(error).toMatchObject({ type: 'invalid_request_error', apiMessage: `${field}: Field required` });
});

test('a path that the API does not have is not found', async () => {
  const error = await failureOf(anthropic(provider()).get('/v1/nowhere'));
  expect(error).toBeInstanceOf(Anthropic.NotFoundError);
  expect(error).toMatchObject({ type: 'not_found_error', requestID: expect.stringMatching(/^req_/) });
});

test.each([
  ['no version', { headers: { 'anthropic-version': '' } }, 'anthropic-version: "" is not a valid version'],
  ['no JSON', { body: '{' }, 'The request body is not valid JSON'],
  ['no object', { body: '[]' }, 'The request body is not valid JSON'],
])('%s is refused', async (_, init, message) => {
  const response = await callClaude(provider(), init);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    type: 'error',
    error: { type: 'invalid_request_error', message },
    request_id: response.headers.get('request-id'),
  });
});

test('a body that is larger than the provider takes is refused, and not kept', async () => {
  const response = await callClaude(provider(), { body: ' '.repeat(32 * 1024 * 1024 + 1) });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ error: { type: 'request_too_large' } });
  expect(provider().requests()).toMatchObject([{ body: '', bytes: 32 * 1024 * 1024 }]);
});
