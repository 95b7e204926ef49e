import * as OpenAI from 'openai';
import { expect, test } from 'vitest';
import {
  chatgptKey,
  openai,
  replyOf,
  toChatgpt,
  useProvider,
  collect,
  failureOf,
} from './provider-clients.ts';

const provider = useProvider();
const reply = replyOf('ChatGPT');
const toResponses = { model: toChatgpt.model, input: toChatgpt.messages };

test('a chat completion', async () => {
  const completion = await openai(provider()).chat.completions.create(toChatgpt);
  expect(completion).toMatchObject({
    object: 'chat.completion',
    created: Date.UTC(2026, 10, 20, 12) / 1000,
    model: toChatgpt.model,
    choices: [{ index: 0, message: { role: 'assistant', content: reply }, finish_reason: 'stop' }],
  });
  expect(completion._request_id).toMatch(/^req_/);
});

test('a streamed chat completion, with its usage where that is asked for', async () => {
  const client = openai(provider());
  const body = { ...toChatgpt, stream: true } as const;
  const plain = await collect(await client.chat.completions.create(body));
  expect(plain.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(reply);
  expect(plain.at(-1)?.choices[0]?.finish_reason).toBe('stop');
  expect(plain.some((chunk) => 'usage' in chunk)).toBe(false);
  const withUsage = await collect(
    await client.chat.completions.create({ ...body, stream_options: { include_usage: true } }),
  );
  expect(withUsage[0]?.usage).toBeNull();
  expect(withUsage.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } });
  expect((await client.chat.completions.stream(body).finalMessage()).content).toBe(reply);
});

test('a stream of chunks ends with [DONE]', async () => {
  const response = await fetch(`${provider().url}/chatgpt/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${chatgptKey}` },
    body: JSON.stringify({ ...toChatgpt, stream: true }),
  });
  expect(await response.text()).toMatch(/^data: \{.*\}\n\n(.*\n\n)*data: \[DONE\]\n\n$/);
});

test('a response', async () => {
  const response = await openai(provider()).responses.create(toResponses);
  expect(response).toMatchObject({ object: 'response', status: 'completed', output_text: reply });
  const brief = await openai(provider()).responses.create({ ...toResponses, input: 'Hi' });
  expect(brief.output_text).toMatch(/You said: Hi$/);
});

test('a streamed response, event by event', async () => {
  const client = openai(provider());
  const events = await collect(await client.responses.create({ ...toResponses, stream: true }));
  expect(events.map(({ sequence_number: number }) => number)).toEqual(events.map((_, place) => place));
  expect(events.map(({ type }) => type).filter((type, at, all) => type !== all[at - 1])).toEqual([
    'response.created',
    'response.in_progress',
    'response.output_item.added',
    'response.content_part.added',
    'response.output_text.delta',
    'response.output_text.done',
    'response.content_part.done',
    'response.output_item.done',
    'response.completed',
  ]);
  const final = await client.responses.stream(toResponses).finalResponse();
  expect(final).toMatchObject({ status: 'completed', output_text: reply, usage: expect.any(Object) });
});

test('the models', async () => {
  const { data } = await openai(provider()).models.list();
  expect(data.map(({ id, object }) => [id, object])).toEqual([
    ['gpt-stand-in-large', 'model'],
    ['gpt-stand-in-small', 'model'],
  ]);
});

test.each([
  ['no key', { defaultHeaders: { authorization: null } }, null, /^401 You didn't provide an API key/],
  ['a key of another provider', { apiKey: 'sk-ant-0123456789' }, 'invalid_api_key', /: sk-ant-0\*{5}6789\. /],
  ['a short key', { apiKey: 'short' }, 'invalid_api_key', /: \*{5}\. /],
  ['a revoked key', { apiKey: `${chatgptKey}-revoked` }, 'invalid_api_key', /: sk-proj-\*+oked\. /],
])('%s is an authentication error', async (_, options, code, message) => {
  const error = await failureOf(openai(provider(), options).models.list());
  expect(error).toBeInstanceOf(OpenAI.AuthenticationError);
  expect(error).toMatchObject({
    code,
    type: 'invalid_request_error',
    message: expect.stringMatching(message),
  });
});

const missing = { param: 'messages', code: 'missing_required_parameter' };
test.each([
  ['/chat/completions', { ...toChatgpt, model: undefined }, { param: null, code: null }],
  ['/chat/completions', { ...toChatgpt, messages: [] }, missing],
  ['/responses', { model: 'gpt-6' }, { ...missing, param: 'input' }],
])('%s with %j is refused', async (path, body, expected) => {
  const error = await failureOf(openai(provider()).post(path, { body }));
  expect(error).toBeInstanceOf(OpenAI.BadRequestError);
  expect(error).toMatchObject({ type: 'invalid_request_error', ...expected });
});

test('a path that the API does not have is not found', async () => {
  const error = await failureOf(openai(provider()).get('/nowhere'));
  expect(error).toBeInstanceOf(OpenAI.NotFoundError);
  expect(error).toMatchObject({
    message: '404 Invalid URL (GET /v1/nowhere)',
    requestID: expect.stringMatching(/^req_/),
  });
});
