import * as Anthropic from '@anthropic-ai/sdk';
import * as OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import type { BehaviourRequest } from '#local/provider/behaviours.ts';
import * as clients from './provider-clients.ts';

const { anthropic, callClaude, chatgptKey, claudeKey, collect, failureOf, openai, replyOf } = clients;
const { toChatgpt, toClaude, useProvider } = clients;

const provider = useProvider();
const ask = () => anthropic(provider()).messages.create(toClaude);
const askStreamed = () => anthropic(provider()).messages.create({ ...toClaude, stream: true });
const state = () => provider().requests().at(-1)?.state;

describe('an error', () => {
  test.each([
    [401, Anthropic.AuthenticationError, OpenAI.AuthenticationError],
    [403, Anthropic.PermissionDeniedError, OpenAI.PermissionDeniedError],
    [429, Anthropic.RateLimitError, OpenAI.RateLimitError],
    [500, Anthropic.InternalServerError, OpenAI.InternalServerError],
    [529, Anthropic.OverloadedError, OpenAI.InternalServerError],
  ] as const)('%i is what each client knows it as', async (status, Claude, ChatGPT) => {
    provider().behave([{ kind: 'error', status }]);
    expect(await failureOf(ask())).toBeInstanceOf(Claude);
    expect(await failureOf(openai(provider()).chat.completions.create(toChatgpt))).toBeInstanceOf(ChatGPT);
  });

  test('429 says when to come again, and a client that does so is answered', async () => {
    provider().behave([{ kind: 'error', status: 429, retryAfter: 0, times: 1 }]);
    const { response } = await anthropic(provider(), { maxRetries: 1 })
      .messages.create(toClaude)
      .withResponse();
    expect(response.status).toBe(200);
    expect(provider().requests()).toHaveLength(2);
    provider().behave([{ kind: 'error', status: 429 }]);
    expect((await callClaude(provider())).headers.get('retry-after')).toBe('7');
  });

  test('that repeats the key has it in headers and body', async () => {
    provider().behave([{ kind: 'echo-key' }]);
    const response = await callClaude(provider());
    expect(response.status).toBe(401);
    expect(response.headers.get('anthropic-echo')).toBe(claudeKey);
    expect(await response.text()).toContain(claudeKey);
    const error = await failureOf(openai(provider()).models.list());
    expect(error).toMatchObject({ status: 401, message: expect.stringContaining(chatgptKey) });
  });
});

describe('a call that hangs', () => {
  test('is answered once it is released', async () => {
    provider().behave([{ kind: 'hang', times: 1 }]);
    const answer = ask();
    await expect.poll(state).toBe('hanging');
    provider().release();
    expect((await answer).content).toMatchObject([{ text: replyOf('Claude') }]);
    await expect.poll(state).toBe('answered');
  });

  test('in its answer, goes on from there', async () => {
    provider().behave([{ kind: 'hang-after' }]);
    const events = (await askStreamed())[Symbol.asyncIterator]();
    expect(await events.next()).toMatchObject({ value: { type: 'message_start' } });
    await expect.poll(state).toBe('hanging');
    provider().release();
    const rest = await collect({ [Symbol.asyncIterator]: () => events });
    expect(rest.at(-1)?.type).toBe('message_stop');
  });

  test('has the first half of a body that is no stream', async () => {
    provider().behave([{ kind: 'hang-after' }]);
    const response = await callClaude(provider());
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    expect(value?.length).toBe(Math.floor(Number(response.headers.get('content-length')) / 2));
    await expect.poll(state).toBe('hanging');
    await reader.cancel();
    await expect.poll(state).toBe('broken');
  });

  test('ends when its caller goes, or when everything is cleared', async () => {
    provider().behave([{ kind: 'hang' }]);
    const gone = new AbortController();
    const left = failureOf(anthropic(provider()).messages.create(toClaude, { signal: gone.signal }));
    await expect.poll(state).toBe('hanging');
    gone.abort();
    expect(await left).toBeInstanceOf(Anthropic.APIUserAbortError);
    await expect.poll(state).toBe('broken');
    const cleared = failureOf(ask());
    await expect.poll(state).toBe('hanging');
    provider().clear();
    expect(await cleared).toBeInstanceOf(Anthropic.APIConnectionError);
    expect(provider().requests()).toEqual([]);
    expect((await ask()).stop_reason).toBe('end_turn');
  });
});

describe('a connection', () => {
  test.each(['refuse', 'garbage'] as const)('that %ss is an error of the connection', async (kind) => {
    provider().behave([{ kind }]);
    expect(await failureOf(ask())).toBeInstanceOf(Anthropic.APIConnectionError);
    const call = openai(provider()).chat.completions.create(toChatgpt);
    expect(await failureOf(call)).toBeInstanceOf(OpenAI.APIConnectionError);
  });

  test('that is cut breaks the answer off in its middle', async () => {
    provider().behave([{ kind: 'cut' }]);
    const types: string[] = [];
    const read = async () => {
      for await (const { type } of await askStreamed()) types.push(type);
    };
    await expect(read()).rejects.toThrow('terminated');
    expect(types[0]).toBe('message_start');
    expect(types).not.toContain('message_stop');
    const response = await callClaude(provider());
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
    await expect.poll(state).toBe('broken');
  });
});

test('a body that is no JSON is not read by a client', async () => {
  provider().behave([{ kind: 'garbage-body' }]);
  const response = await callClaude(provider());
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
  expect(await failureOf(ask())).toBeInstanceOf(SyntaxError);
});

test('a redirect leads to the address that was given', async () => {
  const location = `${provider().url}/chatgpt/elsewhere`;
  provider().behave([{ kind: 'redirect', service: 'claude', location }]);
  const response = await callClaude(provider());
  expect([response.status, response.headers.get('location')]).toEqual([302, location]);
});

test('a slow answer is whole in the end', async () => {
  provider().behave([{ kind: 'slow', ms: 1 }]);
  const message = await anthropic(provider()).messages.stream(toClaude).finalText();
  expect(message).toBe(replyOf('Claude'));
});

describe('an answer of many bytes', () => {
  const bytes = 3_000_001;

  test('is exactly as long, and still one that clients read', async () => {
    provider().behave([{ kind: 'stream', bytes }]);
    const streamed = JSON.stringify({ ...toClaude, stream: true });
    expect((await (await callClaude(provider(), { body: streamed })).arrayBuffer()).byteLength).toBe(bytes);
    expect((await (await callClaude(provider())).arrayBuffer()).byteLength).toBe(bytes);
    expect(await anthropic(provider()).messages.stream(toClaude).finalText()).toBe(replyOf('Claude'));
    const final = await openai(provider()).chat.completions.create(toChatgpt);
    expect(final.choices[0]?.message.content).toBe(replyOf('ChatGPT'));
  });

  test('ends with its reader', async () => {
    provider().behave([{ kind: 'stream', bytes: 2 ** 30 }]);
    const response = await callClaude(provider());
    const reader = response.body!.getReader();
    await reader.read();
    expect(state()).toBe('open');
    await reader.cancel();
    await expect.poll(state).toBe('broken');
  });
});

describe('the list', () => {
  const kinds = async (count: number) => {
    const seen: number[] = [];
    for (let call = 0; call < count; call += 1) seen.push((await callClaude(provider())).status);
    return seen;
  };

  test('is used up from its beginning', async () => {
    const list: BehaviourRequest[] = [
      { kind: 'error', status: 500, service: 'chatgpt' },
      { kind: 'error', status: 500, service: 'claude', times: 2 },
      { kind: 'error', status: 529, times: 1 },
    ];
    provider().behave(list);
    expect(await kinds(4)).toEqual([500, 500, 529, 200]);
  });

  test('holds until there is another one', async () => {
    provider().behave([{ kind: 'error', status: 503 }]);
    expect(await kinds(3)).toEqual([503, 503, 503]);
    provider().behave([]);
    expect(await kinds(1)).toEqual([200]);
  });

  test.each([
    { kind: 'nap' },
    { kind: 'hang', times: 0 },
    { kind: 'hang', service: 'gemini' },
    { kind: 'error', status: 200 },
    { kind: 'redirect', location: 'http://example.com/' },
    { kind: 'redirect' },
    { kind: 'stream' },
  ])('does not take %j', (behaviour) => {
    expect(() => provider().behave([behaviour as BehaviourRequest])).toThrow(/"code"/);
  });
});
